namespace StaticCollect.Build.Upload.Objects;

/// <summary>How long a store is waited for. The SDKs wait equally long for a page and for a film.</summary>
internal static class Patience
{
    private const long SlowestBytesPerSecond = 50_000;

    /// <summary>The time for a request, after which it is tried again.</summary>
    /// <param name="bytes">How many bytes it sends.</param>
    public static TimeSpan For(long bytes) => TimeSpan.FromSeconds(100 + (bytes / SlowestBytesPerSecond));
}
