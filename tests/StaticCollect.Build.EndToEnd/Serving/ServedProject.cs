using System.IO.Compression;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>A project whose static files have every property that a server may get wrong, collected twice.</summary>
public static class ServedProject
{
    private const string Settings = """
        <PropertyGroup>
          <StaticCollectFingerprint>true</StaticCollectFingerprint>
          <StaticCollectCompress>gzip;br</StaticCollectCompress>
          <StaticCollectServerConfig>nginx;caddy;apache</StaticCollectServerConfig>
        </PropertyGroup>
        """;

    /// <summary>A name that must be escaped in URLs and in each server's configuration.</summary>
    public const string OddName = "größe $5 it's [1] ~;#&+.js";

    /// <summary>The project, collected; the style sheet <c>css/old.css</c> once before with other content.</summary>
    /// <param name="arguments">What else is said to the build.</param>
    public static TestProject Collect(params string[] arguments)
    {
        var project = Restored.Console(Settings);
        project
            .Write("static/css/old.css", Long("p { margin: 1px }"))
            .Write("static/css/site.css", "@import \"old.css\";\n" + Long("body { background: url(../img/mark.svg) }"))
            .Write("static/img/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">" + Long("<path d=\"M0 0h9\"/>") + "</svg>")
            .Write("static/img/PHOTO.AVIF", "not really a picture")
            .Write("static/fonts/face.woff2", "not really a font")
            .Write("static/js/app.mjs", Long("export const x = 1;"))
            .Write("static/js/" + OddName, Long("export const y = 2;"))
            .Write("static/js/" + new string('n', 120) + ".js", Long("export const z = 3;"))
            .Write("static/lib.wasm", Long("not really a module"))
            .Write("static/site.webmanifest", "{}")
            .Write("static/tiny.css", "a { }")
            .Write("static/gone.js", Long("export const gone = 4;"));
        Gzip(project, "static/downloads/prices.csv.gz");
        project.CollectNow(arguments);
        project.Write("static/css/old.css", Long("p { margin: 2px }"));
        project.CollectNow(arguments);

        // What no collection wrote, under a name that looks like one of ours; and a file that a careless hand deleted.
        project.Write(Path.Combine(project.Root, "stranger.0123456789ab.js"), Long("export const stranger = 5;"));
        foreach (var path in Directory.GetFiles(project.Root, "gone.*.js*"))
            File.Delete(path);
        return project;
    }

    /// <summary>A static site at <c>/</c>, collected.</summary>
    public static TestProject CollectSite()
    {
        var project = WriteSite(Restored.Console(Settings));
        project.CollectNow("-p:StaticCollectUrl=/");
        return project;
    }

    /// <summary>The same site in an ASP.NET Core application, published.</summary>
    public static TestProject PublishSite()
    {
        var project = WriteSite(TestProject.Web(Settings)).Write("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapStaticAssets();
            app.MapFallbackToFile("index.html");
            app.Run();
            """);
        project.Publish("-p:StaticCollectUrl=/");
        return project;
    }

    private static TestProject WriteSite(TestProject project) => project
        .Write("static/index.html", """
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <title>A page</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="css/site.css">
                <script type="module" src="/js/app.js"></script>
            </head>
            <body><p>This page keeps its name, and names the scripts and styles of just this release.</p></body>
            </html>
            """)
        .Write("static/css/site.css", Long("p { color: rgb(1, 2, 3) }"))
        .Write("static/js/part.js", Long("export const ready = 'true';"))
        .Write("static/js/app.js", "import { ready } from './part.js';\ndocument.documentElement.dataset.ready = ready;\n" + Long("// why not"));

    // Long enough for encodings to pay; the same text twice would be an error in a module, a comment is none.
    private static string Long(string text) => text + "\n" + string.Concat(Enumerable.Repeat("/* so that it is worth compressing */\n", 20));

    private static void Gzip(TestProject project, string path)
    {
        var full = Path.Combine(project.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var gzip = new GZipStream(File.Create(full), CompressionLevel.SmallestSize);
        gzip.Write("tea;3.20\n"u8);
    }
}
