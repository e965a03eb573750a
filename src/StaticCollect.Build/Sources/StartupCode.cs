using StaticCollect.Build.Content;

namespace StaticCollect.Build.Sources;

/// <summary>Looks into the code of a web app for what makes it serve its files.</summary>
internal static class StartupCode
{
    private static readonly string[] Calls = ["MapStaticAssets", "UseStaticFiles", "UseFileServer"];

    private static readonly string[] Apps = ["WebApplication", "IApplicationBuilder"];

    private static readonly string[] First = ["Program.cs", "Startup.cs"];

    private static readonly string[] Without = ["bin", "obj", "node_modules"];

    /// <summary>
    /// Whether code files make a web app, and none of them names a call that serves files. Nearly every app has one in the first
    /// file that is looked into; only one that has it nowhere is read to its end.
    /// </summary>
    /// <param name="folder">Full path of the project folder.</param>
    public static bool ServesNothing(string folder)
    {
        var isApp = false;
        foreach (var path in First.Select(name => Path.Combine(folder, name)).Where(File.Exists).Concat(CodeIn(folder)))
        {
            // What cannot be read may have it.
            if (TextOf(path) is not { } code || Calls.Any(call => code.Contains(call, StringComparison.Ordinal)))
                return false;
            isApp |= Apps.Any(name => code.Contains(name, StringComparison.Ordinal));
        }

        return isApp;
    }

    private static IEnumerable<string> CodeIn(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(path => Path.GetExtension(path) is ".cs" or ".fs" or ".vb")
            .Concat(Directory.EnumerateDirectories(folder).Where(IsLookedInto).SelectMany(CodeIn));

    private static bool IsLookedInto(string folder) =>
        !Without.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase) && new DirectoryInfo(folder).LinkTarget is null;

    private static string? TextOf(string path)
    {
        try
        {
            return FileSystem.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
