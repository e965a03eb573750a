namespace StaticCollect.Build.Upload.Objects;

/// <summary>What must hold for a put: nobody overwrites what they have not seen.</summary>
internal abstract record PutCondition
{
    private PutCondition()
    {
    }

    /// <summary>There is no object of the name.</summary>
    public sealed record IfAbsent : PutCondition;

    /// <summary>The object is in the state that was seen.</summary>
    /// <param name="ETag">What the store calls it.</param>
    public sealed record IfMatch(string ETag) : PutCondition;

    /// <summary>The condition that says: as it was seen.</summary>
    /// <param name="etag">Of what was seen; <see langword="null"/> where there was nothing.</param>
    public static PutCondition Seen(string? etag) => etag is null ? new IfAbsent() : new IfMatch(etag);
}
