using System.Globalization;
using Microsoft.Build.Framework;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Collects the static files into the static root: the task of the target <c>CollectStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectStaticFiles : StaticCollectTask
{
    /// <summary>
    /// The collected files in ordinal order of logical path. Identity is the full path in the static root; metadata are
    /// <c>LogicalPath</c>, <c>SourcePath</c>, <c>App</c>, <c>Finder</c>, <c>Url</c> and <c>Status</c>
    /// (<c>Copied</c>, <c>Linked</c>, <c>Unchanged</c>); with fingerprints or encodings also <c>FingerprintedPath</c>,
    /// <c>Fingerprint</c>, <c>Integrity</c>, <c>ContentType</c>, <c>Immutable</c>, <c>Encodings</c> (<c>br;gzip</c>) and <c>Length</c> (bytes). Empty with <c>StaticCollectItems=false</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Collected { get; private set; } = [];

    /// <summary>The views of the project, <c>.cshtml</c> and <c>.razor</c>, which are held against what is collected.</summary>
    public ITaskItem[] Views { get; set; } = [];

    /// <inheritdoc/>
    private protected override RawSettings Complete(RawSettings raw) => raw with { Views = [.. Views.Select(Value)] };

    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation)
    {
        var result = Collector.Collect(settings, log, cancellation);
        if (settings.Items)
            Collected = [.. result.Files.Select(file => Item(file, settings.TellsOfBytes))];
    }

    // Each piece of metadata costs a build with many files: there are no more than the features that are on ask for.
    private static ITaskItem Item(CollectedFile file, bool tellsOfBytes)
    {
        var item = Escaped.Item(
            file.TargetPath,
            ("LogicalPath", file.File.LogicalPath),
            ("SourcePath", file.File.Origin.SourcePath),
            ("App", file.File.Origin.App),
            ("Finder", file.File.Origin.Finder.ToString()!),
            ("Url", file.Url),
            ("Status", file.Status.ToString()));
        if (!tellsOfBytes)
            return item;
        Escaped.Add(
            item,
            ("FingerprintedPath", file.File.Fingerprint is null ? "" : file.File.Path),
            ("Fingerprint", file.File.Fingerprint ?? ""),
            ("Integrity", file.File.Content.Hash.Integrity),
            ("ContentType", file.File.MediaType),
            ("Immutable", file.File.Cache == CachePolicy.Immutable ? "true" : "false"),
            ("Encodings", string.Join(';', file.Encodings.Select(encoding => encoding.Encoding!.Name))),
            ("Length", file.File.Content.Length.ToString(CultureInfo.InvariantCulture)));
        return item;
    }
}
