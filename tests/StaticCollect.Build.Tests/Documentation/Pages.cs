using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>The pages that the project tells its users, and what the build files really have.</summary>
internal static partial class Pages
{
    /// <summary>Top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Every page, as a path from the top folder.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "nuget/readme.md",
        "bench/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a file of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Repository, path));

    /// <summary>The files that MSBuild sees, without their comments.</summary>
    public static string BuildFiles { get; } = Comment().Replace(
        string.Concat(Directory.EnumerateFiles(Path.Combine(Repository, "build"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)), "");

    /// <summary>The sources of the product.</summary>
    public static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static string FindRepository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
