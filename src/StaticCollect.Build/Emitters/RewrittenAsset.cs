using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Emitters;

/// <summary>
/// A static web asset whose references are rewritten, and how the SDK is told of it: its item and those of its routes are
/// the old ones, but for what follows from the bytes. Routes that are made anew would lose the names that the SDK gave.
/// </summary>
/// <param name="Asset">The asset as it was.</param>
/// <param name="Path">Full path of the file that takes its place.</param>
/// <param name="Fingerprint">The fingerprint of that.</param>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Written">When it was written (UTC).</param>
internal sealed record RewrittenAsset(WebAsset Asset, string Path, string Fingerprint, Sha256 Hash, long Length, DateTime Written)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string LengthText => Length.ToString(CultureInfo.InvariantCulture);

    private string WrittenText => Written.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The metadata that change. It is a file of the publish alone: the build has the one before.</summary>
    /// <param name="folder">Full path of the folder of rewritten files.</param>
    public IReadOnlyList<(string Name, string Value)> AssetMetadata(string folder) =>
    [
        ("AssetKind", "Publish"),
        ("ContentRoot", folder + System.IO.Path.DirectorySeparatorChar),
        ("OriginalItemSpec", Path),
        ("RelativePath", Asset.Fingerprint.Length == 0 ? Asset.RelativePath : Asset.RelativePath.Replace($"{{fingerprint={Asset.Fingerprint}}}", $"{{fingerprint={Fingerprint}}}", StringComparison.Ordinal)),
        ("Fingerprint", Fingerprint),
        ("Integrity", Hash.Base64),
        ("FileLength", LengthText),
        ("LastWriteTime", WrittenText),
    ];

    /// <summary>A route of the asset, with the new fingerprint where it has the old one.</summary>
    public string Route(WebEndpoint endpoint)
    {
        var properties = Parse(endpoint.Properties);
        var old = properties is null ? null : Value(properties, "fingerprint");
        var at = old is { Length: > 0 } ? endpoint.Route.LastIndexOf(old, StringComparison.Ordinal) : -1;
        return at < 0 ? endpoint.Route : string.Concat(endpoint.Route.AsSpan(0, at), Fingerprint, endpoint.Route.AsSpan(at + old!.Length));
    }

    /// <summary>The metadata of a route that change.</summary>
    public IReadOnlyList<(string Name, string Value)> EndpointMetadata(WebEndpoint endpoint) =>
    [
        ("AssetFile", Path),
        ("ResponseHeaders", Changed(endpoint.Headers, ("Content-Length", LengthText), ("ETag", $"\"{Hash.Base64}\""), ("Last-Modified", WrittenText))),
        ("EndpointProperties", Changed(endpoint.Properties, ("fingerprint", Fingerprint), ("integrity", Hash.Integrity))),
    ];

    /// <summary>The route by a name with a fingerprint of an asset that has none from the SDK: a second one of the plain one.</summary>
    /// <param name="plain">The plain route.</param>
    /// <param name="fingerprint">The fingerprint.</param>
    public static IReadOnlyList<(string Name, string Value)> NamedEndpointMetadata(WebEndpoint plain, string fingerprint) =>
    [
        ("ResponseHeaders", Changed(plain.Headers, ("Cache-Control", "max-age=31536000, immutable"))),
        ("EndpointProperties", With(plain.Properties, ("fingerprint", fingerprint), ("label", plain.Route))),
    ];

    private static string With(string list, params ReadOnlySpan<(string Name, string Value)> values)
    {
        if (Parse(list) is not { } entries)
            return list;
        foreach (var (name, value) in values)
            entries.Add(new JsonObject { ["Name"] = name, ["Value"] = value });
        return Text(entries) ?? list;
    }

    private static string Changed(string list, params ReadOnlySpan<(string Name, string Value)> values)
    {
        if (Parse(list) is not { } entries)
            return list;
        foreach (var entry in entries)
        {
            foreach (var (name, value) in values)
            {
                if (NameOf(entry) == name)
                    entry!["Value"] = value;
            }
        }

        return Text(entries) ?? list;
    }

    /// <summary>The list as JSON; <see langword="null"/> where it holds half a character, which can be read and not written.</summary>
    private static string? Text(JsonArray entries)
    {
        try
        {
            return entries.ToJsonString(Options);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A list of names and values; <see langword="null"/> where it is none, and then it stays as it is.</summary>
    private static JsonArray? Parse(string list)
    {
        try
        {
            return JsonNode.Parse(list) is JsonArray entries && entries.All(entry => NameOf(entry) is not null && entry!["Value"]?.GetValue<string>() is not null)
                ? entries
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Value(JsonArray list, string name) => list.FirstOrDefault(entry => NameOf(entry) == name)?["Value"]?.GetValue<string>();

    private static string? NameOf(JsonNode? entry) => entry?["Name"]?.GetValue<string>();
}
