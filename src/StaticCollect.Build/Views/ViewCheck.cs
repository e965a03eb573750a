using System.Buffers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Views;

/// <summary>
/// Holds what views name against what is served. Below the static URL all is known; at the root of the site routes of the app
/// may answer, so that there only what looks like one of the files is taken for one: in a folder that has some, or, at the very top, near to
/// the name of one. Other folders are served there, too, and the SDK makes Shop.styles.css of an app only where some component has a style.
/// </summary>
internal sealed class ViewCheck
{
    // What a script of the page fills in later; no file of a site has these in its name.
    private static readonly SearchValues<char> NotWrittenOut = SearchValues.Create("{}<>*|$");

    // Answered by the runtime of Blazor and by dotnet watch.
    private static readonly string[] OfFrameworks = ["_framework/", "_blazor/", "_vs/"];

    private readonly CollectSettings _settings;
    private readonly ViewSettings _views;
    private readonly SourceNames _names;
    private readonly string _belowUrl;
    private readonly UrlBase _host = UrlBase.Of("", "/");
    private readonly Lazy<HashSet<string>> _collected;
    private readonly Lazy<HashSet<string>> _published;
    private readonly Lazy<HashSet<string>> _site;
    private readonly Lazy<HashSet<string>> _siteKinds;
    private readonly Lazy<NearestPaths> _nearest;
    private readonly Lazy<NearestPaths> _nearestOfSite;

    /// <summary>Prepares to look.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="views">Those of the check.</param>
    /// <param name="logicalPaths">The logical paths of the files that are collected.</param>
    /// <param name="served">Their other names below the static root, and what else lies there.</param>
    public ViewCheck(CollectSettings settings, ViewSettings views, IEnumerable<string> logicalPaths, IEnumerable<string> served)
    {
        (_settings, _views, _names) = (settings, views, new SourceNames(settings));
        _belowUrl = settings.IsUrlAbsolute ? "" : Uri.UnescapeDataString(settings.Url).TrimStart('/');
        _collected = new(() => logicalPaths.Concat(served).ToHashSet(StringComparer.Ordinal));
        _published = new(() => Published(settings));
        _site = new(() => [.. _published.Value, .. settings.IsUrlAbsolute ? [] : _collected.Value.Select(path => _belowUrl + path)]);
        _siteKinds = new(() => _site.Value.SelectMany(path => new[] { TopFolder(path), Path.GetExtension(path) }).ToHashSet(StringComparer.Ordinal));
        _nearest = new(() => new NearestPaths([.. logicalPaths]));
        _nearestOfSite = new(() => new NearestPaths(_site.Value));
    }

    /// <summary>Reads the views and looks at them.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="logicalPaths">The logical paths of the files that are collected.</param>
    /// <param name="release">What they become.</param>
    /// <param name="others">What else lies in the static root.</param>
    /// <param name="trustedBefore">Times (UTC ticks) from here on prove nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IEnumerable<Diagnostic> Run(
        CollectSettings settings, IReadOnlyList<string> logicalPaths, Release release, IEnumerable<string> others, long trustedBefore, CancellationToken cancellation)
    {
        if (settings.Views is not { } views || (release.Files.Count == 0 && settings.WebRoot is null))
            return [];
        var last = LastViewsFile.Read(settings.LastViewsPath);
        var read = ViewReader.Read(views.Files, last, trustedBefore, cancellation);
        if (!settings.DryRun && !read.SequenceEqual(last))
            Remember(settings.LastViewsPath, read);
        return new ViewCheck(settings, views, logicalPaths, release.Files.Select(file => file.Path).Concat(others)).Describe(read);
    }

    /// <summary>Says which references lead nowhere.</summary>
    public IEnumerable<Diagnostic> Describe(IEnumerable<View> views) =>
        views.SelectMany(view => view.References.Select(reference => Describe(view, reference))).OfType<Diagnostic>();

    private static void Remember(string path, IReadOnlyList<View> views)
    {
        try
        {
            LastViewsFile.Write(path, views);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They are read again the next time.
        }
    }

    private Diagnostic? Describe(View view, ViewReference reference)
    {
        if (OnStaticHost(reference) is { } there)
            return _collected.Value.Contains(there) ? null : Missing(view, reference, there, _nearest.Value, "collected");
        if (PathOf(reference) is not { } path)
            return null;
        var below = Below(reference).Where(prefix => prefix.Length > 0 && path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length).Select(prefix => path[prefix.Length..]).ToList();
        if (below.Count > 0)
            return below.Exists(_collected.Value.Contains) || IsPublished(path) ? null : Missing(view, reference, below[0], _nearest.Value, "collected");
        return IsOfSite(path) && !_site.Value.Contains(path) && !IsPublished(path) && (path.Contains('/', StringComparison.Ordinal) || _nearestOfSite.Value.Of(path) is not null)
            ? Missing(view, reference, path, _nearestOfSite.Value, "in the web root")
            : null;
    }

    /// <summary>The path of a URL that is below an absolute static URL.</summary>
    private string? OnStaticHost(ViewReference reference) =>
        _settings.IsUrlAbsolute && reference.Url.StartsWith(_settings.Url, StringComparison.OrdinalIgnoreCase)
            ? PathOf(reference with { Url = "/" + reference.Url[_settings.Url.Length..] })
            : null;

    /// <summary>The path from the root of the app or of its host; nothing where it is no file's, or not written out.</summary>
    private string? PathOf(ViewReference reference)
    {
        // What is no name of an asset stays as it is, and is a URL.
        var url = reference.IsAsset ? "/" + reference.Url.TrimStart('/') : reference.Url;
        if (!UrlRules.NameAFile(url) || url.AsSpan().ContainsAny(NotWrittenOut))
            return null;
        return url[0] is '/' or '~' ? _host.PathOnHost(url.TrimStart('~')) : null;
    }

    /// <summary>Where the static root begins.</summary>
    private IEnumerable<string> Below(ViewReference reference)
    {
        if (!_settings.IsUrlAbsolute)
            yield return _belowUrl;

        // Names of assets, and '~/', count from the web root of the app, wherever that is.
        if (!reference.Url.StartsWith('/') && _settings.BelowWebRoot is { Length: > 0 } below)
            yield return below + "/";
    }

    private bool IsOfSite(string path) =>
        (_settings is { Url: "/" } or { WebRoot.Mode: WebRootMode.InPlace })
        && !OfFrameworks.Any(folder => path.StartsWith(folder, StringComparison.OrdinalIgnoreCase))
        && Path.HasExtension(path)
        && Directory.Exists(_settings.PublishedWebRoot)
        && _siteKinds.Value.Contains(Path.GetExtension(path))
        && _siteKinds.Value.Contains(TopFolder(path));

    private Diagnostic? Missing(View view, ViewReference reference, string path, NearestPaths nearest, string where)
    {
        if (_views.Ignored.Any(ignored => ignored.IsAbout(_settings.Show(view.Path), reference.Url, path)))
            return null;
        var lost = _names.Lost(view.Path, reference.Url);
        return new Diagnostic(
            Codes.ViewReference,
            _settings.Baseline?.Knows(lost) == true ? Severity.Known : _views.Policy == MissingReferencePolicy.Error ? Severity.Error : Severity.Warning,
            $"'{reference.Url}' leads to '{path}', which is not {where}.{Instead(path, nearest)} Where something else serves it, say so with StaticCollectIgnoreReference.",
            view.Path,
            reference.Line,
            reference.Column)
        {
            Lost = lost,
        };
    }

    private static string Instead(string path, NearestPaths nearest) => nearest.Of(path) switch
    {
        null => "",
        var other when LogicalPath.KeyComparer.Equals(LogicalPath.Key(other), LogicalPath.Key(path)) => $" It differs from '{other}' in case or Unicode form only, which servers tell apart.",
        var other => $" Did you mean '{other}'?",
    };

    private static string TopFolder(string path) => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)];

    // Behind a link nothing is listed; where case counts, the system knows what is there.
    private bool IsPublished(string path) =>
        _published.Value.Contains(path) || (FilePath.Names == FileNames.AsWritten && File.Exists(Path.Combine(_settings.PublishedWebRoot, path)) && !FilePath.IsAtOrBelow(Path.Combine(_settings.PublishedWebRoot, path), _settings.Root));

    // What lies below the static root is told by the collection, which knows what goes.
    private static HashSet<string> Published(CollectSettings settings)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        if (Directory.Exists(settings.PublishedWebRoot))
            Read("");
        return files;

        void Read(string relative)
        {
            foreach (var (name, entry) in FolderListing.Of(Path.Combine(settings.PublishedWebRoot, relative)))
            {
                var path = LogicalPath.Combine(relative, name);
                if (FilePath.IsAtOrBelow(Path.Combine(settings.PublishedWebRoot, path), settings.Root))
                    continue;
                if (entry.IsFolder)
                    Read(path);
                else
                    files.Add(path);
            }
        }
    }
}
