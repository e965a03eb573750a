using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload.Verifying;

/// <summary>Some objects for many: always the same of one release, and others of the next.</summary>
internal static class Sample
{
    /// <summary>As many as are wanted, or all.</summary>
    public static IReadOnlyList<WantedObject> Of(IEnumerable<WantedObject> all, string release, int most)
    {
        var objects = all.ToList();
        return objects.Count <= most ? objects : [.. objects.OrderBy(one => Sha256.OfTexts(release, one.Path).Hex, StringComparer.Ordinal).Take(most)];
    }
}
