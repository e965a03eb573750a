using System.IO.Compression;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>Small packages for the feed of a test.</summary>
public static class TestPackage
{
    /// <summary>Version of all of them.</summary>
    public const string Version = "1.0.0";

    /// <summary>Writes a package. All tests share one packages folder, so each needs ids of its own.</summary>
    /// <param name="feed">Folder that serves as the feed.</param>
    /// <param name="id">Id of the package.</param>
    /// <param name="files">Its files: path and text.</param>
    /// <param name="dependencies">Ids of the packages it depends on.</param>
    public static void Write(string feed, string id, IEnumerable<(string Path, string Text)> files, params string[] dependencies)
    {
        Directory.CreateDirectory(feed);
        using var archive = ZipFile.Open(Path.Combine(feed, $"{id}.{Version}.nupkg"), ZipArchiveMode.Create);
        Add($"{id}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{id}</id>
                <version>{Version}</version>
                <authors>test</authors>
                <description>test</description>
                <dependencies>
                  <group targetFramework="net8.0">
                    {string.Concat(dependencies.Select(dependency => $"""<dependency id="{dependency}" version="{Version}" />"""))}
                  </group>
                </dependencies>
              </metadata>
            </package>
            """);
        foreach (var (path, text) in files)
            Add(path, text);

        void Add(string path, string text)
        {
            using var writer = new StreamWriter(archive.CreateEntry(path).Open());
            writer.Write(text);
        }
    }

    /// <summary>The reference to such a package.</summary>
    public static string Reference(string id) => $"""<PackageReference Include="{id}" Version="{Version}" />""";
}
