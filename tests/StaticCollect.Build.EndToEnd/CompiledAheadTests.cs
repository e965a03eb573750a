using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using StaticCollect.Build.EndToEnd.Releases;
using StaticCollect.Build.EndToEnd.Support;
using Machine = StaticCollect.Build.EndToEnd.Support.Machine;

namespace StaticCollect.Build.EndToEnd;

/// <summary>The package has the task once for every host, and compiled ahead for those that most builds run on.</summary>
public sealed class CompiledAheadTests
{
    // A host that nothing is compiled ahead for.
    private const string ForEveryHost = "-p:_StaticCollectHost=none";

    private static readonly string[] Systems = ["linux-arm64", "linux-x64", "osx-arm64", "win-x64"];

    private static string Tasks => Path.Combine(PackedPackage.Packages, "staticcollect.build", PackedPackage.Version, "tasks");

    [Test]
    public void What_is_compiled_ahead_is_the_assembly_of_every_host_with_native_code_for_its_system()
    {
        using var project = Restored.Console();
        var everyHosts = Read("net8.0");

        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetDirectories(Path.Combine(Tasks, "net10.0")).Select(Path.GetFileName), Is.EquivalentTo(Systems));
            Assert.That(everyHosts.HasNativeCode, Is.False);
            foreach (var system in Systems)
            {
                var ahead = Read($"net10.0/{system}");
                Assert.That(ahead.HasNativeCode, Is.True, system);

                // The compiler makes a new id for every other input.
                Assert.That(ahead.Id, Is.EqualTo(everyHosts.Id), system);
            }
        });
    }

    [Test]
    public void On_a_system_that_it_is_compiled_for_the_SDK_10_runs_that_one([ValueSource(nameof(Systems))] string system)
    {
        using var project = Restored.Console();

        Assert.That(Chosen(project, $"-p:NETCoreSdkPortableRuntimeIdentifier={system}"), Is.EqualTo($"net10.0/{system}/StaticCollect.Build.dll"));
    }

    [Test]
    public void A_system_with_musl_runs_what_is_compiled_for_the_others()
    {
        using var project = Restored.Console();

        Assert.That(Chosen(project, "-p:NETCoreSdkPortableRuntimeIdentifier=linux-musl-x64"), Is.EqualTo("net10.0/linux-x64/StaticCollect.Build.dll"));
    }

    [TestCase("-p:NETCoreSdkPortableRuntimeIdentifier=freebsd-x64", TestName = "Another_system_runs_the_assembly_of_every_host")]
    [TestCase("-p:NETCoreSdkPortableRuntimeIdentifier=", TestName = "A_system_that_does_not_say_runs_the_assembly_of_every_host")]
    [TestCase("-p:BundledNETCoreAppTargetFrameworkVersion=8.0", TestName = "An_older_SDK_runs_the_assembly_of_every_host")]
    [TestCase("-p:BundledNETCoreAppTargetFrameworkVersion=11.0", TestName = "A_newer_SDK_runs_the_assembly_of_every_host")]
    [TestCase(ForEveryHost, TestName = "The_assembly_of_every_host_can_be_asked_for")]
    public void Every_other_host_runs_the_assembly_of_every_host(string property)
    {
        using var project = Restored.Console();

        Assert.That(Chosen(project, property), Is.EqualTo("net8.0/StaticCollect.Build.dll"));
    }

    [Test]
    public void Both_make_the_same_release_and_only_one_is_compiled_as_it_runs()
    {
        var system = OfThisHost();
        using var ahead = Everything.Console().Aged();
        using var other = Everything.Console().Aged();

        var compiledAhead = Collect(ahead);
        var compiledNow = Collect(other, ForEveryHost);

        Assert.Multiple(() =>
        {
            Assert.That(compiledAhead.Loaded, Does.Contain($"tasks/net10.0/{system}/StaticCollect.Build.dll"));
            Assert.That(compiledAhead.Jitted, Has.None.Contains("StaticCollect.Build.Collector::Run()"));
            Assert.That(compiledNow.Loaded, Does.Contain("tasks/net8.0/StaticCollect.Build.dll"));
            Assert.That(compiledNow.Jitted, Has.Some.Contains("StaticCollect.Build.Collector::Run()"));

            Assert.That(ahead.Tree(), Is.EqualTo(other.Tree()).And.Not.Empty);
            foreach (var path in ahead.Tree())
                Assert.That(File.ReadAllBytes(Path.Combine(ahead.Root, path)), Is.EqualTo(File.ReadAllBytes(Path.Combine(other.Root, path))), path);
        });
    }

    /// <summary>The system that these tests run on.</summary>
    private static string OfThisHost()
    {
        var name = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var system = $"{name}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        if (OperatingSystem.IsWindows() || !Systems.Contains(system, StringComparer.Ordinal))
            Machine.Lacks("Nothing is compiled ahead for this system, or the runtime does not tell what it compiles.");
        return system;
    }

    /// <summary>The assembly that a build takes the tasks from, in the package's folder of them.</summary>
    private static string Chosen(TestProject project, string property)
    {
        var path = project.Succeed("msbuild", "-getProperty:StaticCollectTasksAssembly", property).StandardOutput.Trim();
        return Path.GetRelativePath(Tasks, Path.GetFullPath(path)).Replace('\\', '/');
    }

    /// <summary>Collects, and tells which assembly was loaded and which methods the runtime compiled.</summary>
    private static (string Loaded, string[] Jitted) Collect(TestProject project, params string[] arguments)
    {
        var maps = Directory.CreateDirectory(Path.Combine(project.Workspace, "maps")).FullName;
        var result = project.Run(
            "dotnet",
            [.. Restored.Build("CollectStatic"), "-v:d", .. arguments],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_PerfMapEnabled"] = "1", ["DOTNET_PerfMapJitDumpPath"] = maps });
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return (
            result.Lines("Using \"CollectStaticFiles\" task from assembly").Single(),
            [.. Directory.GetFiles(maps, "perf-*.map").SelectMany(File.ReadLines).Where(line => line.EndsWith("Jitted]", StringComparison.Ordinal))]);
    }

    private static (Guid Id, bool HasNativeCode) Read(string folder)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(Tasks, folder, "StaticCollect.Build.dll")));
        var metadata = file.GetMetadataReader();
        return (
            metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }
}
