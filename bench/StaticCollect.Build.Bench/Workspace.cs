namespace StaticCollect.Build.Bench;

/// <summary>A temporary folder with the packed package and the projects that use it, which goes at the end.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticcollect-bench-").FullName;

    /// <summary>Makes it, with the packages of a folder, or with freshly packed ones.</summary>
    public Workspace(string? packages)
    {
        var feed = packages is null ? Path.Combine(_folder, "feed") : Path.GetFullPath(packages);
        if (packages is null)
        {
            foreach (var project in new[] { "StaticCollect.Build", "StaticCollect.Build.S3" })
                new Command("dotnet", "pack", Path.Combine(Repository, "src", project), "-c", "Release", "-o", feed, "-v:q", "-nologo").Run();
        }

        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="feed" value="{feed}" /></packageSources>
            </configuration>
            """);
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
    }

    /// <summary>Top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A folder of it, by its name.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>The folder into which something of a round is written.</summary>
    public string Round(int round, string name) => Within(Path.Combine(_folder, "rounds", $"{round}", name));

    /// <summary>Writes a file; gives its path.</summary>
    public string Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Writes a project that restores, with the package where it is asked for; gives its path.</summary>
    public string WriteProject(string path, bool withPackage, string more = "", string sdk = "Microsoft.NET.Sdk")
    {
        Write(Path.Combine(Path.GetDirectoryName(path)!, "Program.cs"), "System.Console.WriteLine();");
        return Write(path, $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <UseAppHost>false</UseAppHost>
                <ImplicitUsings>disable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <EnableDefaultItems>false</EnableDefaultItems>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="Program.cs" />
                {(withPackage ? """<PackageReference Include="StaticCollect.Build" Version="*-*" />""" : "")}
              </ItemGroup>
              {more}
              <Target Name="Empty" />
            </Project>
            """);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Within(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The program runs outside the repository.");
        return folder;
    }
}
