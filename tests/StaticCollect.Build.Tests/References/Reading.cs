using System.Text;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

/// <summary>Short ways to look at what a language finds.</summary>
internal static class Reading
{
    public static IReferenceLanguage Language(string name) => ReferenceLanguages.Of(name)!;

    public static string[] Urls(string name, string text) => Urls(name, Encoding.UTF8.GetBytes(text));

    public static string[] Urls(string name, byte[] file) => [.. Language(name).Find(file).Select(reference => reference.Url)];

    /// <summary>The text with a fingerprint in each name, as a rewriter would write it.</summary>
    public static string Rewritten(string name, string text)
    {
        var file = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(Rewritten(file, Language(name).Find(file)));
    }

    public static byte[] Rewritten(byte[] file, IReadOnlyList<Reference> references)
    {
        var result = new List<byte>(file);
        for (var i = references.Count - 1; i >= 0; i--)
        {
            result.InsertRange(references[i].ByteOf(PlaceOfFingerprint(references[i].Url)), ".h1"u8);
        }

        return [.. result];
    }

    /// <summary>The URL with a fingerprint in the name.</summary>
    public static string WithFingerprint(string url) => url.Insert(PlaceOfFingerprint(url), ".h1");

    private static int PlaceOfFingerprint(string url)
    {
        var end = url.IndexOfAny(['?', '#']);
        var path = end < 0 ? url : url[..end];
        var name = path.LastIndexOfAny(['/', '\\']) + 1;
        var dot = path.LastIndexOf('.');
        return dot >= name ? dot : path.Length;
    }
}
