using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>Says what is wrong with references: all of them in one run, with the place of each.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="rules">The settings of fingerprints.</param>
/// <param name="logicalPaths">The paths that are collected.</param>
internal sealed class MissingReferences(
    CollectSettings settings, FingerprintSettings rules, IReadOnlyCollection<string> logicalPaths)
{
    private readonly SourceNames _names = new(settings);
    private readonly NearestPaths _nearest = new(logicalPaths);

    /// <summary>A reference whose target is not collected; <see langword="null"/> where nobody wants to hear of it.</summary>
    /// <param name="file">The file that holds it.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="target">The path that it leads to; empty where that lies above the static root.</param>
    public Diagnostic? Describe(StaticFile file, ReferenceSite site, string target)
    {
        if (rules.MissingReference == MissingReferencePolicy.Ignore
            || site.Kind == ReferenceKind.ImportMapKey
            || rules.IgnoredReferences.Any(ignored => ignored.IsAbout(file.LogicalPath, site.Url, target)))
        {
            return null;
        }

        var lost = _names.Lost(file, site.Url);
        var from = IsOwn(file) ? "" : $" of {file.Finder} '{file.App}'";
        return new Diagnostic(
            Codes.MissingReference,
            SeverityOf(file, site.Kind, lost),
            target.Length == 0
                ? $"'{site.Url}' in '{file.LogicalPath}'{from} leads above the static root, where nothing is collected; the reference is left as it is."
                : $"'{site.Url}' in '{file.LogicalPath}'{from} leads to '{target}', which is not collected; the reference is left as it is.{NotUtf8(site.Url)}{DidYouMean(target)}",
            file.SourcePath,
            site.Line,
            site.Column)
        {
            Lost = lost,
        };
    }

    /// <summary>A file whose references could not be read.</summary>
    public static Diagnostic Describe(StaticFile file, ParseProblem problem) => new(
        Codes.Unparsable,
        IsOwn(file) ? Severity.Warning : Severity.Message,
        $"'{file.LogicalPath}' of {file.Finder} '{file.App}' cannot be read for references and is published as it is: {Diagnostic.Sentence(problem.Message)}",
        file.SourcePath,
        problem.Line,
        problem.Column);

    // What came with a package or from npm is not the user's to mend.
    public static bool IsOwn(StaticFile file) =>
        file.Finder != FinderKind.Package
        && !file.IsForeign
        && !file.SourcePath.Replace('\\', '/').Contains("/node_modules/", StringComparison.Ordinal);

    private Severity SeverityOf(StaticFile file, ReferenceKind kind, LostReference lost)
    {
        if (settings.Baseline?.Silences(lost) == true)
            return Severity.Known;
        if (kind == ReferenceKind.SourceMap)
            return Severity.Message;
        if (!IsOwn(file))
            return settings.Baseline is null ? Severity.Message : Severity.Warning;
        return rules.MissingReference == MissingReferencePolicy.Error ? Severity.Error : Severity.Warning;
    }

    private static string NotUtf8(string url) =>
        url.Contains('\uFFFD', StringComparison.Ordinal) ? " It holds bytes that are no UTF-8; save the file as UTF-8." : "";

    private string DidYouMean(string target) => _nearest.Of(target) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
