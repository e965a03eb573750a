namespace StaticCollect.Build.Diagnostics;

/// <summary>Where the steps of a collection and its diagnostics are told.</summary>
internal interface ICollectLog
{
    /// <summary>Whether anyone reads the details: lines for each file are costly to make for nobody.</summary>
    bool WantsDetails { get; }

    /// <summary>Tells one step, such as a scanned folder or a copied file.</summary>
    void Detail(string text);

    /// <summary>Tells the one line that every user sees.</summary>
    void Summary(string text);

    /// <summary>Tells a diagnostic.</summary>
    void Report(Diagnostic diagnostic);
}

/// <summary>How diagnostics of stages are told.</summary>
internal static class CollectLog
{
    /// <summary>Tells diagnostics; returns whether none of them is an error.</summary>
    public static bool Tell(this ICollectLog log, IEnumerable<Diagnostic> diagnostics)
    {
        var isGood = true;
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Severity != Severity.Known)
                log.Report(diagnostic);
            isGood &= diagnostic.Severity != Severity.Error;
        }

        return isGood;
    }
}
