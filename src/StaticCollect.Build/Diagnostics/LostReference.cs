namespace StaticCollect.Build.Diagnostics;

/// <summary>A reference that leads nowhere, by what it is called on every machine.</summary>
/// <param name="Package">The package that brings the file, of NuGet or npm; empty for the project's own files.</param>
/// <param name="Version">The version of the package; empty where it is not known.</param>
/// <param name="Source">The file that holds it: its path in the package, or from the project folder, with <c>/</c>.</param>
/// <param name="Reference">What stands there.</param>
internal sealed record LostReference(string Package, string Version, string Source, string Reference);
