using System.Text.Json;
using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>Holds what a collection left on the disk against what its release says, knowing nothing of how it is made.</summary>
internal static partial class Oracle
{
    /// <summary>The fingerprint in a name and the name without it.</summary>
    public static (string Name, string Fingerprint)? Split(string path) =>
        Fingerprinted().Match(path) is { Success: true } match
            ? (match.Groups["stem"].Value + match.Groups["end"].Value, match.Groups["hash"].Value)
            : null;

    /// <summary>The root holds what the release says: those paths, those bytes, those lengths.</summary>
    public static void HoldsTheRelease(string root, ReleaseOnDisk release)
    {
        foreach (var line in release.Files)
        {
            var path = Path.Combine(root, line.Path);
            Assert.That(File.Exists(path), Is.True, $"the release says '{line.Path}' ({line.Role})");
            var bytes = File.ReadAllBytes(path);
            Assert.That(Disk.Sha256(bytes), Is.EqualTo(line.Sha256), $"bytes of '{line.Path}' ({line.Role})");
            Assert.That(bytes, Has.Length.EqualTo(line.Length), $"length of '{line.Path}'");
        }
    }

    /// <summary>A fingerprinted name is computed from the bytes that lie under it, but for those that name each other.</summary>
    public static void NamesAreOfTheirBytes(string root, ReleaseOnDisk release)
    {
        var renamed = release.Files.Where(file => file.Role == "Fingerprinted").ToList();
        var references = renamed.ToDictionary(file => file.LogicalPath, file => file.References, StringComparer.Ordinal);
        foreach (var line in renamed)
        {
            Assert.That(Split(line.Path)?.Name, Is.EqualTo(line.LogicalPath), "a fingerprinted name is the plain one with a fingerprint");
            Assert.That(line.IsImmutable, Is.True, line.Path);
            if (!IsInCycle(line.LogicalPath, references))
                Assert.That(Disk.Sha256(File.ReadAllBytes(Path.Combine(root, line.Path))), Does.StartWith(Split(line.Path)!.Value.Fingerprint), line.Path);
        }

        foreach (var line in release.Files.Where(file => file.Role is "Plain" && references.ContainsKey(file.LogicalPath)))
        {
            var other = renamed.Single(file => file.LogicalPath == line.LogicalPath);
            Assert.That(line.Sha256, Is.EqualTo(other.Sha256), $"'{line.Path}' holds the bytes of '{other.Path}'");
            Assert.That(line.IsImmutable, Is.False, line.Path);
        }
    }

    /// <summary>Each sibling of a published file decodes to it, whoever wrote it.</summary>
    public static void SiblingsDecode(string root, IEnumerable<string> published)
    {
        foreach (var path in published)
        {
            foreach (var (suffix, _) in Disk.Suffixes)
            {
                var sibling = Path.Combine(root, path + suffix);
                if (!File.Exists(sibling))
                    continue;
                var decoded = Disk.Decode(suffix, File.ReadAllBytes(sibling));
                Assert.That(
                    decoded is not null && decoded.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(root, path))),
                    Is.True, $"'{path}{suffix}' decodes to '{path}'");
            }
        }
    }

    /// <summary>Each encoding of the release stands beside its file, and says which it is.</summary>
    public static void EncodingsStandBesideTheirFiles(ReleaseOnDisk release)
    {
        var paths = release.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var line in release.Files.Where(file => file.Encoding is not null))
        {
            var suffix = Path.GetExtension(line.Path);
            Assert.That(Disk.Suffixes.GetValueOrDefault(suffix), Is.EqualTo(line.Encoding), line.Path);
            Assert.That(paths.ContainsKey(line.Path[..^suffix.Length]), Is.True, $"the file of '{line.Path}' is in the release");
            Assert.That(line.IsImmutable, Is.EqualTo(paths[line.Path[..^suffix.Length]].IsImmutable), $"'{line.Path}' is kept by browsers as its file is");
        }
    }

    /// <summary>Each route of a file below the root says what is true of the bytes, and none stands for two.</summary>
    public static void RoutesAreTrue(string manifest, string webRoot, string root)
    {
        var below = Path.GetRelativePath(webRoot, root).Replace(Path.DirectorySeparatorChar, '/') + "/";
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(Endpoint.Read))
        {
            Assert.That(addresses.Add($"{endpoint.Route} {endpoint.Selector}"), Is.True, $"one endpoint for '{endpoint.Route}' {endpoint.Selector}");
            if (endpoint.Properties.GetValueOrDefault("label") is { } label)
            {
                Assert.That(labels.GetValueOrDefault(label, endpoint.Route), Is.EqualTo(endpoint.Route), $"one route for the label '{label}'");
                labels[label] = endpoint.Route;
            }

            if (endpoint.AssetFile.StartsWith(below, StringComparison.Ordinal))
                IsTrue(endpoint, webRoot);
        }
    }

    private static void IsTrue(Endpoint endpoint, string webRoot)
    {
        var file = Path.Combine(webRoot, endpoint.AssetFile);
        var where = $"route '{endpoint.Route}' {endpoint.Selector} to '{endpoint.AssetFile}'";
        Assert.That(File.Exists(file), Is.True, $"the file of {where}");
        var bytes = File.ReadAllBytes(file);
        Assert.That(endpoint.Headers["Content-Length"], Is.EqualTo($"{bytes.Length}"), $"Content-Length of {where}");

        var encoding = endpoint.Headers.GetValueOrDefault("Content-Encoding");
        Assert.That(encoding ?? "", Is.EqualTo(endpoint.Selector), where);
        if (encoding is not null)
        {
            var suffix = Disk.Suffixes.Single(pair => pair.Value == encoding).Key;
            Assert.That(endpoint.AssetFile, Does.EndWith(suffix));
            bytes = Disk.Decode(suffix, bytes) ?? [];
            Assert.That(File.Exists(file[..^suffix.Length]), Is.True, $"the file that {where} is an encoding of");
            Assert.That(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(file[..^suffix.Length])), Is.True, $"{where} decodes to the file beside it");
        }

        var hash = Convert.ToBase64String(Convert.FromHexString(Disk.Sha256(bytes)));
        Assert.That(endpoint.Properties.GetValueOrDefault("integrity"), Is.EqualTo($"sha256-{hash}"), $"integrity of {where}");
        if (!endpoint.Properties.ContainsKey(World.OfSdk))
            Assert.That(endpoint.Headers.GetValueOrDefault("ETag"), Is.EqualTo($"\"{hash}{(encoding is null ? "" : "-" + encoding)}\""), $"ETag of {where}");
        Assert.That(endpoint.Headers["Content-Type"], Does.StartWith(TypeOf(endpoint)), $"Content-Type of {where}");
    }

    private static string TypeOf(Endpoint endpoint)
    {
        var path = endpoint.Selector.Length == 0 ? endpoint.AssetFile : endpoint.AssetFile[..^3];
        return Path.GetExtension(path) switch
        {
            ".css" => "text/css",
            ".js" => "text/javascript",
            ".html" => "text/html",
            ".png" => "image/png",
            ".svg" => "image/svg+xml",
            ".gz" => "application/gzip",
            _ => "application/",
        };
    }

    private static bool IsInCycle(string start, Dictionary<string, IReadOnlyList<string>> references)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(references[start]);
        while (waiting.TryPop(out var path))
        {
            if (path == start)
                return true;
            if (references.TryGetValue(path, out var further) && seen.Add(path))
            {
                foreach (var one in further)
                    waiting.Push(one);
            }
        }

        return false;
    }

    [GeneratedRegex(@"^(?<stem>.*)\.(?<hash>[0-9a-f]{12})(?<end>(\.[^./]*)?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Fingerprinted();
}

/// <summary>One endpoint of ASP.NET Core's manifest.</summary>
internal sealed record Endpoint(
    string Route, string AssetFile, string Selector, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Properties)
{
    public static Endpoint Read(JsonElement json) => new(
        json.GetProperty(nameof(Route)).GetString()!,
        json.GetProperty(nameof(AssetFile)).GetString()!,
        string.Join(';', Pairs(json, "Selectors").Select(pair => pair.Value)),
        Pairs(json, "ResponseHeaders").ToDictionary(StringComparer.OrdinalIgnoreCase),
        Pairs(json, "EndpointProperties").ToDictionary(StringComparer.Ordinal));

    /// <summary>All that is the same wherever and whenever the file is collected.</summary>
    public string Timeless() =>
        $"{Route} {AssetFile} {Selector} {Text(Headers.Where(pair => pair.Key != "Last-Modified"))} {Text(Properties)}";

    private static string Text(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(", ", pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(pair => KeyValuePair.Create(pair.GetProperty("Name").GetString()!, pair.GetProperty("Value").GetString()!));
}
