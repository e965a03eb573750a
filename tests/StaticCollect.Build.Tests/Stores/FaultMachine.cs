using StaticCollect.Build.Content;

namespace StaticCollect.Build.Tests.Stores;

/// <summary>What a disk, or whoever runs the machine, does to a run.</summary>
public enum Fault
{
    /// <summary>The process ends: nothing is done from then on.</summary>
    Death,

    /// <summary>The user ends the run.</summary>
    Cancelled,

    /// <summary>ENOSPC: nothing can be made or written from then on; what is there can go, which makes no room.</summary>
    NoSpace,

    /// <summary>EIO, once.</summary>
    BadBlock,

    /// <summary>EACCES, once.</summary>
    Denied,

    /// <summary>EROFS: the file system is mounted read-only from then on, as Linux does after an error.</summary>
    ReadOnly,

    /// <summary>EMFILE: no file can be opened from then on.</summary>
    TooManyFiles,

    /// <summary>A disk so slow that others have done something before the operation goes on.</summary>
    Slow,
}

/// <summary>Lets one operation of a run fail, or all from one on.</summary>
/// <param name="fault">How.</param>
/// <param name="at">The number of the operation, from 0.</param>
/// <param name="before">Is called before each operation that goes well.</param>
/// <param name="meanwhile">What others do while a slow operation goes on.</param>
internal sealed class FaultMachine(Fault fault, int at, Action<FileOperation, string>? before = null, Action? meanwhile = null) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _count = -1;

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>How many operations were seen.</summary>
    public int Count => _count + 1;

    /// <summary>What failed first; nothing where the run had fewer operations.</summary>
    public (FileOperation What, string Path)? Failed { get; private set; }

    /// <summary>Runs something on the faulty disk.</summary>
    public T Run<T>(Func<T> run)
    {
        FileSystem.Before = Before;
        try
        {
            return run();
        }
        finally
        {
            FileSystem.Before = null;
        }
    }

    public void Dispose() => _cancellation.Dispose();

    private void Before(FileOperation what, string path)
    {
        var now = Interlocked.Increment(ref _count);
        if (now == at && fault is Fault.Cancelled)
            _cancellation.Cancel();
        if (now == at && fault is Fault.Slow)
            meanwhile?.Invoke();
        if (now >= at && Exception(what, isFirst: now == at) is { } exception)
        {
            Failed ??= (what, path);
            throw exception;
        }

        before?.Invoke(what, path);
    }

    private Exception? Exception(FileOperation what, bool isFirst) => fault switch
    {
        Fault.Death => new DeathException(),
        Fault.NoSpace when what is FileOperation.Make or FileOperation.Write or FileOperation.MakeFolder or FileOperation.Link => new IOException("No space left on device", 28),
        Fault.BadBlock when isFirst => new IOException("Input/output error", 5),
        Fault.Denied when isFirst => new UnauthorizedAccessException("Permission denied"),
        Fault.ReadOnly when what is not (FileOperation.Open or FileOperation.Read or FileOperation.List) => new IOException("Read-only file system", 30),
        Fault.TooManyFiles when what is FileOperation.Open or FileOperation.List or FileOperation.Make => new IOException("Too many open files", 24),
        _ => null,
    };
}

/// <summary>No code of the product knows it, and so nothing catches it.</summary>
internal sealed class DeathException : Exception;
