using System.Diagnostics;
using System.Globalization;
using System.Text;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Bench;

/// <summary>A generated project in a temporary folder, which goes at the end.</summary>
internal sealed class Site : IDisposable, ICollectLog
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticcollect-bench-").FullName;

    /// <summary>Generates the files: the same ones each time.</summary>
    public Site(int count)
    {
        // The fixed seed is the point: equal files in every run.
        var random = new Random(1);
        var before = DateTime.UtcNow.AddHours(-1);
        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(Sources, Name(i));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Content(i, random));

            // A file that is younger than its scan is looked into again by the next one.
            File.SetLastWriteTimeUtc(path, before);
        }

        File.WriteAllText(Path.Combine(_folder, "Site.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <StaticCollectFinders>Own</StaticCollectFinders>
                <StaticCollectTasksAssembly>{typeof(Collector).Assembly.Location}</StaticCollectTasksAssembly>
              </PropertyGroup>
              <Import Project="{Repository}/build/StaticCollect.Build.targets" />
              <Target Name="Empty" />
            </Project>
            """);
    }

    /// <summary>The settings that compress, at a level that does not make all of this a benchmark of Brotli.</summary>
    public static (string Name, string Value)[] Compressed { get; } =
        [("StaticCollectCompress", "gzip;br"), ("StaticCollectCompressLevel", "Fastest")];

    /// <summary>The settings of a site that uses what there is: with encodings, routes and the configuration of every server.</summary>
    public static (string Name, string Value)[] Everything { get; } =
    [
        .. Compressed,
        ("StaticCollectFingerprint", "true"),
        ("StaticCollectServerConfig", "nginx;caddy;apache"),
        ("EndpointsManifest", "Site.staticwebassets.endpoints.json"),
    ];

    /// <summary>Top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The source folder.</summary>
    public string Sources => Path.Combine(_folder, "static");

    bool ICollectLog.WantsDetails => false;

    /// <summary>The folder into which something of a round is written: one that the build does not search for sources.</summary>
    public string Root(int round, string name) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin", $"{round}")).FullName, name);

    /// <summary>Collects in this process.</summary>
    public void Collect(int round, string name, params (string Name, string Value)[] properties)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["PublishFolder"] = PublishFolder(round),
            ["IntermediateFolder"] = Root(round, $"{name}-obj"),
            ["StaticCollectRoot"] = Root(round, name),
            ["StaticCollectFinders"] = "Own",
        };
        properties.ToList().ForEach(property => metadata[property.Name] = property.Value);
        var settings = SettingsReader.Read(new RawSettings(new RawItem(Path.Combine(_folder, "Site.csproj"), metadata)), out var mistakes);
        if (mistakes.Count > 0 || !Collector.Collect(settings, this).Succeeded)
            throw new InvalidOperationException($"The collection '{name}' failed.");
    }

    /// <summary>Runs a target by the real build.</summary>
    public void Build(int round, string target) => Run(
        "dotnet", "msbuild", Path.Combine(_folder, "Site.csproj"), "-nologo", "-v:q", $"-t:{target}", $"-p:StaticCollectRoot={Root(round, "build")}");

    /// <summary>Writes a project that uploads the files under two names each, by the freshly built task; gives its path.</summary>
    public string WriteUpload(Uri endpoint)
    {
        var path = Path.Combine(_folder, "Upload.csproj");
        File.WriteAllText(path, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Repository}/build/StaticCollect.Build.props" />
              <Import Project="{Repository}/build/StaticCollect.Build.S3/StaticCollect.Build.S3.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <StaticCollectFinders>Own</StaticCollectFinders>
                <StaticCollectFingerprint>true</StaticCollectFingerprint>
                <StaticCollectRoot>{Root(0, "uploaded")}</StaticCollectRoot>
                <StaticCollectS3Endpoint>{endpoint}</StaticCollectS3Endpoint>
                <StaticCollectTasksAssembly>{typeof(Collector).Assembly.Location}</StaticCollectTasksAssembly>
                <StaticCollectS3TasksAssembly>{Repository}/src/StaticCollect.Build.S3/bin/Release/net8.0/StaticCollect.Build.S3.dll</StaticCollectS3TasksAssembly>
              </PropertyGroup>
              <Import Project="{Repository}/build/StaticCollect.Build.targets" />
              <PropertyGroup><_StaticCollectUploadTargets>true</_StaticCollectUploadTargets></PropertyGroup>
              <Import Project="{Repository}/build/StaticCollect.Build.S3/StaticCollect.Build.S3.targets" />
              <Import Project="{Repository}/build/StaticCollect.Build.Upload/StaticCollect.Build.Upload.targets" />
              <Target Name="Empty" />
            </Project>
            """);
        return path;
    }

    /// <summary>Runs a program to its end; it must succeed.</summary>
    public static void Run(string program, params string[] arguments) => Run(program, arguments, []);

    /// <summary>The same with more in its environment.</summary>
    public static void Run(string program, string[] arguments, Dictionary<string, string> environment)
    {
        // No process of the build may outlive it and be counted to nobody.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{output}");
    }

    /// <summary>A published web app without any file: an empty manifest of endpoints, for ours to be merged into.</summary>
    private string PublishFolder(int round)
    {
        var folder = Directory.CreateDirectory(Root(round, "app")).FullName;
        var manifest = Path.Combine(folder, "Site.staticwebassets.endpoints.json");
        if (!File.Exists(manifest))
            File.WriteAllText(manifest, """{"Version":1,"ManifestType":"Publish","Endpoints":[]}""");
        return folder;
    }

    void ICollectLog.Detail(string text) { }

    void ICollectLog.Summary(string text) { }

    void ICollectLog.Report(Diagnostic diagnostic) => throw new InvalidOperationException(diagnostic.Text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The program runs outside the repository.");
        return folder;
    }

    private static string Name(int i) => $"d{i / 5 % 100}/{(i % 5) switch { 0 => "s", 1 => "m", _ => "i" }}{i}{(i % 5) switch { 0 => ".css", 1 => ".js", _ => ".png" }}";

    /// <summary>Of five files one style sheet and one module, which name others; and three that nothing can be made of.</summary>
    private static byte[] Content(int i, Random random)
    {
        if (i % 5 > 1)
        {
            var image = new byte[2048 + random.Next(8192)];
            random.NextBytes(image);
            return image;
        }

        var text = new StringBuilder(i % 5 == 1 && i >= 500 ? $"import \"./m{i - 500}.js\";\n" : "");
        for (var line = 0; line < 100; line++)
        {
            if (i % 5 == 0)
                text.Append(CultureInfo.InvariantCulture, $".c{i}-{line} {{ color: #{random.Next(1 << 24):x6}; margin: {line}px }}\n");
            else
                text.Append(CultureInfo.InvariantCulture, $"export function f{line}(a) {{ return a * {random.Next(1000)} + {line}; }}\n");
        }

        if (i % 5 == 0)
            text.Append(CultureInfo.InvariantCulture, $".c{i} {{ background: url(i{i + 2}.png) }}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
