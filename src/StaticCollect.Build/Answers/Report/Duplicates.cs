namespace StaticCollect.Build.Answers.Report;

/// <summary>Files with equal bytes under several names.</summary>
/// <param name="Files">The files, in ordinal order.</param>
internal sealed record Duplicates(IReadOnlyList<ReportedFile> Files)
{
    /// <summary>How many bytes there would be less if there were one of them.</summary>
    public long Wasted => Files[0].File.Content.Length * (Files.Count - 1);

    /// <summary>All of them, those that waste most first.</summary>
    public static IReadOnlyList<Duplicates> Of(IReadOnlyList<ReportedFile> files) =>
    [
        .. files.Where(file => file.File.Content.Length > 0)
            .GroupBy(file => file.File.Content.Hash)
            .Where(group => group.Skip(1).Any())
            .Select(group => new Duplicates([.. group]))
            .OrderByDescending(group => group.Wasted)
            .ThenBy(group => group.Files[0].Number),
    ];
}
