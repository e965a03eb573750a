namespace StaticCollect.Build.Upload.Objects;

/// <summary>Where a store is: <c>s3://bucket/prefix</c>, <c>azure://account/container/prefix</c>.</summary>
/// <param name="Scheme">The kind of store.</param>
/// <param name="Parts">What it needs by name: the bucket; or account and container.</param>
/// <param name="Prefix">What the names of all objects begin with; empty, or ending in <c>/</c>.</param>
internal sealed record StoreAddress(string Scheme, IReadOnlyList<string> Parts, string Prefix)
{
    /// <summary>The address as a user writes it, without a slash at its end.</summary>
    public override string ToString() => $"{Scheme}://{string.Join('/', Parts)}/{Prefix}".TrimEnd('/');

    /// <summary>Reads an address; <see langword="null"/> where a text is none.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="scheme">The kind of store.</param>
    /// <param name="names">How many names come before the prefix.</param>
    public static StoreAddress? Parse(string text, string scheme, int names)
    {
        var start = scheme + "://";
        if (!text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            return null;
        var parts = text[start.Length..].TrimEnd('/').Split('/');
        return parts.Length < names || parts.Any(part => part is "" or "." or ".." || part.AsSpan().ContainsAny("?#\\@"))
            ? null
            : new StoreAddress(scheme, parts[..names], string.Concat(parts[names..].Select(part => part + "/")));
    }
}
