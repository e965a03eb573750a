using System.Runtime.ExceptionServices;

namespace StaticCollect.Build.Content;

/// <summary>Does the same work for many things on all cores.</summary>
internal static class Workers
{
    /// <summary>
    /// Runs <paramref name="work"/> for each index below <paramref name="count"/>. An exception of one ends the others and
    /// comes out as itself.
    /// </summary>
    public static void For(int count, Action<int> work, CancellationToken cancellation)
    {
        try
        {
            Parallel.For(
                0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
