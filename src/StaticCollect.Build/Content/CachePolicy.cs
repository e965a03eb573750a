namespace StaticCollect.Build.Content;

/// <summary>How long a browser may keep a file. Decided once for each; every server turns it into its own header.</summary>
internal enum CachePolicy : byte
{
    /// <summary>Keep it, and ask each time whether it still holds.</summary>
    Revalidate,

    /// <summary>For ever: other bytes would have another name.</summary>
    Immutable,
}
