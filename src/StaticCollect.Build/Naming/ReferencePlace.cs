namespace StaticCollect.Build.Naming;

/// <summary>A place in a file where it names another one.</summary>
/// <param name="From">Logical path of the file.</param>
/// <param name="To">Logical path of the one that is named.</param>
/// <param name="SourcePath">Full path of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal sealed record ReferencePlace(string From, string To, string SourcePath, int Line, int Column);
