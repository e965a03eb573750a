using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>
/// Rewrites references in the app's own web root, which the SDK fingerprints, compresses and serves: it is given other
/// files for those that name others, and goes on as before.
/// </summary>
internal static class WebRoot
{
    private const int Digits = 12;

    /// <summary>Makes the rewritten files, and says what the SDK's items become.</summary>
    /// <param name="settings">The settings of the collection, with those of the web root.</param>
    /// <param name="log">Where it is told.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static WebRootChanges Rewrite(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        if (BaselineFile.Complete(settings, log) is not { } complete)
            return WebRootChanges.None;
        settings = complete;
        var webRoot = settings.WebRoot!;
        var names = new WebRootNames(webRoot);
        Fingerprints? named = null;
        var agreement = Agreement.None;
        try
        {
            if (webRoot.Mode == WebRootMode.InPlace && !names.HasServiceWorker)
                (named, agreement) = new BothRoots(settings, names, cancellation).Name();
        }
        catch (SourceException e)
        {
            log.Report(SourceProblems.Describe(e, settings));
            return WebRootChanges.None;
        }

        // Also where they end the publish: only this knows of them, and a baseline is written by hand.
        if (!settings.DryRun)
            LostReferencesFile.Write(settings.LostInWebRootPath, [.. (named?.Diagnostics ?? []).Select(diagnostic => diagnostic.Lost).OfType<LostReference>()]);
        if (!log.Tell(named?.Diagnostics ?? []) || settings.DryRun)
            return WebRootChanges.None;

        if (agreement != Agreement.None)
            AgreementFile.Write(settings.AgreementPath, agreement);
        else if (File.Exists(settings.AgreementPath))
            FileSystem.Delete(settings.AgreementPath);
        var rewritten = Write(webRoot, names, named?.Files ?? [], log, cancellation);
        var paths = rewritten.Select(asset => asset.Asset.SourcePath).ToHashSet(StringComparer.Ordinal);
        var published = new PublishedWebRoot(settings.PublishFolder);
        for (var i = 0; i < names.Files.Count; i++)
        {
            if (names.IsRead(i) && !paths.Contains(names.Files[i].SourcePath))
                published.LetCopy(names.Files[i].LogicalPath, names.Files[i].Stamp);
        }

        if (rewritten.Count > 0)
            log.Summary($"{Wording.Count(rewritten.Count, "file")} of the web root rewritten in place.");
        if (webRoot.Mode == WebRootMode.InPlace && names.HasServiceWorker)
            log.Summary("The web root is left as it is: its service worker hands the files out, from a list of plain names.");
        return Changes(webRoot, rewritten, named is null ? [] : [.. Enumerable.Range(0, names.Files.Count).Where(names.IsNamedHere).Select(i => names.Assets[i])]);
    }

    /// <summary>Makes the rewritten files, and takes those away that earlier publishes made and this one does not.</summary>
    private static List<RewrittenAsset> Write(
        WebRootSettings webRoot, WebRootNames names, IReadOnlyList<PublishedFile> files, ICollectLog log, CancellationToken cancellation)
    {
        var reader = new ContentReader();
        var rewritten = new List<RewrittenAsset>();
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i];
            if (!file.IsRewritten)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(webRoot.Folder, file.File.LogicalPath.Replace('/', Path.DirectorySeparatorChar));
            AtomicFile.WriteIfOther(path, reader.Read(file.Content));
            var fingerprint = file.Fingerprint ?? file.Content.Hash.Digits(Digits);
            var asset = names.IsNamedHere(i) ? names.Assets[i] with { RelativePath = WebRootName.Expression(names.Assets[i].RelativePath) } : names.Assets[i];
            rewritten.Add(new RewrittenAsset(asset, path, fingerprint, file.Content.Hash, file.Content.Length, File.GetLastWriteTimeUtc(path)));
            log.Detail($"  Rewrote '{file.File.LogicalPath}' of the web root.");
        }

        if (!Directory.Exists(webRoot.Folder))
            return rewritten;
        if (rewritten.Count == 0)
        {
            FileSystem.DeleteFolder(webRoot.Folder, recursive: true);
            return rewritten;
        }

        var made = rewritten.Select(asset => asset.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var old in FileSystem.Files(webRoot.Folder, "*", SearchOption.AllDirectories).Where(path => !made.Contains(path)).ToList())
            FileSystem.Delete(old);
        return rewritten;
    }

    /// <param name="webRoot">The items as they are.</param>
    /// <param name="rewritten">Those of which other files are published.</param>
    /// <param name="named">Those that get a name with a fingerprint here.</param>
    private static WebRootChanges Changes(WebRootSettings webRoot, List<RewrittenAsset> rewritten, List<WebAsset> named)
    {
        if (rewritten.Count == 0 && named.Count == 0)
            return WebRootChanges.None;
        var byPath = rewritten.ToDictionary(asset => asset.Asset.SourcePath, StringComparer.Ordinal);
        var unnamed = named.ToDictionary(asset => asset.SourcePath, StringComparer.Ordinal);
        var assets = new Dictionary<int, ItemChange>();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < webRoot.Assets.Count; i++)
        {
            var asset = webRoot.Assets[i];
            if (byPath.TryGetValue(asset.SourcePath, out var own))
            {
                assets.Add(i, new ItemChange(own.Path, own.AssetMetadata(webRoot.Folder)));
            }
            else if (byPath.TryGetValue(asset.RelatedAsset, out var related))
            {
                // A compressed form of what the file was; the SDK makes those of what it is now. What else belongs to it stays.
                var isEncoding = asset.AssetRole.Equals("Alternative", StringComparison.OrdinalIgnoreCase);
                assets.Add(i, isEncoding ? ItemChange.Gone : new ItemChange(null, [("RelatedAsset", related.Path)]));
                if (isEncoding)
                    gone.Add(asset.SourcePath);
            }
            else if (unnamed.ContainsKey(asset.SourcePath))
            {
                assets.Add(i, new ItemChange(null, [("RelativePath", WebRootName.Expression(asset.RelativePath))]));
            }
        }

        var endpoints = new Dictionary<int, ItemChange>();
        var more = new List<(int, ItemChange)>();
        for (var i = 0; i < webRoot.Endpoints.Count; i++)
        {
            var endpoint = webRoot.Endpoints[i];
            if (byPath.TryGetValue(endpoint.AssetPath, out var own))
                endpoints.Add(i, new ItemChange(own.Route(endpoint), own.EndpointMetadata(endpoint)));
            else if (gone.Contains(endpoint.AssetPath))
                endpoints.Add(i, ItemChange.Gone);
            if (unnamed.TryGetValue(endpoint.AssetPath, out var asset))
                more.Add((i, Named(endpoint, asset, own)));
        }

        return new WebRootChanges(assets, endpoints) { MoreEndpoints = more };
    }

    private static ItemChange Named(WebEndpoint plain, WebAsset asset, RewrittenAsset? rewritten)
    {
        var fingerprint = rewritten?.Fingerprint ?? asset.Fingerprint;
        var metadata = (rewritten?.EndpointMetadata(plain) ?? []).ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        var changed = plain with
        {
            Headers = metadata.GetValueOrDefault("ResponseHeaders", plain.Headers),
            Properties = metadata.GetValueOrDefault("EndpointProperties", plain.Properties),
        };
        foreach (var (name, value) in RewrittenAsset.NamedEndpointMetadata(changed, fingerprint))
            metadata[name] = value;
        return new ItemChange(WebRootName.Usual(asset).With(fingerprint), [.. metadata.Select(one => (one.Key, one.Value))]);
    }
}

/// <summary>What the SDK's items become, by their number.</summary>
/// <param name="Assets">Of the static web assets.</param>
/// <param name="Endpoints">Of their endpoints.</param>
internal sealed record WebRootChanges(IReadOnlyDictionary<int, ItemChange> Assets, IReadOnlyDictionary<int, ItemChange> Endpoints)
{
    /// <summary>Further endpoints: each is a copy of one, by its number, with changes.</summary>
    public IReadOnlyList<(int Original, ItemChange Change)> MoreEndpoints { get; init; } = [];

    /// <summary>Everything stays as it is.</summary>
    public static WebRootChanges None { get; } = new(new Dictionary<int, ItemChange>(), new Dictionary<int, ItemChange>());
}

/// <summary>What an item becomes.</summary>
/// <param name="Include">What it is now; <see langword="null"/> where that stays.</param>
/// <param name="Metadata">Those of its metadata that change.</param>
internal sealed record ItemChange(string? Include, IReadOnlyList<(string Name, string Value)> Metadata)
{
    /// <summary>The item goes.</summary>
    public static ItemChange Gone { get; } = new(null, []);
}
