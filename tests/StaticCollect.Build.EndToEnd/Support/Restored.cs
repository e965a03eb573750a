namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// Projects that need no restore of their own: one of each kind is restored for the whole run, and what restore wrote is
/// put into each. Collecting by hand then takes a second. For projects without further packages.
/// </summary>
public static class Restored
{
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> OfConsole = new(() => Restore(TestProject.Console()));
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> OfWeb = new(() => Restore(TestProject.Web()));
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> OfWindowsConsole = new(() => Restore(TestProject.Console(forWindows: true)));

    /// <summary>A console project.</summary>
    /// <param name="content">What else stands in the project file.</param>
    /// <param name="forWindows">Whether the .NET SDK for Windows drives it.</param>
    public static TestProject Console(string content = "", bool forWindows = false) =>
        TestProject.Console(content, forWindows: forWindows).With((forWindows ? OfWindowsConsole : OfConsole).Value);

    /// <summary>An ASP.NET Core project.</summary>
    /// <param name="content">What else stands in the project file.</param>
    public static TestProject Web(string content = "") => TestProject.Web(content).With(OfWeb.Value);

    /// <summary>Deletes <c>obj</c> of a console project and restores it, as after a fresh checkout.</summary>
    public static void ForgetConsole(this TestProject project)
    {
        Directory.Delete(Path.Combine(project.Folder, "obj"), recursive: true);
        project.With(OfConsole.Value);
    }

    /// <summary>Collects by hand without restoring, into the root of a Release publish; must succeed.</summary>
    public static CommandResult CollectNow(this TestProject project, params string[] arguments) =>
        project.RunNow("CollectStatic", arguments);

    /// <summary>Collects by hand without restoring; must fail.</summary>
    public static CommandResult FailNow(this TestProject project, params string[] arguments) =>
        project.Fail([.. Build("CollectStatic"), .. arguments]);

    /// <summary>Runs a target without restoring; must succeed.</summary>
    public static CommandResult RunNow(this TestProject project, string target, params string[] arguments) =>
        project.Succeed([.. Build(target), .. arguments]);

    /// <summary>Arguments of <c>dotnet</c> that run a target without restoring.</summary>
    public static string[] Build(string target) => ["build", "-c", "Release", "--no-restore", $"-t:{target}"];

    private static TestProject With(this TestProject project, IReadOnlyDictionary<string, byte[]> written)
    {
        Directory.CreateDirectory(Path.Combine(project.Folder, "obj"));
        foreach (var (name, bytes) in written)
            File.WriteAllBytes(Path.Combine(project.Folder, "obj", name), bytes);
        return project;
    }

    private static Dictionary<string, byte[]> Restore(TestProject project)
    {
        using var restored = project;
        restored.Succeed("restore");
        return Directory.EnumerateFiles(Path.Combine(project.Folder, "obj"))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal);
    }
}
