namespace StaticCollect.Build.Settings;

/// <summary>Where a file lies in a package: a packages folder has a folder for each id, and in that one for each version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Inside">The path in the package, <c>/</c>-separated.</param>
/// <param name="Whole">The same with id and version before it, which says the same on every machine.</param>
internal readonly record struct PackagePath(string Version, string Inside, string Whole)
{
    /// <summary>Reads the full path of a file of a package; <see langword="null"/> where it is none of that package.</summary>
    /// <param name="path">The path, with <c>/</c> as separator.</param>
    /// <param name="id">The id of the package; case does not count.</param>
    /// <param name="folder">The name of the folder in the package that holds static files.</param>
    public static PackagePath? Of(string path, string id, string folder)
    {
        for (var start = path.Length; start > 0;)
        {
            start = path.LastIndexOf($"/{id}/", start - 1, StringComparison.OrdinalIgnoreCase);
            if (start >= 0 && path[(start + id.Length + 2)..].Split('/', 3) is [var version, var first, var rest] && first == folder)
                return new PackagePath(version, $"{first}/{rest}", path[(start + 1)..]);
        }

        return null;
    }

    /// <summary>Reads the version back from <see cref="Whole"/>; <see langword="null"/> where it is none of that package.</summary>
    public static string? VersionIn(string whole, string id) =>
        whole.Split('/') is [var first, var version, _, ..] && first.Equals(id, StringComparison.OrdinalIgnoreCase) ? version : null;
}
