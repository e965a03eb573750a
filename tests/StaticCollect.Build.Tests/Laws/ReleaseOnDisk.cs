using System.Text.Json;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>A line of <c>release.json</c>, read as anybody else would read it.</summary>
internal sealed record ReleaseLine(
    string Path, string LogicalPath, string Role, string Sha256, long Length, string MediaType, string? Encoding, string Cache, IReadOnlyList<string> References)
{
    public bool IsImmutable => Cache == "Immutable";
}

/// <summary>What <c>release.json</c> says, without a type of the product.</summary>
internal sealed record ReleaseOnDisk(string Id, string Url, IReadOnlyList<ReleaseLine> Files)
{
    private static readonly string[] Roles = ["Plain", "Fingerprinted", "Encoding", "Kept", "Generated"];

    /// <summary>The file of the only root that was collected with this folder for records; <see langword="null"/> where there is none.</summary>
    public static string? Find(CollectSettings settings)
    {
        if (!Directory.Exists(settings.RecordFolder))
            return null;
        var found = Directory.EnumerateFiles(settings.RecordFolder, "release.json", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("releases", StringComparer.Ordinal))
            .ToList();
        Assert.That(found, Has.Count.LessThan(2), "one root, one release");
        return found.SingleOrDefault();
    }

    public static ReleaseOnDisk Read(CollectSettings settings)
    {
        var path = Find(settings);
        if (path is null)
            throw new AssertionException($"No release.json below '{settings.RecordFolder}': every collection writes one.");
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        Assert.That(root.GetProperty("version").GetInt32(), Is.EqualTo(1));
        var release = new ReleaseOnDisk(
            root.GetProperty("id").GetString()!,
            root.GetProperty("url").GetString()!,
            [.. root.GetProperty("files").EnumerateArray().Select(Line)]);
        Assert.That(release.Files.Select(file => file.Path), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique, "sorted, each path once");
        return release;
    }

    private static ReleaseLine Line(JsonElement json)
    {
        var line = new ReleaseLine(
            Text(json, "path")!,
            Text(json, "logicalPath") ?? "",
            Text(json, "role")!,
            Text(json, "sha256")!,
            json.GetProperty("length").GetInt64(),
            Text(json, "mediaType") ?? "",
            Text(json, "encoding"),
            Text(json, "cache")!,
            json.TryGetProperty("references", out var references) ? [.. references.EnumerateArray().Select(one => one.GetString()!)] : []);
        Assert.That(Roles, Does.Contain(line.Role), line.Path);
        Assert.That(new[] { "Immutable", "Revalidate" }, Does.Contain(line.Cache), line.Path);
        Assert.That(line.Role != "Encoding" || line.Encoding is not null, line.Path);
        return line;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
