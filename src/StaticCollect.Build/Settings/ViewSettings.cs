namespace StaticCollect.Build.Settings;

/// <summary>Which views are held against what is collected.</summary>
/// <param name="Policy">What is done about a reference that leads nowhere.</param>
/// <param name="Files">Full paths of the views, each once, in ordinal order.</param>
/// <param name="Ignored">References that are known to lead nowhere.</param>
internal sealed record ViewSettings(MissingReferencePolicy Policy, IReadOnlyList<string> Files, IReadOnlyList<IgnoredReference> Ignored);
