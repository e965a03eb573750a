namespace StaticCollect.Build.Diagnostics;

/// <summary>Where the steps of a collection and its diagnostics are told.</summary>
public interface ICollectLog
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
