using StaticCollect.Build.Content;

namespace StaticCollect.Build.Settings;

/// <summary>One kind of source to look for static files in, with what the project says of it.</summary>
/// <param name="Kind">Which finder this is, for messages and the <c>Finder</c> metadata.</param>
internal abstract record Finder(FinderKind Kind);

/// <summary>The static folder of each package in the restore graph: a package after those it depends on, else by id.</summary>
/// <param name="AssetsFile">Full path of <c>project.assets.json</c>.</param>
/// <param name="TargetFramework">The target framework being published, as the project spells it.</param>
/// <param name="RuntimeIdentifier">The runtime identifier being published for; empty for none.</param>
internal sealed record PackageFinder(string AssetsFile, string TargetFramework, string RuntimeIdentifier) : Finder(FinderKind.Package);

/// <summary>The static folder of each referenced project.</summary>
/// <param name="Projects">The projects in scan order: dependencies before those that refer to them.</param>
internal sealed record ProjectFinder(IReadOnlyList<ReferencedProject> Projects) : Finder(FinderKind.Project);

/// <summary>
/// The static folders of the project's apps: <c>*/static</c> and <c>Areas/*/static</c> below the project folder, or of
/// the folders that <c>StaticCollectApp</c> items name in their place.
/// </summary>
/// <param name="Named">Full paths of the app folders to take; empty to discover them.</param>
internal sealed record AppFinder(IReadOnlyList<string> Named) : Finder(FinderKind.App);

/// <summary>The project's own static folder.</summary>
internal sealed record OwnFinder() : Finder(FinderKind.Own);

/// <summary>The folders of <c>StaticCollectDirectory</c> items, under their prefix.</summary>
/// <param name="Directories">The items in their order.</param>
internal sealed record DirectoryFinder(IReadOnlyList<NamedDirectory> Directories) : Finder(FinderKind.Directory);

/// <summary>The files of <c>StaticCollectFile</c> items.</summary>
/// <param name="Files">The items in their order.</param>
internal sealed record FileFinder(IReadOnlyList<NamedFile> Files) : Finder(FinderKind.File);

/// <summary>What the SDK's static web assets resolved for publish.</summary>
/// <param name="Assets">The assets, in any order.</param>
internal sealed record StaticWebAssetFinder(IReadOnlyList<WebAsset> Assets) : Finder(FinderKind.StaticWebAsset);

/// <summary>
/// What the SDK publishes below the static root. These files lie there already and are not copied, but they count where
/// another source brings the same path.
/// </summary>
/// <param name="Below">Path of the static root below the web root, <c>/</c>-separated; empty for the web root itself.</param>
/// <param name="Assets">The assets below it, compressed forms among them, in any order.</param>
internal sealed record WebRootFinder(string Below, IReadOnlyList<WebAsset> Assets) : Finder(FinderKind.WebRoot)
{
    /// <summary>The path of an asset below the static root.</summary>
    public string PathOf(WebAsset asset) => Below.Length == 0 ? asset.PublishedPath : asset.PublishedPath[(Below.Length + 1)..];
}

/// <summary>A project that the published one refers to, directly or through others.</summary>
/// <param name="Name">Name of the project, without extension.</param>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="FolderName">The folder name it sets for itself, or <see langword="null"/>.</param>
internal sealed record ReferencedProject(string Name, string Folder, string? FolderName);

/// <summary>A source folder that the user named.</summary>
/// <param name="Path">Full path of the folder.</param>
/// <param name="Prefix">Logical path under which its files are put; empty for none.</param>
/// <param name="App">The app its files count to; <see langword="null"/> for the project.</param>
internal sealed record NamedDirectory(string Path, string Prefix, string? App);

/// <summary>A single file that the user named.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="LogicalPath">Where it goes below the static root.</param>
/// <param name="App">The app it counts to; <see langword="null"/> for the project.</param>
internal sealed record NamedFile(string Path, string LogicalPath, string? App);
