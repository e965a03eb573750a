using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Settings;

/// <summary>References that are known to lead nowhere: what others broke, and nobody here can mend.</summary>
internal sealed class Baseline
{
    private readonly HashSet<LostReference> _known;
    private readonly HashSet<(string Package, string Version)> _versions;
    private readonly HashSet<string> _packages;

    /// <summary>A baseline of these.</summary>
    public Baseline(IReadOnlyList<LostReference> entries)
    {
        Entries = entries;
        _known = [.. entries.Select(Key)];
        _versions = [.. entries.Select(entry => (entry.Package, entry.Version))];
        _packages = [.. entries.Select(entry => entry.Package).Where(package => package.Length > 0)];
    }

    /// <summary>What it holds.</summary>
    public IReadOnlyList<LostReference> Entries { get; }

    /// <summary>Whether it knows a reference, of whatever version of its package.</summary>
    public bool Knows(LostReference reference) => _known.Contains(Key(reference));

    /// <summary>Whether it knows the package of a reference in other versions only.</summary>
    public bool IsOfAnotherVersion(LostReference reference) =>
        _packages.Contains(reference.Package) && !_versions.Contains((reference.Package, reference.Version));

    /// <summary>Whether a reference is not told by itself. Of a package in another version the baseline tells as a whole.</summary>
    public bool Silences(LostReference reference) => Knows(reference) || IsOfAnotherVersion(reference);

    /// <summary>What two of one reference have in common.</summary>
    public static LostReference Key(LostReference reference) => reference with { Version = "" };
}
