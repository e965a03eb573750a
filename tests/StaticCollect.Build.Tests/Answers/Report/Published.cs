using System.Text;
using StaticCollect.Build.Answers.Report;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Tests.Answers.Report;

/// <summary>A release as a test wants it.</summary>
internal sealed class Published
{
    private readonly List<ReleaseFile> _files = [];

    public ReleaseReport Report => new("Shop", "/static/", Past(_files, 1), Before: null);

    public static PastRelease Past(IEnumerable<ReleaseFile> files, int number) =>
        new(new Release([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]), "0123456789abcdef") { Number = number };

    /// <summary>Adds a file with its encodings.</summary>
    public Published Add(string path, string text, string[]? refersTo = null, Origin? origin = null, int gzip = 0, int brotli = 0, MissingReference[]? missing = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var file = new ReleaseFile(path, path, Role.Plain, new FileContent(Sha256.Of(bytes), bytes.Length, ByteSource.Stored.Instance), CachePolicy.Revalidate, origin ?? new Origin(FinderKind.Own, "Shop", $"static/{path}"))
        {
            References = refersTo ?? [],
            Missing = missing ?? [],
        };
        _files.Add(file);
        foreach (var (encoding, length) in ContentEncodings.All.Zip(new[] { gzip, brotli }).Where(one => one.Second > 0))
        {
            _files.Add(file with
            {
                Path = path + encoding.Suffix,
                Role = Role.Encoding,
                Encoding = encoding,
                Content = new FileContent(Sha256.OfTexts(path, encoding.Name), length, ByteSource.Stored.Instance),
                References = [],
                Missing = [],
            });
        }

        return this;
    }
}
