using StaticCollect.Build.Content;

namespace StaticCollect.Build.Views;

/// <summary>A Razor view or component, and what stands in it.</summary>
/// <param name="Path">Full path of it.</param>
/// <param name="Stamp">Its stamp when it was read.</param>
/// <param name="IsTrusted">Whether the stamp proves that it has not changed since.</param>
/// <param name="References">Where it names files as they are, in ascending order; what is relative to a page is left out.</param>
internal sealed record View(string Path, FileStamp Stamp, bool IsTrusted, IReadOnlyList<ViewReference> References);

/// <summary>A place in a view that names a file.</summary>
/// <param name="Url">The URL without query and fragment; it may begin with <c>~/</c>.</param>
/// <param name="IsAsset">Whether it is the name of an asset, and no URL.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1, in UTF-16 units as editors count.</param>
internal readonly record struct ViewReference(string Url, bool IsAsset, int Line, int Column);
