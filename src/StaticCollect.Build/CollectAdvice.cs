using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Tells what users may want to do after a collection that went well.</summary>
internal static class CollectAdvice
{
    /// <summary>Tells of files that may be of earlier collections, once: from now on it is recorded what is.</summary>
    public static void TellOfUnknown(CollectSettings settings, IReadOnlyList<string> unknown, ICollectLog log)
    {
        if (unknown.Count == 0)
            return;
        var (others, are, them) = unknown.Count == 1 ? ("", "is", "it") : ($" and {unknown.Count - 1} more", "are", "them");
        log.Summary($"'{unknown[0]}'{others} in the static root '{settings.Show(settings.Root)}' {are} of earlier collections or of somebody else: what is below '{settings.Show(settings.RecordFolder)}/' tells, and that is gone. Nothing takes {them} away; delete what nobody needs, or publish once with StaticCollectClear=true.");
    }

    /// <summary>Tells an app whose files all lie in its web root, where nothing is collected, where to read on.</summary>
    public static void TellOfWebRoot(CollectSettings settings, IReadOnlyList<CollectedFile> files, ICollectLog log)
    {
        if (files.Count == 0 && settings.WebRoot is null or { Mode: WebRootMode.None } && new PublishedWebRoot(settings.PublishFolder).HasFilesOfApp(settings.Root))
            log.Summary($"Nothing to collect was found, and the app's own files in '{settings.Show(settings.PublishedWebRoot)}/' are published as they are. What can be done for them is on the page 'An app with wwwroot' (docs/ways/wwwroot.md).");
    }

    /// <summary>Tells an app that serves its own files why it will not serve these.</summary>
    public static void TellOfServing(CollectSettings settings, ICollectLog log)
    {
        if (settings.JoinsEndpoints && StartupCode.ServesNothing(settings.ProjectFolder))
        {
            log.Report(new Diagnostic(Codes.NobodyServes, Severity.Message,
                $"No code file of '{settings.ProjectName}' calls MapStaticAssets() or UseStaticFiles(), so that nobody may serve '{settings.Url}'. Write app.MapStaticAssets() where the app maps its routes. Where another server serves the files, set StaticCollectEndpoints to None to silence this."));
        }

        if (settings.Endpoints is { } endpoints && !settings.JoinsEndpoints)
        {
            log.Report(new Diagnostic(Codes.EndpointsNotMerged, Severity.Message,
                $"MapStaticAssets() will not serve the static root '{settings.Show(settings.Root)}', since it does not lie below the web root '{settings.Show(endpoints.WebRoot)}'. Serve it by another server, or set StaticCollectEndpoints to None to silence this."));
        }
    }
}
