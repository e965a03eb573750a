using System.Text;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>A small shop with everything switched on: apps, references of each kind, encodings of ours and of the sources.</summary>
internal static class Everything
{
    /// <summary>What switches everything on, for the project file.</summary>
    public const string On = """
        <PropertyGroup>
          <StaticCollectFingerprint>true</StaticCollectFingerprint>
          <StaticCollectCompress>gzip;br</StaticCollectCompress>
          <StaticCollectServerConfig>nginx</StaticCollectServerConfig>
          <StaticCollectKeepReleases>20</StaticCollectKeepReleases>
        </PropertyGroup>
        """;

    /// <summary>The shop as an ASP.NET Core application.</summary>
    public static TestProject Web() => Write(Restored.Web(On));

    /// <summary>The shop without an application.</summary>
    public static TestProject Console() => Write(Restored.Console(On));

    /// <summary>The shop as an application that the .NET SDK for Windows restores and publishes.</summary>
    public static TestProject WindowsWeb() => Write(Windows.WindowsProject.Web(On));

    /// <summary>The shop without an application, collected by the .NET SDK for Windows.</summary>
    public static TestProject WindowsConsole() => Write(Windows.WindowsProject.Restored(On));

    /// <summary>Long enough for encodings to pay.</summary>
    public static string Long(string text) => text + "\n" + string.Concat(Enumerable.Repeat("/* so that it is worth compressing */\n", 20));

    private static TestProject Write(TestProject project)
    {
        project
            .Write("static/css/site.css", "@import \"base.css\";\n" + Long("body { background: url(../img/mark.svg) }"))
            .Write("static/css/base.css", Long("@font-face { font-family: face; src: url('../fonts/face.woff2') } p { margin: 1px }"))
            .Write("static/fonts/face.woff2", "not really a font")
            .Write("static/img/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">" + Long("<path d=\"M0 0h9\"/>") + "</svg>")
            .Write("static/js/state.js", Long("export const parts = [];"))
            .Write("static/js/app.js", Long("import { parts } from './state.js';\nparts.push(await import('./pages/cart.js'));"))
            .Write("static/js/pages/cart.js", Long("import { parts } from '../state.js';\nparts.push('cart');"))
            .Write("static/js/größe $5 it's [1] ~;#&+.js", Long("export const odd = 1;"))
            .Write("static/site.webmanifest", "{ \"icons\": [{ \"src\": \"img/mark.svg\" }] }")
            .Write("static/tiny.css", "a { }")
            .Write("static/empty.txt", "")
            .Write("static/gone.js", Long("export const gone = 1;"))
            .Write("catalog/static/catalog/catalog.css", Long(".catalog { background: url(banner.svg) }"))
            .Write("catalog/static/catalog/banner.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
            .Write("static/twin.css", Long(".twin { color: teal }"));

        // One encoding that is right, one of other bytes, and one that is a file of its own.
        Add("static/twin.css.gz", Encodings.Gzip(Encoding.UTF8.GetBytes(Long(".twin { color: teal }"))));
        Add("static/css/base.css.gz", Encodings.Gzip("of an old build"u8.ToArray()));
        Add("static/downloads/prices.csv.gz", Encodings.Gzip("tea;3.20\n"u8.ToArray()));
        return project;

        void Add(string path, byte[] bytes)
        {
            var full = Path.Combine(project.Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, bytes);
        }
    }
}
