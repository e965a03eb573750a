using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>One entry of the list by which <c>MapStaticAssets</c> serves.</summary>
/// <param name="Route">Where it answers.</param>
/// <param name="File">The file below the web root.</param>
/// <param name="Length">What it will say of the length; -1 for nothing.</param>
/// <param name="Integrity">What it says of the content; empty for nothing.</param>
public sealed record PublishedRoute(string Route, string File, long Length, string Integrity)
{
    // The property in the SDK's file.
    private const string Address = "Route";

    /// <summary>The routes below <c>/static/</c> of a publish folder.</summary>
    public static IReadOnlyList<PublishedRoute> Of(string publishFolder)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(publishFolder, "App.staticwebassets.endpoints.json")));
        return
        [
            .. json.RootElement.GetProperty("Endpoints").EnumerateArray()
                .Where(endpoint => endpoint.GetProperty(Address).GetString()!.StartsWith("static/", StringComparison.Ordinal))
                .Select(endpoint => new PublishedRoute(
                    endpoint.GetProperty(Address).GetString()!,
                    endpoint.GetProperty("AssetFile").GetString()!,
                    long.Parse(Value(endpoint, "ResponseHeaders", "Content-Length") ?? "-1", CultureInfo.InvariantCulture),
                    Value(endpoint, "EndpointProperties", "integrity") ?? "")),
        ];
    }

    /// <summary>Claims that all routes say of their files what is true, and that the app serves one file whole in each encoding.</summary>
    /// <param name="project">The project, published to the usual folder.</param>
    /// <param name="path">A path below the static root.</param>
    /// <param name="content">What must come.</param>
    public static void CheckServed(TestProject project, string path, byte[] content)
    {
        var published = Path.Combine(project.Folder, "bin/Release/net10.0/publish");
        CheckTrue(published);
        using var app = AppServer.Start(published, "App.dll");
        foreach (var accepted in new[] { "identity", "gzip", "br" })
        {
            var (status, body, response) = app.Get($"/static/{path}", ("Accept-Encoding", accepted));
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{path} {accepted}");
            Assert.That(Encodings.Decode(body, response), Is.EqualTo(content), $"{path} {accepted}");
        }
    }

    /// <summary>Claims that all routes say of their files what is true.</summary>
    public static void CheckTrue(string publishFolder)
    {
        foreach (var route in Of(publishFolder))
        {
            var file = Path.Combine(publishFolder, "wwwroot", route.File);
            Assert.That(file, Does.Exist, route.Route);
            var bytes = System.IO.File.ReadAllBytes(file);
            Assert.That(route.Length, Is.EqualTo(bytes.Length), $"length of {route.Route} from {route.File}");
            if (route.Integrity.Length > 0 && !route.File.EndsWith(".gz", StringComparison.Ordinal) && !route.File.EndsWith(".br", StringComparison.Ordinal))
                Assert.That(route.Integrity, Is.EqualTo("sha256-" + Convert.ToBase64String(SHA256.HashData(bytes))), $"integrity of {route.Route}");
        }
    }

    private static string? Value(JsonElement endpoint, string list, string name) => endpoint.GetProperty(list).EnumerateArray()
        .Where(pair => pair.GetProperty("Name").GetString() == name)
        .Select(pair => pair.GetProperty("Value").GetString())
        .FirstOrDefault();
}
