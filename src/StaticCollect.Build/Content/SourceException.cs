namespace StaticCollect.Build.Content;

/// <summary>A source file that cannot be used. Whoever strings the stages together tells it, with its code.</summary>
/// <param name="path">Full path of the file.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="cause">What the system said, where it said anything.</param>
internal sealed class SourceException(string path, SourceProblem problem, Exception? cause = null)
    : IOException(cause?.Message ?? $"'{path}' changed.", cause)
{
    /// <summary>Full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with it.</summary>
    public SourceProblem Problem { get; } = problem;
}

/// <summary>What can be wrong with a source file.</summary>
internal enum SourceProblem
{
    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>It went away after it was found.</summary>
    Gone,

    /// <summary>It has other bytes than when it was read first.</summary>
    Changed,
}
