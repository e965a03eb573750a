namespace StaticCollect.Build.Answers.Report;

/// <summary>Files that belong together: an app or a folder.</summary>
/// <param name="Name">Its name; several in a row where each holds nothing but the next.</param>
/// <param name="Folders">What is in it by name.</param>
/// <param name="Files">The files that lie in it directly.</param>
internal sealed record SizeNode(string Name, IReadOnlyList<SizeNode> Folders, IReadOnlyList<ReportedFile> Files)
{
    // Nobody walks deeper, and each level is a call in a call.
    private const int MostLevels = 64;

    /// <summary>The finder of an app; nothing of a folder.</summary>
    public string Finder { get; init; } = "";

    /// <summary>How many files it holds, at any depth.</summary>
    public int Count { get; } = Files.Count + Folders.Sum(folder => folder.Count);

    /// <summary>What they weigh.</summary>
    public Sizes Sizes { get; } = Sizes.Sum([.. Folders.Select(folder => folder.Sizes), .. Files.Select(file => file.Sizes)]);

    /// <summary>Files by app, the folders of each below it.</summary>
    public static SizeNode ByApp(IReadOnlyList<ReportedFile> files) => new(
        "",
        [
            .. files.GroupBy(file => (file.Bringer.Finder, file.Bringer.App))
                .OrderBy(app => app.Key.App, StringComparer.Ordinal)
                .ThenBy(app => app.Key.Finder)
                .Select(app => Folder(app.Key.App, [.. app], 0, 0) with { Finder = app.Key.Finder.ToString() ?? "" }),
        ],
        []);

    /// <summary>Files by folder.</summary>
    public static SizeNode ByFolder(IReadOnlyList<ReportedFile> files) => Folder("", files, 0, 0);

    /// <summary>A folder with its files, which are in ordinal order.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="files">All that lies in it.</param>
    /// <param name="start">How much of their logical paths leads to it.</param>
    /// <param name="level">How many folders lead to it.</param>
    private static SizeNode Folder(string name, IReadOnlyList<ReportedFile> files, int start, int level)
    {
        var folders = files.Where(file => End(file) >= 0)
            .GroupBy(file => file.LogicalPath[start..End(file)], StringComparer.Ordinal)
            .Select(folder => Chain(folder.Key, [.. folder], start + folder.Key.Length + 1, level + 1));
        return new SizeNode(name, [.. folders], [.. files.Where(file => End(file) < 0)]);

        int End(ReportedFile file) => level == MostLevels ? -1 : file.LogicalPath.IndexOf('/', start);
    }

    // A folder that holds one folder and nothing else is nothing to walk into.
    private static SizeNode Chain(string name, IReadOnlyList<ReportedFile> files, int start, int level)
    {
        var folder = Folder(name, files, start, level);
        return folder is { Folders: [var only], Files: [] } ? only with { Name = $"{name}/{only.Name}" } : folder;
    }
}
