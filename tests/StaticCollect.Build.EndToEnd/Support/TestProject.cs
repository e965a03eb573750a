using System.Text.Json;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// A project in a folder of its own, with the packed package, driven by the real <c>dotnet</c>. What was run and what it
/// printed stands in a transcript that is attached to the test.
/// </summary>
public sealed class TestProject : IDisposable
{
    private readonly string _transcript = Path.Combine(
        TestContext.CurrentContext.WorkDirectory, "transcripts", $"{TestContext.CurrentContext.Test.ID}.txt");

    private readonly bool _withOrdinarySources;

    /// <summary>Makes the folder; the project file is made by <see cref="Console"/>, <see cref="Web"/> or by hand.</summary>
    /// <param name="folderName">Name of the project folder, for tests of odd names.</param>
    /// <param name="withOrdinarySources">Whether packages also come from where this machine usually has them from.</param>
    /// <param name="forWindows">Whether the .NET SDK for Windows drives it.</param>
    public TestProject(string folderName = "App", bool withOrdinarySources = false, bool forWindows = false)
    {
        IsForWindows = forWindows;
        _withOrdinarySources = withOrdinarySources;
        Workspace = Path.Combine(PackedPackage.WorkFolder, Guid.NewGuid().ToString("N")[..8]);
        Folder = Path.Combine(Workspace, folderName);
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(_transcript)!);
        File.WriteAllText(_transcript, $"{TestContext.CurrentContext.Test.FullName}\n");
        File.WriteAllText(Path.Combine(Workspace, "nuget.config"), $"""
            <configuration>
              <packageSources>{(withOrdinarySources ? "" : "<clear />")}<add key="feed" value="{PathOf(PackedPackage.Feed)}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{PathOf(PackagesFolder)}" /></config>
            </configuration>
            """);
    }

    /// <summary>Folder of the whole test; other projects of the test lie beside the first one.</summary>
    public string Workspace { get; }

    /// <summary>Folder of the project.</summary>
    public string Folder { get; }

    /// <summary>Whether the .NET SDK for Windows drives it, which has packages of its own.</summary>
    public bool IsForWindows { get; }

    /// <summary>The packages folder that it restores into.</summary>
    public string PackagesFolder => IsForWindows ? PackedPackage.WindowsPackages : PackedPackage.Packages;

    /// <summary>The static root where nothing else is set: that of a Release publish.</summary>
    public string Root => Path.Combine(Folder, "bin/Release/net10.0/publish/wwwroot/static");

    /// <summary>The reference that a user adds.</summary>
    public static string PackageReference =>
        $"""<PackageReference Include="StaticCollect.Build" Version="{PackedPackage.Version}" PrivateAssets="all" />""";

    /// <summary>A console project.</summary>
    /// <param name="content">What else stands in the project file.</param>
    /// <param name="folderName">Name of the project folder.</param>
    /// <param name="forWindows">Whether the .NET SDK for Windows drives it.</param>
    public static TestProject Console(string content = "", string folderName = "App", bool forWindows = false) => Create("Microsoft.NET.Sdk", content, new TestProject(folderName, forWindows: forWindows))
        .Write("Program.cs", "System.Console.WriteLine(\"Hello\");\n");

    /// <summary>An ASP.NET Core project.</summary>
    /// <param name="content">What else stands in the project file.</param>
    /// <param name="folderName">Name of the project folder.</param>
    /// <param name="withOrdinarySources">Whether packages also come from where this machine usually has them from.</param>
    /// <param name="forWindows">Whether the .NET SDK for Windows drives it.</param>
    public static TestProject Web(string content = "", string folderName = "App", bool withOrdinarySources = false, bool forWindows = false) =>
        Create("Microsoft.NET.Sdk.Web", content, new TestProject(folderName, withOrdinarySources, forWindows))
        .Write("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapStaticAssets();
            app.Run();
            """);

    /// <summary>Writes a file of the project; <c>../</c> leads beside it.</summary>
    public TestProject Write(string path, string text)
    {
        var full = Path.GetFullPath(path, Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Writes a class library beside the project, which does not know the package.</summary>
    public TestProject WriteLibrary(string name, string content = "") => Write($"../{name}/{name}.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          {content}
        </Project>
        """);

    /// <summary>Runs <c>dotnet</c> in the project folder.</summary>
    public CommandResult Dotnet(params string[] arguments) => Run(Program, Arguments(arguments));

    /// <summary>Starts <c>dotnet</c> in the project folder; the caller reads its output and ends it.</summary>
    public System.Diagnostics.Process Start(params string[] arguments) => Command.Start(Folder, Program, Arguments(arguments));

    /// <summary>A path as the commands of the project know it.</summary>
    public string PathOf(string path) => IsForWindows ? WindowsDotnet.PathOf(path) : path;

    /// <summary>Runs any program in the project folder.</summary>
    public CommandResult Run(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = Command.Run(Folder, program, arguments, environment);
        for (var attempt = 1; attempt < WindowsDotnet.Attempts && IsForWindows && result.Output.Contains(WindowsDotnet.Died, StringComparison.Ordinal); attempt++)
            result = Command.Run(Folder, program, arguments, environment);
        File.AppendAllText(_transcript, $"\n$ {program} {string.Join(' ', arguments)}\n{result.Output}=> {result.ExitCode}\n");
        if (_withOrdinarySources && result.ExitCode != 0 && result.Output.Contains("NU1301", StringComparison.Ordinal))
            Machine.Lacks($"This test needs packages of others, and they cannot be had: {result.Lines("NU1301")[0]}");
        return result;
    }

    /// <summary>Runs <c>dotnet publish</c>, which must succeed.</summary>
    public CommandResult Publish(params string[] arguments) => Succeed(["publish", .. arguments]);

    /// <summary>Collects by hand, without compiling, into the root of a Release publish; must succeed.</summary>
    public CommandResult Collect(params string[] arguments) => Succeed(["build", "-c", "Release", "-t:CollectStatic", .. arguments]);

    /// <summary>Runs <c>dotnet</c>, which must succeed.</summary>
    public CommandResult Succeed(params string[] arguments)
    {
        var result = Dotnet(arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result;
    }

    /// <summary>Runs <c>dotnet</c>, which must fail; gives its output.</summary>
    public CommandResult Fail(params string[] arguments)
    {
        var result = Dotnet(arguments);
        Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
        return result;
    }

    /// <summary>The collected items of one more run, by logical path.</summary>
    public IReadOnlyDictionary<string, JsonElement> Items(params string[] arguments)
    {
        var result = Succeed([.. arguments, "-getItem:CollectedStaticFile"]);
        using var json = JsonDocument.Parse(result.StandardOutput);
        return json.RootElement.GetProperty("Items").GetProperty("CollectedStaticFile").EnumerateArray()
            .ToDictionary(item => item.GetProperty("LogicalPath").GetString()!, item => item.Clone(), StringComparer.Ordinal);
    }

    /// <summary>The files below a folder (the static root by default), relative and in ordinal order.</summary>
    public string[] Tree(string? folder = null)
    {
        folder = Path.GetFullPath(folder ?? Root, Folder);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file of the static root.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <inheritdoc/>
    public void Dispose()
    {
        TestContext.AddTestAttachment(_transcript);
        Directory.Delete(Workspace, recursive: true);
    }

    private string Program => IsForWindows ? WindowsDotnet.Program : "dotnet";

    // Under Wine the SDK does not find the project in the folder, and further nodes of MSBuild do not start.
    private string[] Arguments(string[] arguments) =>
        IsForWindows && arguments[0] is "build" or "publish" or "restore" ? [arguments[0], $"{Path.GetFileName(Folder)}.csproj", "-m:1", .. arguments[1..]]
        : arguments;

    private static TestProject Create(string sdk, string content, TestProject project)
    {
        return project.Write($"{Path.GetFileName(project.Folder)}.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                {PackageReference}
              </ItemGroup>
              {content}
            </Project>
            """);
    }
}
