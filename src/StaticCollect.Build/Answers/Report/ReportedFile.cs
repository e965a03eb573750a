using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers.Report;

/// <summary>One static file of the report.</summary>
/// <param name="Number">Its place in the ordinal order of logical paths, from 0.</param>
/// <param name="Forms">What is published.</param>
internal sealed record ReportedFile(int Number, PublishedForms Forms)
{
    /// <summary>Its logical path.</summary>
    public string LogicalPath => File.LogicalPath;

    /// <summary>What is published, under the name with the fingerprint where it has that.</summary>
    public ReleaseFile File => Forms.File;

    /// <summary>What it weighs.</summary>
    public Sizes Sizes { get; } = Sizes.Of(Forms);

    /// <summary>Who brings it.</summary>
    public Bringer Bringer { get; } = Bringer.Of(Forms.File);
}
