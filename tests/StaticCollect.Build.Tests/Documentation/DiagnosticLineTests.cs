using System.Text.RegularExpressions;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>Makes the mistakes of the diagnostics' pages, and gets the lines that they show.</summary>
public sealed class DiagnosticLineTests
{
    [Test]
    public void SC1001_a_value_that_is_not_allowed() => Says(Codes.ValueNotAllowed, project => project.Set("StaticCollectConflict", "Newest"));

    [Test]
    public void SC1002_a_source_folder_that_is_not_there() =>
        Says(Codes.SourceFolderMissing, project => project.Write("static/a.css").Directories.AddRange([Item("dist"), Item("static/a.css")]));

    [Test]
    public void SC1003_a_source_file_that_is_not_there() =>
        Says(Codes.SourceFileMissing, project => project.Files.Add(Item("robots.txt")));

    [Test]
    public void SC1004_a_prefix_that_leads_out() =>
        Says(Codes.LogicalPathNotAllowed, project => project.Write("assets/a.js").Directories.Add(Item("assets", ("Prefix", "../lib"))));

    [Test]
    public void SC1005_a_pattern_under_a_condition()
    {
        using var project = new Project();
        project.Write("Shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>


              <ItemGroup Condition="'$(Configuration)' == 'Release'">
                <StaticCollectIgnore Include="*.map" />
              </ItemGroup>
            </Project>
            """);
        _ = PatternItems.ReadBack(ProjectFile.Read([Path.Combine(project.Folder, "Shop.csproj")]), project.Report);
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.WildcardExpanded)));
    }

    [Test]
    public void SC1006_a_project_that_was_not_restored() =>
        Says(Codes.AssetsFileMissing, project => project.Set("StaticCollectFinders", "Package"));

    [Test]
    public void SC1007_nothing_to_find()
    {
        using var project = new Project();
        Inspector.Find(project.Settings(), project);
        Explainer.Explain(project.Set("StaticCollectPath", "../a.css").Settings(), project);
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.PathToFindMissing)));
    }

    [Test]
    public void SC1009_no_release_to_compare()
    {
        using var project = new Project();
        Differ.Compare(project.Settings(), project);
        project.Write("static/a.css").Collect();
        project.Set("StaticCollectReleaseBefore", "deployed/release.json");
        Differ.Compare(project.Settings(), project);
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.ReleaseUnreadable)));
    }

    [Test]
    public void SC1010_slips_in_names()
    {
        using var project = new Project();
        project.Write("Shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <StaticCollectFingerprints>true</StaticCollectFingerprints>
                <StaticCollectIgnore>*.map</StaticCollectIgnore>
              </PropertyGroup>
              <ItemGroup>
                <StaticCollectDirectory Include="assets" Prefx="lib" />
              </ItemGroup>
            </Project>
            """);
        UnknownNames.Check(ProjectFile.Read([Path.Combine(project.Folder, "Shop.csproj")]), [], [], project.Report);
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.UnknownName)));
    }

    [Test]
    public void SC1011_a_baseline_that_is_not_there_or_broken_or_not_named()
    {
        using var project = new Project();
        project.Write("static/a.css").Set("StaticCollectBaseline", "static-baseline.json").Collect();
        project.Write("static-baseline.json", "{\n\"version\": 1,\n<<<<<<< HEAD").Collect();
        BaselineWriter.Write(project.Set("StaticCollectBaseline", "").Settings(), project);
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.BaselineUnreadable)));
    }

    [Test]
    public void SC2001_two_apps_with_one_name_and_an_override()
    {
        using var project = new Project();
        project.Write("app1/static/site.css", "1").Write("app2/static/site.css", "2").Collect();
        File.Delete(Path.Combine(project.Folder, "app2/static/site.css"));
        project.Publish("wwwroot/static/app.css", "1").Write("static/app.css", "2");
        project.Write("app1/static/logo.png", "1").Write("static/logo.png", "2").Collect();
        File.Delete(Path.Combine(project.Folder, "static/logo.png"));
        File.Delete(Path.Combine(project.Folder, "static/app.css"));
        project.Write("app2/static/site.css", "2").Set("StaticCollectConflict", "Error").Collect();
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.Clash)));
    }

    [Test]
    public void SC2002_two_spellings() =>
        Says(Codes.ClashOfSpelling, project => project.Write("app1/static/Site.css").Write("static/site.css"));

    [Test]
    public void SC2003_a_file_against_a_folder() =>
        Says(Codes.FileAgainstFolder, project => project.Write("app1/static/lib/a.js").Write("static/lib"));

    [Test]
    public void SC2005_a_link_that_leads_back() => Says(Codes.LinkLoop, project => project.Write("static/a.css").Link("static/loop", "."));

    [Test]
    public void SC2006_a_link_that_points_to_nothing() =>
        Says(Codes.BrokenLink, project => project.Write("static/a.css").Link("static/vendor.js", "../gone/vendor.js"));

    [Test]
    [Platform(Exclude = "Win", Reason = "No such file can be made there; it is an error for those that other systems made.")]
    public void SC2007_a_name_that_windows_cannot_write() => Says(Codes.NameNotPortable, project => project.Write("static/aux.js"));

    [Test]
    public void SC2012_a_list_of_routes_that_breaks_off() => Says(Codes.RoutesUnreadable, project => project
        .Write("static/a.css")
        .Write("bin/Release/net10.0/publish/Shop.staticwebassets.endpoints.json", "{\"Version\":")
        .Set("EndpointsManifest", "Shop.staticwebassets.endpoints.json"));

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has none in folders.")]
    public void SC2013_a_socket() => Says(Codes.NoFile, project => project.Write("static/a.css").Link("static/live.sock", "/dev/null"));

    [Test]
    [Platform("Linux")]
    public void SC2014_a_name_in_Latin_1()
    {
        using var project = new Project();
        project.Write("static/a.css");
        TempTree.Shell("""cd "$1" && : >"$(printf 'static/caf\351.css')" """, project.Folder);
        project.Collect();

        // The framework cannot delete it.
        TempTree.Shell("""rm -r "$1" """, Path.Combine(project.Folder, "static"));
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.NameNotUnicode)));
    }

    [Test]
    [Platform("Linux")]
    public void SC2015_a_folder_in_another_case() =>
        Says(Codes.FolderSpelling, project => project.Write("Catalog/Static/img/logo.svg").Write("Static/Helper.cs").Write("bin/Static/a.css"));

    [Test]
    [Platform("Linux")]
    public void SC2016_folders_that_differ_in_case() => Says(Codes.FoldersAlike, project => project.Write("app1/static/CSS/a.css").Write("static/css/b.css"));

    [Test]
    public void SC2017_names_with_signs_of_urls() => Says(Codes.UrlName, project => project.Write("static/img/50%.png").Write("static/img/c#.svg"));

    [Test]
    public void SC2018_windows_line_ends() =>
        Says(Codes.LineEnds, project => project.Set("StaticCollectFingerprint", "true").Write("static/css/site.css", "a { b: c }\r\n"));

    [Test]
    public void SC2019_a_file_of_25_megabytes() => Says(Codes.LargeFile, project => project.Write("static/video/tour.mp4", new string('x', 25_000_000)));

    [Test]
    public void SC3001_a_slip_of_case_and_a_missing_source_map() => Says(Codes.MissingReference, project => project
        .Set("StaticCollectFingerprint", "true")
        .Write("static/img/logo.svg")
        .Write("static/css/site.css", "body {\n  background-image: url(../img/Logo.svg) }")
        .Write("static/js/app.js", "1;\n//# sourceMappingURL=app.js.map"));

    [Test]
    public void SC3002_a_script_that_breaks_off() => Says(Codes.Unparsable, project => project
        .Set("StaticCollectFingerprint", "true")
        .Write("static/js/app.js", "f = { a: import('./b.js')"));

    [Test]
    public void SC3005_a_package_in_another_version_and_a_reference_that_was_mended() => Says(Codes.BaselineOutdated, project => project
        .Set("StaticCollectFingerprint", "true")
        .Set("StaticCollectBaseline", "static-baseline.json")
        .Write("static/site.css", "a { b: c }")
        .Write("node_modules/rxjs/package.json", """{"version":"7.8.2"}""")
        .Write("node_modules/rxjs/src/index.js", "import './internal/a'; import './internal/b'")
        .Write("static-baseline.json", """{"version":1,"missing":[{"references":{"static/site.css":["img/gone.png"]}},{"package":"rxjs","version":"7.8.1","references":{"src/index.js":["./internal/a"]}}]}""")
        .Directories.Add(Item("node_modules/rxjs/src", ("Prefix", "rxjs"))));

    [Test]
    public void SC3301_a_slip_of_case_and_one_of_the_pen_in_a_view() => Says(Codes.ViewReference, project => project
        .Write("static/img/logo.svg")
        .Write("static/js/site.js")
        .Write("Views/Home.cshtml", "<img src=\"~/static/img/Logo.svg\">\n  <script src='/static/js/sitee.js'></script>")
        .Views.Add(Item("Views/Home.cshtml")));

    [Test]
    public void SC4001_a_root_in_a_source_folder() =>
        Says(Codes.RootRefused, project => project.Write("app1/static/a.css").Set("StaticCollectRoot", "app1/static/out"));

    /// <summary>The system's own words differ from the page's full disk; what stands around them does not.</summary>
    [Test]
    public void SC4003_a_root_below_a_file()
    {
        using var project = new Project();
        project.Write("static/a.css").Write("notes").Set("StaticCollectRoot", "notes/static").Collect();
        Assert.That(project.Told.Single(), Does.Match(
            @"^error SC4003: '/home/me/Shop/notes/static' cannot be written: .*[^.]\. Mend this and publish again; the next run finishes the work\.$"));
    }

    [TestCase("No space left on device")]
    [TestCase("No space left on device.")]
    public void SC4003_tells_the_systems_words_as_a_sentence(string words) =>
        Assert.That(Diagnostic.Reason(new IOException(words)), Is.EqualTo("No space left on device."));

    [Test]
    public void SC4004_a_source_that_goes_away()
    {
        using var project = new Project();
        project.Write("static/app.js");
        project.OnDetail = text =>
        {
            if (text.Contains("Found", StringComparison.Ordinal))
                File.Delete(Path.Combine(project.Folder, "static/app.js"));
        };
        project.Collect();
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.SourceChanged)));
    }

    [Test]
    public void SC4005_a_file_in_the_way() =>
        Says(Codes.RootBlocked, project => project.Write("static/img/a.png").Write("deploy/img").Set("StaticCollectRoot", "deploy"));

    [Test]
    public void SC4007_a_root_outside_of_the_web_root() => Says(Codes.EndpointsNotMerged, project => project
        .Write("static/a.css")
        .Write("bin/Release/net10.0/publish/Shop.staticwebassets.endpoints.json", "{}")
        .Set("EndpointsManifest", "Shop.staticwebassets.endpoints.json")
        .Set("StaticCollectRoot", "deploy"));

    [Test]
    public void SC4010_a_root_of_another_project()
    {
        using var project = new Project();
        project.Write("static/a.css").Set("StaticCollectRoot", "deploy");
        Collector.Collect(project.Settings() with { ProjectName = "Admin", RecordFolder = Path.Combine(project.Folder, "obj/admin") }, project);
        project.Collect();
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.RootOfAnother)));
    }

    [Test]
    public void SC4011_files_that_somebody_changed()
    {
        using var project = new Project();
        project.Write("static/site.css").Write("static/old.css").Write("static/old.js").Write("static/old.png").Set("StaticCollectRoot", "deploy").Collect();
        foreach (var name in new[] { "site.css", "old.css", "old.js", "old.png" })
            project.Write($"deploy/{name}", "by hand");
        foreach (var name in new[] { "old.css", "old.js", "old.png" })
            File.Delete(Path.Combine(project.Folder, "static", name));
        project.Collect();
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(Codes.NotAsLeft)));
        project.Collect();
        Assert.That(project.Told, Has.Count.EqualTo(2));
    }

    [Test]
    public void SC4012_an_app_that_serves_no_files() => Says(Codes.NobodyServes, project => project
        .Write("static/a.css")
        .Write("Program.cs", "WebApplication.Create(args).Run();")
        .Write("bin/Release/net10.0/publish/Shop.staticwebassets.endpoints.json", """{"Version":1,"Endpoints":[]}""")
        .Set("EndpointsManifest", "Shop.staticwebassets.endpoints.json"));

    [TestCase("index.html", 0)]
    [TestCase("css/theme.css", 1)]
    public void SC2010_a_package_at_the_root_of_the_site(string path, int line)
    {
        using var project = new Project();
        project.Write("obj/project.assets.json", $$"""
            {
              "targets": { "net10.0": { "Contoso.Theme/1.0.0": {} } },
              "libraries": { "Contoso.Theme/1.0.0": { "path": "theme", "files": ["static/x"] } },
              "packageFolders": { "packages": {} }
            }
            """);
        project.Write($"packages/theme/static/{path}");
        for (var i = 0; i < 4 * line; i++)
            project.Write($"packages/theme/static/css/z{i}.css");
        project.Set("StaticCollectFinders", "Package").Set("TargetFramework", "net10.0").Set("StaticCollectUrl", "/").Collect();
        Assert.That(project.Told, Is.EqualTo(new[] { DiagnosticExamples.Lines(Codes.PackageAtRoot)[line] }));
    }

    [TestCase("_content/Lib/lib.css", "lib/lib.css", "_content/Lib/lib.css", "_content/Lib/lib.css", 0)]
    [TestCase("css/site.css", "css/Site.css", "", "", 1)]
    public void SC4009_two_routes_with_one_name(string file, string other, string label, string otherLabel, int line)
    {
        using var project = new Project();
        project.Write("static/a.css").Write(
            "bin/Release/net10.0/publish/Shop.staticwebassets.endpoints.json",
            $$"""{"Version":1,"Endpoints":[{{Endpoint(file, label)}},{{Endpoint(other, otherLabel)}}]}""");
        project.Set("EndpointsManifest", "Shop.staticwebassets.endpoints.json").Collect();
        Assert.That(project.Told, Is.EqualTo(new[] { DiagnosticExamples.Lines(Codes.RouteTwice)[line] }));

        static string Endpoint(string file, string label) =>
            $$"""{"Route":"{{file}}","AssetFile":"{{file}}","EndpointProperties":[{"Name":"label","Value":"{{label}}"}]}""";
    }

    private static void Says(string code, Action<Project> mistake)
    {
        using var project = new Project();
        mistake(project);
        project.Collect();
        Assert.That(project.Told, Is.EqualTo(DiagnosticExamples.Lines(code)));
    }

    private static RawItem Item(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>A project folder that is collected in this process, and what was told.</summary>
    private sealed class Project : ICollectLog, IDisposable
    {
        private readonly string _top = Directory.CreateTempSubdirectory("staticcollect-docs-").FullName;

        private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["PublishFolder"] = "bin/Release/net10.0/publish/",
            ["IntermediateFolder"] = "obj/",
            ["OutputFolders"] = "bin;obj",
            ["AssetsFile"] = "obj/project.assets.json",
            ["StaticCollectFinders"] = "Project;App;Own;Directory;File",
        };

        public Project() => Directory.CreateDirectory(Folder);

        public string Folder => Path.Combine(_top, "Shop");

        public List<RawItem> Directories { get; } = [];

        public List<RawItem> Files { get; } = [];

        public List<RawItem> WebAssets { get; } = [];

        public List<RawItem> Views { get; } = [];

        /// <summary>The diagnostics as MSBuild prints them, with the project where the pages let it lie.</summary>
        public List<string> Told { get; } = [];

        public Action<string> OnDetail { get; set; } = static _ => { };

        public bool WantsDetails => true;

        public Project Set(string property, string value)
        {
            _settings[property] = value;
            return this;
        }

        public Project Write(string path, string text = "text")
        {
            var full = Path.Combine(Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
            return this;
        }

        /// <summary>Writes a file of <c>wwwroot</c>, which the SDK publishes.</summary>
        public Project Publish(string path, string text)
        {
            WebAssets.Add(Item(path, ("RelativePath", path["wwwroot/".Length..]), ("SourceId", "Shop")));
            return Write(path, text);
        }

        public Project Link(string path, string target)
        {
            Here.Link(Path.Combine(Folder, path), target);
            return this;
        }

        public CollectSettings Settings()
        {
            var raw = new RawSettings(new RawItem(Path.Combine(Folder, "Shop.csproj"), _settings)) { Directories = Directories, Files = Files, WebAssets = WebAssets, Views = Views };
            var settings = SettingsReader.Read(raw, out var mistakes);
            foreach (var mistake in mistakes)
                Report(mistake);
            return settings;
        }

        public void Collect()
        {
            var told = Told.Count;
            var settings = Settings();
            if (Told.Count == told)
                Collector.Collect(settings, this);
        }

        public void Detail(string text) => OnDetail(text);

        public void Summary(string text)
        {
        }

        public void Report(Diagnostic diagnostic)
        {
            var place = diagnostic.File is null ? "" : $"{diagnostic.File}({diagnostic.Line},{diagnostic.Column}): ";
            var line = $"{place}{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Code}: {diagnostic.Text}";
            Told.Add(ProjectPath().Replace(line, path => DiagnosticExamples.ProjectFolder + path.Groups["rest"].Value.Replace('\\', '/')));
        }

        // The pages show the paths of Linux.
        private Regex ProjectPath() => new(Regex.Escape(Folder) + "(?<rest>[^'(]*)", RegexOptions.None, TimeSpan.FromSeconds(1));

        public void Dispose() => Directory.Delete(_top, recursive: true);
    }
}
