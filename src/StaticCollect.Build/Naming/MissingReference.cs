namespace StaticCollect.Build.Naming;

/// <summary>A place in a file where it names one that is not collected.</summary>
/// <param name="Url">The reference as it stands there.</param>
/// <param name="Path">The path below the static root that it leads to; empty where that lies above it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal sealed record MissingReference(string Url, string Path, int Line, int Column);
