namespace StaticCollect.Build.Bench;

/// <summary>
/// One folder of sources and the ways to get it to where a server serves it: ours in a project that does nothing else, and what
/// is there without us.
/// </summary>
internal sealed class Site
{
    private readonly Workspace _workspace;
    private readonly string _name;
    private readonly string _with;
    private readonly string _without;

    /// <summary>Makes the projects; the sources are the caller's to write.</summary>
    public Site(Workspace workspace, string name)
    {
        (_workspace, _name) = (workspace, name);
        _with = workspace.WriteProject($"{name}/with/With.csproj", withPackage: true);
        _without = workspace.WriteProject($"{name}/without/Without.csproj", withPackage: false, $"""
            <Target Name="CopyAll">
              <ItemGroup><Source Include="{Sources}/**" /></ItemGroup>
              <Copy SourceFiles="@(Source)" DestinationFiles="@(Source->'$(To)/%(RecursiveDir)%(Filename)%(Extension)')" SkipUnchangedFiles="true" />
            </Target>
            """);
        foreach (var project in new[] { _with, _without })
            new Command("dotnet", "restore", project, "-v:q", "-nologo").Run();
        workspace.Write($"{name}/django/settings.py", $"""
            import os
            SECRET_KEY = "none"
            INSTALLED_APPS = ["django.contrib.staticfiles"]
            STATIC_URL = "/static/"
            STATIC_ROOT = os.environ["TO"]
            STATICFILES_DIRS = ["{Sources}"]
            STATICFILES_STORAGE = "django.contrib.staticfiles.storage." + os.environ["STORAGE"]
            """);
    }

    /// <summary>The folder of the sources.</summary>
    public string Sources => _workspace[$"{_name}/with/static"];

    /// <summary>What gives the sources two names each and prints their hashes: the least that fingerprints need.</summary>
    public static string CopiedTwiceAndHashed => "cp -r twice, sha256sum";

    /// <summary>A build that does nothing, in a project without the package.</summary>
    public Row Empty => new("empty build", _ => Build(_without, "Empty"));

    /// <summary>Fails where what is measured beside ours is not there.</summary>
    public static void NeedsPeers() => Command.Needs(
        ("/usr/bin/rsync", "rsync"), ("/usr/bin/brotli", "brotli"), ("/usr/lib/python3/dist-packages/django/__init__.py", "python3-django"),
        ("/usr/lib/python3/dist-packages/whitenoise/__init__.py", "python3-whitenoise"), ("/usr/lib/python3/dist-packages/brotli.py", "python3-brotli"));

    /// <summary>A collection by a build, into a folder of the round that the name names, less what the build costs without it.</summary>
    public Row Collect(string row, string name, params string[] properties) =>
        new(row, round => Build(_with, "CollectStatic", [$"-p:StaticCollectRoot={To(round, name)}", $"-p:IntermediateOutputPath={To(round, $"{name}-obj")}/", .. properties])) { NetOf = Empty.Name };

    public Row Copy(string row) => new(row, round => new("cp", "-r", Sources, To(round, "cp")));

    public Row Rsync(string row) => new(row, round => new("rsync", "-a", $"{Sources}/", To(round, "rsync")));

    /// <summary>Looks at what a run with nothing to do must look at: the sources and what was collected.</summary>
    public Row Find(string row) => new(row, round => new("find", Sources, To(round, "plain"), "-printf", "%p %s %T@\\n"));

    public Row CopyTwiceAndHash() => new(CopiedTwiceAndHashed, round => Command.Shell(
        $"cp -r '{Sources}' '{To(round, "cp1")}'; cp -r '{Sources}' '{To(round, "cp2")}'; find '{Sources}' -type f -print0 | xargs -0 sha256sum"));

    /// <summary>MSBuild's own task.</summary>
    public Row MSBuildCopy(string row) => new(row, round => Build(_without, "CopyAll", $"-p:To={To(round, "msbuild")}")) { NetOf = Empty.Name };

    /// <summary>Debian's Django; the storage with a manifest gives hashed names.</summary>
    public Row Django(string row, bool isHashed = false) => new(row, round => new("/usr/bin/python3", "-m", "django", "collectstatic", "--noinput", "-v0")
    {
        Folder = _workspace[$"{_name}/django"],
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DJANGO_SETTINGS_MODULE"] = "settings",
            ["TO"] = To(round, isHashed ? "django-hashed" : "django"),
            ["STORAGE"] = isHashed ? "ManifestStaticFilesStorage" : "StaticFilesStorage",
        },
    });

    /// <summary>A command of the shell on a copy of what can be compressed, <c>$1</c>, which is not measured.</summary>
    public Row OnTexts(string row, string name, string command) => new(row, round => Command.Shell(command.Replace("$1", To(round, name), StringComparison.Ordinal)))
    {
        Prepare = round => new Command("rsync", "-a", "--include=*/", "--include=*.css", "--include=*.js", "--exclude=*", $"{Sources}/", To(round, name)).Run(),
    };

    /// <summary>What an evaluation costs; it is printed by name.</summary>
    public Row Evaluate(string row, bool withPackage) => new(row, _ => new("dotnet", "msbuild", withPackage ? _with : _without, "-nologo", "-getProperty:TargetFramework"));

    private static Command Build(string project, string target, params string[] more) => new("dotnet", ["msbuild", project, "-nologo", "-v:q", $"-t:{target}", .. more]);

    private string To(int round, string name) => _workspace.Round(round, $"{_name}/{name}");
}
