namespace StaticCollect.Build.Answers.Report;

/// <summary>
/// A library that is there in several versions, by what the names of its files say: <c>jquery-3.7.1.min.js</c>,
/// <c>bootstrap@5.3.8/</c>, <c>leaflet/1.9.4/</c>; or a minified file of one name with other bytes.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="Versions">Its versions, each with its files; one that no name tells is empty.</param>
internal sealed record LibraryVersions(string Name, IReadOnlyList<(string Version, IReadOnlyList<ReportedFile> Files)> Versions)
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyList<LibraryVersions> Of(IReadOnlyList<ReportedFile> files)
    {
        var code = files.Where(file => file.File.MediaType is "text/javascript" or "text/css" or "application/wasm").ToList();
        var told = code.Select(file => (File: file, Told: VersionedName.In(file.LogicalPath))).ToLookup(one => one.Told is not null);
        var byVersion = told[true]
            .GroupBy(one => one.Told!.Name, StringComparer.OrdinalIgnoreCase)
            .Select(library => new LibraryVersions(library.Key, Group(library, one => one.Told!.Version, one => one.File)));
        var byBytes = told[false].Select(one => one.File)
            .Where(file => Path.GetFileName(file.LogicalPath).Contains(".min.", StringComparison.OrdinalIgnoreCase))
            .GroupBy(file => Path.GetFileName(file.LogicalPath), StringComparer.OrdinalIgnoreCase)
            .Select(library => new LibraryVersions(library.Key, [.. Group(library, file => file.File.SourceHash.Hex, file => file).Select(version => ("", version.Files))]));
        return [.. byVersion.Concat(byBytes).Where(library => library.Versions.Count > 1).OrderBy(library => library.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static IReadOnlyList<(string Version, IReadOnlyList<ReportedFile> Files)> Group<T>(IEnumerable<T> all, Func<T, string> version, Func<T, ReportedFile> file) =>
    [
        .. all.GroupBy(version, StringComparer.Ordinal).Select(group => (group.Key, (IReadOnlyList<ReportedFile>)[.. group.Select(file)])),
    ];
}
