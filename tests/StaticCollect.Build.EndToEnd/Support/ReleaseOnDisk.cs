using System.Text.Json;
using System.Text.Json.Serialization;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>A file as <c>release.json</c> describes it.</summary>
/// <param name="Path">Its path below the static root.</param>
/// <param name="LogicalPath">The path that pages ask for.</param>
/// <param name="Role"><c>Plain</c>, <c>Fingerprinted</c>, <c>Encoding</c>, <c>Kept</c> or <c>Generated</c>.</param>
/// <param name="Sha256">The hash of its bytes, in hexadecimal digits.</param>
/// <param name="Length">The number of its bytes.</param>
/// <param name="MediaType">What its bytes are, once decoded.</param>
/// <param name="Encoding"><c>gzip</c> or <c>br</c>; <see langword="null"/> where it is not encoded.</param>
/// <param name="Cache"><c>Immutable</c> or <c>Revalidate</c>.</param>
public sealed record ReleasedFile(
    string Path, string LogicalPath, string Role, string Sha256, long Length, string MediaType, string? Encoding, string Cache);

/// <summary>
/// <c>release.json</c>, read as other people's tools read it: nothing here comes from the code that wrote it.
/// </summary>
/// <param name="Version">Version of the format.</param>
/// <param name="Id">The id: equal id, equal release.</param>
/// <param name="Url">The URL below which the static root is served.</param>
/// <param name="Files">The files.</param>
public sealed record ReleaseOnDisk(int Version, string Id, string Url, IReadOnlyList<ReleasedFile> Files)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>The files that have an address of their own: encodings are chosen by what the browser takes.</summary>
    public IEnumerable<ReleasedFile> Addressed => Files.Where(file => file.Encoding is null);

    /// <summary>The release that a project with one static root published last.</summary>
    public static ReleaseOnDisk Of(TestProject project)
    {
        var found = Directory.Exists(project.Records())
            ? Directory.GetDirectories(project.Records()).Select(folder => System.IO.Path.Combine(folder, "release.json")).Where(File.Exists).ToList()
            : [];
        Assert.That(found, Has.Count.EqualTo(1), "A project with one static root has one release.");
        return JsonSerializer.Deserialize<ReleaseOnDisk>(File.ReadAllBytes(found[0]), Options)!;
    }

    /// <summary>Where a server answers for a file.</summary>
    public string UrlOf(ReleasedFile file) => Url.TrimEnd('/') + "/" + string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The encodings of a file, by name.</summary>
    public IReadOnlyDictionary<string, ReleasedFile> EncodingsOf(ReleasedFile file) => Files
        .Where(other => other.Encoding is not null && (other.Path == $"{file.Path}.gz" || other.Path == $"{file.Path}.br"))
        .ToDictionary(other => other.Encoding!, StringComparer.Ordinal);
}
