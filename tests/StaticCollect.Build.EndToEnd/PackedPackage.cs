using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>
/// Packs the package once for the whole run, under a version of its own, into a folder that serves as the feed. The
/// tests restore it from there, as a user would, into a packages folder that nothing else shares.
/// </summary>
[SetUpFixture]
public sealed class PackedPackage
{
    private static string? _workFolder;
    private static string? _version;

    /// <summary>Version of the package under test: the project's, with a suffix that no other run has.</summary>
    public static string Version => _version ?? throw new InvalidOperationException("The package is not packed yet.");

    /// <summary>Folder of everything that the run writes; gone afterwards.</summary>
    public static string WorkFolder => _workFolder ?? throw new InvalidOperationException("The package is not packed yet.");

    /// <summary>The folder for temporary files of all processes that the tests start.</summary>
    public static string Temporary => Path.Combine(WorkFolder, "tmp");

    /// <summary>The feed: a folder with the package.</summary>
    public static string Feed => Path.Combine(WorkFolder, "feed");

    /// <summary>The packages folder that the tests restore into.</summary>
    public static string Packages => Path.Combine(WorkFolder, "packages");

    /// <summary>That of the .NET SDK for Windows, which writes its own paths into it.</summary>
    public static string WindowsPackages => WindowsDotnet.IsWine ? Path.Combine(WorkFolder, "packages-windows") : Packages;

    /// <summary>Top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    [OneTimeSetUp]
    public void Pack()
    {
        _workFolder = Directory.CreateTempSubdirectory("staticcollect-e2e-").FullName;
        Directory.CreateDirectory(Temporary);

        // Stops MSBuild's search upward: nothing from outside may reach the projects under test.
        File.WriteAllText(Path.Combine(WorkFolder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(WorkFolder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(WorkFolder, "Directory.Packages.props"), "<Project />");
        CompilerServer.Start();
        var suffix = $"e2e.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
        Pack("src/StaticCollect.Build", suffix);
        _version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed).Single())["StaticCollect.Build.".Length..];
        Stores = new Lazy<bool>(() => PackStores(suffix));
    }

    /// <summary>Packs the packages of the stores, too, for tests that upload; once, when the first of them asks.</summary>
    public static void WithStores() => Assert.That(Stores.Value, Is.True);

    private static Lazy<bool> Stores { get; set; } = new(() => false);

    private static bool PackStores(string suffix)
    {
        Pack("src/StaticCollect.Build.S3", suffix);
        Pack("src/StaticCollect.Build.AzureStorage", suffix);
        return true;
    }

    /// <summary>What packing is told: without the commit of the clone, packages are the same wherever they are made.</summary>
    internal static string[] Told => ["-p:EnableSourceControlManagerQueries=false", "-p:RunAnalyzers=false"];

    private static void Pack(string project, string suffix)
    {
        var packed = Command.Run(Repository, "dotnet", ["pack", project, "-c", "Release", "-o", Feed, $"-p:VersionSuffix={suffix}", .. Told, "-nologo", "-v:m"]);
        Assert.That(packed.ExitCode, Is.Zero, packed.Output);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        CompilerServer.Stop();
        WindowsDotnet.Release();
        if (_workFolder is not null)
            Directory.Delete(_workFolder, recursive: true);
    }

    private static string FindRepository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
