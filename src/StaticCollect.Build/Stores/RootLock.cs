using System.Security.Cryptography;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Stores;

/// <summary>
/// Lets one collection at a time work on a static root, across processes. The lock is a named mutex of the system, so
/// it leaves no file in the root and ends with the process that holds it. It must be released by the thread that took it.
/// </summary>
internal sealed class RootLock : IDisposable
{
    private readonly Mutex _mutex;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private RootLock(Mutex mutex) => _mutex = mutex;

    /// <summary>Waits until no other collection works on the static root; reports it when that takes too long.</summary>
    public static RootLock? Take(CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        var root = settings.Show(settings.Root);
        var rootLock = Take(settings.Root, Patience, () => log.Detail($"Waiting for another collection into '{root}'."), cancellation);
        if (rootLock is null)
        {
            log.Report(Diagnostic.Error(Codes.RootInUse,
                $"Another collection has been working on the static root '{root}' for {Patience.TotalMinutes} minutes. Wait for it or end it, then publish again."));
        }

        return rootLock;
    }

    /// <summary>Waits for the lock.</summary>
    /// <param name="root">Full path of the static root.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="onWait">Called once when another collection holds the lock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock, or <see langword="null"/> when patience ended.</returns>
    public static RootLock? Take(string root, TimeSpan patience, Action onWait, CancellationToken cancellation)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(FilePath.Identity(FilePath.Real(root), FilePath.Names))), 0, 12);
        var mutex = new Mutex(initiallyOwned: false, $"Global\\StaticCollect.{name}");
        var deadline = DateTime.UtcNow + patience;
        var hasTold = false;
        try
        {
            while (!TryTake(mutex))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!hasTold)
                    onWait();
                hasTold = true;
                if (DateTime.UtcNow > deadline)
                {
                    mutex.Dispose();
                    return null;
                }
            }

            return new RootLock(mutex);
        }
        catch (OperationCanceledException)
        {
            mutex.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }

    private static bool TryTake(Mutex mutex)
    {
        try
        {
            return mutex.WaitOne(TimeSpan.FromMilliseconds(200));
        }
        catch (AbandonedMutexException)
        {
            // Its holder died. The lock is ours, and the plan repairs whatever was left undone.
            return true;
        }
    }
}
