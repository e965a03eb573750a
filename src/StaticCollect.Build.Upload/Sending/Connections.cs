namespace StaticCollect.Build.Upload.Sending;

/// <summary>How much is asked of a store at once.</summary>
internal static class Connections
{
    /// <summary>How many requests are under way at once: what is held in memory for each is bounded.</summary>
    public const int Most = 32;

    /// <summary>Does something for each, on all connections; an exception of one ends the others.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> all, Func<T, CancellationToken, Task> work, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = Most, CancellationToken = cancellation },
            async (one, token) => await work(one, token).ConfigureAwait(false));
}
