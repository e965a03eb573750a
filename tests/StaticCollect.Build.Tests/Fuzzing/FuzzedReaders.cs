using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using StaticCollect.Build.Answers;
using StaticCollect.Build.Answers.Report;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.References;
using StaticCollect.Build.References.Css;
using StaticCollect.Build.References.JavaScript;
using StaticCollect.Build.References.Json;
using StaticCollect.Build.References.Markup;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.References;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Views;

namespace StaticCollect.Build.Tests.Fuzzing;

/// <summary>Every reader of the product, each with what it promises.</summary>
internal static class FuzzedReaders
{
    private static readonly string[] JsonWords =
        ["{", "}", "[", "]", ":", ",", "\"", "\"\"", "\"a\"", "null", "true", "0", "-1", "1e999", "9223372036854775808", "{}", "[]", "\\", "\\u0000", "\\ud800", "\"a\":", "../", "/", "\0", "//", "\uFEFF"];

    private static readonly string[] RazorWords =
        ["@", "@@", "@(", "@{", "@*", "*@", "@:", "@<", "@if (", "@code {", "@section A {", "@await ", "@Assets[\"", "\"]", "\"\"\"", "$\"{", "@\"", "'", "'\\''", "\n#region '", "else {", "<img src='/static/a.png'>", "<text>", "</text>", "<br>", "?.a", "a@b.c"];

    private static readonly string[] XmlWords = ["<", ">", "/>", "</", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#0;", "&x;", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "Include=''", "Condition=''", "<Choose>", ";", "$(A)", "*", "\0", "xmlns='a'", "a:b"];

    private static readonly Dictionary<string, Func<TempTree, FuzzedReader>> All = new(StringComparer.Ordinal)
    {
        ["style.css"] = _ => Language("a.css", "a{background:url(x.png)}@import \"b.css\" layer(c);\n/*# sourceMappingURL=a.css.map */", "a{b:image-set('x.png' 1x, url(\"y\\2e png\") 2x)}"),
        ["script.js"] = _ => Language(
            "a.js",
            "import a from './b.js';export * from \"./c.js\";const p = import(`./d.js`);new URL('x.png', import.meta.url)\n//# sourceMappingURL=a.js.map",
            "import(`./pages/${a}.js`); if (a) /re[/]x/g.test(b) && c / d / `t${{}}` ; import.meta.resolve('./e.js')",
            "(()=>{})();/* @ sourceMappingURL=x.map */"),
        ["page.html"] = _ => Language(
            "a.html",
            "<!DOCTYPE html><base href='/s/'><link rel=stylesheet href=a.css integrity='sha256-x'><img src=a.png srcset='b.png 1x, c.png 2x'><style>a{b:url(c.png)}</style>",
            "<script type=module>import './a.js'</script><script type=importmap>{\"imports\":{\"./a.js\":\"./b.js\"},\"integrity\":{\"./b.js\":\"sha256-x\"}}</script><!--x--!><a style='b:url(&quot;d.png&quot;)'>",
            "<svg><image href=a.png /></svg><script src=a.js href=b.js xlink:href=c.js integrity=x></script>"),
        ["picture.svg"] = _ => Language(
            "a.svg",
            "<?xml version='1.0'?><?xml-stylesheet href='a.css'?><svg xmlns:xlink='x'><image xlink:href='a.png'/><use href='b.svg#c'/><style><![CDATA[a{b:url(c.png)}]]></style><path fill='url(&#46;/d.svg#e)' style='b:url(f.png)'/></svg>"),
        ["site.webmanifest"] = _ => Language("a.webmanifest", """{"icons":[{"src":"a.png"}],"screenshots":[{"src":"\u0062.png"}],"shortcuts":[{"icons":[{"src":"c.png"}]}]}"""),
        ["manifest.json"] = _ => Language("manifest.json", """{"name":"a","icons":[{"src":"a.png"}],"shortcuts":[{"icons":[{"src":"c.png"}]}]}"""),
        ["import map"] = _ => Language(new ImportMapLanguage(), [.. JsonWords, "\"imports\":", "\"scopes\":", "\"integrity\":"],
            """{"imports":{"./a.js":"./b.js","x":"/c.js"},"scopes":{"./s/":{"y":"./d.js"}},"integrity":{"./b.js":"sha256-x"}}"""),
        ["view"] = _ => Language(new RazorLanguage(isComponent: true), [.. AnyBytesTests.Pieces, .. RazorWords],
            "@page \"/a\"\n@{ var a = 'b'; <img src=\"/static/a.png\" srcset=\"~/static/b.png 2x\"> }\n@if (a < 1) { <p>it's</p> } else { @: <b>\n }",
            "<link rel=stylesheet href=\"@Assets[\"static/a.css\"]\">@code { string A => $\"{b(\"}\")}\" + @\"\"\"\" + '\\''; }",
            "@section S { <script src=\"~/static/@@a/b.js?v=@C.D(\"e\")\"></script> }@await F(@<i>g</i>)@* h *@"),
        ["source map comment"] = _ => new FuzzedReader(Bytes("# sourceMappingURL=a.css.map ", "@\tsourceMappingURL=a%20b.map"), ["#", "@", " ", "\t", "'", "sourceMappingURL=", "*/"], SourceMap),
        ["assets file"] = AssetsOfRestore,
        ["dgspec file"] = ReferencesOfRestore,
        ["project file"] = OfProjectFile,
        ["patterns of a project file"] = Patterns,
        ["bundler manifest"] = Bundler,
        ["run.last"] = tree => Record(tree, path => LastRunFile.Write(path, Run), path =>
        {
            var run = LastRunFile.Read(path);
            LastRunFile.Write(path, run);
            var again = LastRunFile.Read(path);
            ReferenceLaws.Must(again.Entries.Count == run.Entries.Count && again.Release.Files.Count == run.Release.Files.Count, "what was read can be written");
            return $"{run.Release.Files.Count} {run.Diagnostics.Count} {run.Entries.Count} {run.Siblings.Count} {run.Comparisons.Count} {run.Emitted.Count}";
        }),
        ["naming.last"] = tree => Record(tree, path => LastNamingFile.Write(path, Names_), path =>
        {
            var read = LastNamingFile.Read(path);
            LastNamingFile.Write(path, read);
            ReferenceLaws.Must(LastNamingFile.Read(path).Files.Count == read.Files.Count, "what was read can be written");
            return $"{read.Files.Count} {read.Bundlers.Count} {read.Files.Values.Sum(file => file.Analysis.Sites.Count)}";
        }),
        ["encodings.last"] = tree => Record(
            tree,
            path => new LastEncodings(new Dictionary<string, LastEncoding?>(StringComparer.Ordinal) { ["a"] = null, ["b"] = new LastEncoding(Sha256.Of("b"u8), 1, "/b") }).Write(path),
            path =>
            {
                var read = LastEncodings.Read(path);
                read.Write(path);
                ReferenceLaws.Must(LastEncodings.Read(path).Results.Count == read.Results.Count, "what was read can be written");
                return $"{read.Results.Count}";
            }),
        ["views.last"] = tree => Record(
            tree,
            path => LastViewsFile.Write(path, [new View("/a.cshtml", new FileStamp(1, 2, 3), IsTrusted: true, [new ViewReference("~/a", IsAsset: false, 1, 2), new ViewReference("b", IsAsset: true, 3, 4)])]),
            path =>
            {
                var read = LastViewsFile.Read(path);
                LastViewsFile.Write(path, read);
                ReferenceLaws.Must(LastViewsFile.Read(path).Count == read.Count, "what was read can be written");
                return $"{read.Count} {read.Sum(view => view.References.Count)}";
            }),
        ["webroot-lost.last"] = tree => Record(
            tree,
            path => LostReferencesFile.Write(path, [new LostReference("a", "1", "b.js", "./c"), new LostReference("", "", "d", "e")]),
            path => $"{LostReferencesFile.Read(path).Count}"),
        ["baseline"] = _ => new FuzzedReader(
            Bytes("""{"version":1,"missing":[{"references":{"a.css":["b.png","c.png"]}},{"package":"a","version":"1","references":{"b.js":["./c"]}}]}"""),
            [.. JsonWords, "\"version\":1", "\"missing\":", "\"references\":", "\"package\":"],
            input =>
            {
                try
                {
                    var read = BaselineFile.Parse(input);
                    return $"{read.Count} {new Baseline(read).Knows(new LostReference("a", "", "b.js", "./c"))}";
                }
                catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
                {
                    return e.GetType().Name;
                }
            }),
        ["webroot.last"] = tree => Record(
            tree,
            path => AgreementFile.Write(path, new Agreement([new Neighbour("a.css") { FingerprintedPath = "a.1f.css", Fingerprint = "1f", Rewritten = Sha256.Of("a"u8) }, new Neighbour("b")], ["static/a.css", "c"])),
            path =>
            {
                var read = AgreementFile.Read(path);
                AgreementFile.Write(path, read);
                ReferenceLaws.Must(AgreementFile.Read(path).WebRoot.Count == read.WebRoot.Count, "what was read can be written");
                return $"{read.WebRoot.Count} {read.Promised.Count}";
            }),
        ["cache note"] = _ => new FuzzedReader(Bytes(CacheNote.Of("x"u8).ToText("n"), CacheNote.Of("much more"u8).ToText("n")), [" ", "\n", "0", "-", "é"], Note),
        ["release.json"] = ReleaseFileOf,
        ["ledger of uploads"] = LedgerOf,
        ["plan of an upload"] = _ => new FuzzedReader([PlanFile.Format(PlanOf(Ledger.Empty).Plan, default)], [.. JsonWords, "\"version\":1", "\"at\":", "\"steps\":", "\"2026-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\""], Plan),
        ["manifest of the static root"] = ManifestOf,
        ["endpoints"] = Endpoints,
        ["routes of the web root"] = Routes,
        ["metadata of endpoints"] = _ => new FuzzedReader(
            Bytes("""[{"Name":"fingerprint","Value":"1f"},{"Name":"label","Value":"a.css"}]""", """[{"Name":"ETag","Value":"\"x\""}]"""), [.. JsonWords, "\"Name\":", "\"Value\":"], Metadata),
    };

    /// <summary>The names of the readers.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    private static LastRun Run => new()
    {
        Inputs = Sha256.Of("i"u8),
        Release = new Release([File("a.css") with { References = ["x.png"], Fingerprint = "0123456789ab" }, File("x.png")]),
        Diagnostics = [new Diagnostic("SC3001", Severity.Warning, "text", "/a.css", 1, 2) { Lost = new LostReference("a", "1", "b", "c") }],
        Entries = [new RootEntry("a.css", EntryKind.Copy, Sha256.Of("a"u8), new FileStamp(1, 2, 3), "")],
        Siblings = [new CheckedSibling("a.css.gz", new FileStamp(1, 2, 3), Sha256.Of("a"u8))],
        Comparisons = [new Comparison("/a", new FileStamp(1, 2, 3), "/b", new FileStamp(1, 2, 3), true)],
        Emitted = [new EmittedFile("/c", new FileStamp(1, 2, 3))],
    };

    private static LastNaming Names_ => new(
        HasReferences: true,
        new Dictionary<string, NamedEntry>(StringComparer.Ordinal)
        {
            ["a.css"] = new NamedEntry(
                new FileAnalysis("/a.css", new FileStamp(1, 2, 3), true, Sha256.Of("a"u8), [new ReferenceSite(ReferenceKind.CssUrl, "x.png", 5, 1, 6, -1, 0)], null)
                {
                    Base = new PageBase("/s/", 3),
                    Computed = [new ComputedSite("./", ".js", 1, 2, 3)],
                },
                new FinalFile(default, "0123456789ab", Sha256.Of("b"u8), 20, true)),
            ["b.js"] = new NamedEntry(new FileAnalysis("/b.js", new FileStamp(1, 2, 3), true, Sha256.Of("a"u8), [], new ParseProblem("no", 1, 2)), new FinalFile(default, "0123456789ab", default, 1, false)),
        },
        [new BundlerManifest("/m.json", new FileStamp(1, 2, 3), ["a.4a1b2c3d.js"])]);

    /// <summary>A reader, ready to read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tree">A folder of its own.</param>
    public static FuzzedReader Open(string name, TempTree tree) => All[name](tree);

    private static FuzzedReader Language(string name, params string[] seeds)
    {
        var samples = Directory.EnumerateFiles(Path.Combine(Repository, "samples"), "*" + Path.GetExtension(name), SearchOption.AllDirectories)
            .Where(path => path.Contains("/static/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var reader = Language(ReferenceLanguages.Of(name)!, AnyBytesTests.Pieces, seeds);
        return reader with { Seeds = [.. reader.Seeds, .. samples.Select(System.IO.File.ReadAllBytes)] };
    }

    private static FuzzedReader Language(IReferenceLanguage language, string[] words, params string[] seeds) => new(Bytes(seeds), words, file =>
    {
        StepsForward(language, file);
        if (ReferenceLaws.Find(language, file) is not { } found)
            return Shortened(Problem(language, file));
        ReferenceLaws.Hold(file, found);
        if (language is not (ImportMapLanguage or RazorLanguage))
            ReferenceLaws.HoldAfterRewriting(language, file, found);
        return Shortened(string.Join(' ', found.Select(one => $"{one.Kind}{one.Offsets is null}{one.Integrity is null}")) + found.Computed.Count + (found.Base is null));
    });

    private static string Problem(IReferenceLanguage language, byte[] file)
    {
        try
        {
            return $"{language.Find(file).Count}";
        }
        catch (UnparsableException e)
        {
            return new string([.. e.Message.TakeWhile(unit => unit != ':' && !char.IsAsciiDigit(unit))]);
        }
    }

    /// <summary>A tokenizer that stands still would do so for ever: each step takes a byte at least.</summary>
    private static void StepsForward(IReferenceLanguage language, byte[] file)
    {
        if (FileText.IsUtf16(file))
            return;
        var steps = 0;
        if (language is CssLanguage)
        {
            var tokens = new CssTokenizer(file, 0);
            while (tokens.Next() != CssToken.EndOfFile)
                ReferenceLaws.Must(++steps <= file.Length, "each token takes a byte at least");
        }
        else if (language is HtmlLanguage)
        {
            var tags = new HtmlTokenizer(file, 0);
            while (tags.Next() is not null)
                ReferenceLaws.Must(++steps <= file.Length, "each tag takes a byte at least");
        }
        else if (language is JavaScriptLanguage)
        {
            try
            {
                var tokens = new ScriptLexer(file, 0);
                while (tokens.Next() != ScriptToken.EndOfFile)
                    ReferenceLaws.Must(++steps <= file.Length, "each token takes a byte at least");
            }
            catch (UnparsableException)
            {
                // It goes no further.
            }
        }
    }

    private static string SourceMap(byte[] text)
    {
        var isOne = SourceMapComment.TryRead(text, 0, text.Length, out var reference);
        ReferenceLaws.Must(isOne || reference is null, "what is no such comment names nothing");
        if (reference is null)
            return $"{isOne}";
        var found = new FoundReferences { reference };
        ReferenceLaws.Hold(text, found);
        return $"{isOne} {reference.Offsets is null}";
    }

    private static FuzzedReader AssetsOfRestore(TempTree tree)
    {
        tree.Write("packages/a/1/static/a.css").Write("App/App.csproj");
        var path = tree["project.assets.json"];
        var settings = new CollectSettings { ProjectFolder = tree["App"], ProjectName = "App", Root = tree["root"], Url = "/static/", RecordFolder = tree["obj"], PublishFolder = tree["publish"], OutputFolders = [], Finders = [] };
        return new FuzzedReader(
            Bytes("""
                {"version":3,"targets":{"net10.0":{"A/1":{"type":"package","dependencies":{"B":"1","P":"1"}},"B/1":{"type":"package"},"P/1":{"type":"project"}}},
                "libraries":{"A/1":{"type":"package","path":"a/1","files":["static/a.css","lib/a.dll"]},"B/1":{"path":"b/1","files":[]},"P/1":{"type":"project","msbuildProject":"../P/P.csproj"}},
                "packageFolders":{"PACKAGES/":{}},"project":{"frameworks":{"net10.0":{"targetAlias":"net10.0"}}}}
                """),
            [.. JsonWords, "\"A/1\":", "\"targets\":", "\"files\":", "\"path\":", "\"dependencies\":", "\"msbuildProject\":", "\"targetAlias\":", "net10.0"],
            input =>
            {
                System.IO.File.WriteAllBytes(path, Placed(input, ("PACKAGES", tree["packages"])));
                var problems = new List<Diagnostic>();
                var sources = PackageSources.Of(new PackageFinder(path, "net10.0", ""), settings, problems.Add).ToList();
                ReferenceLaws.Must(problems.Count <= 1 && (problems.Count == 0 || sources.Count == 0), "it is read, or it is told once");
                ReferenceLaws.Must(problems.TrueForAll(one => !one.Text.Contains('\n', StringComparison.Ordinal)), "a diagnostic is one line");
                try
                {
                    var projects = AssetsFile.Read(path, "net10.0", "linux-x64", assets => assets.Libraries().Select(library => library.ProjectFile).ToList());
                    return $"{problems.Count} {sources.Count} {projects.Count}";
                }
                catch (InvalidDataException e)
                {
                    return $"{problems.Count} {e.InnerException!.GetType().Name}";
                }
            });
    }

    private static FuzzedReader ReferencesOfRestore(TempTree tree)
    {
        const string Project = "<Project><ItemGroup><ProjectReference Include='../Base/Base.csproj' /></ItemGroup></Project>";
        tree.Write("Top/Top.csproj", Project).Write("Base/Base.csproj", "<Project />");
        return new FuzzedReader(
            Bytes(Restored),
            [.. JsonWords, "\"projects\":", "\"restore\":", "\"frameworks\":", "\"originalTargetFrameworks\":", "\"projectReferences\":", "\"targetAlias\":", "net10.0", "[]", "BASE", "TOP"],
            input =>
            {
                System.IO.File.WriteAllBytes(tree["restore.json"], PlacedProjects(tree, input));
                return Closure(tree);
            });
    }

    private static FuzzedReader OfProjectFile(TempTree tree)
    {
        System.IO.File.WriteAllBytes(tree["restore.json"], PlacedProjects(tree, Bytes(Restored)[0]));
        tree.Write("Base/Base.csproj", "<Project />").Folder("Top");
        return new FuzzedReader(
            Bytes(
                "<Project Sdk='Microsoft.NET.Sdk'><ItemGroup><ProjectReference Include='../Base/Base.csproj' /></ItemGroup></Project>",
                "<?xml version='1.0'?><Project><Choose><When Condition='a'><ItemGroup><ProjectReference Include=' ..\\Base\\Base.csproj ; x'><ReferenceOutputAssembly>false</ReferenceOutputAssembly></ProjectReference></ItemGroup></When></Choose></Project>"),
            [.. XmlWords, "<ProjectReference ", "<Import />", "ReferenceOutputAssembly='false'"],
            input =>
            {
                System.IO.File.WriteAllBytes(tree["Top/Top.csproj"], input);
                return Closure(tree);
            });
    }

    // Inputs are the same wherever they are read; where the projects lie is not.
    private const string Restored = """
        {"projects":{
        "TOP":{"restore":{"originalTargetFrameworks":["net10.0"],"frameworks":{"net10.0":{"targetAlias":"net10.0","projectReferences":{"BASE":{}}}}}},
        "BASE":{"restore":{"originalTargetFrameworks":["net8.0"],"frameworks":{"net8.0":{}}}}}}
        """;

    private static byte[] PlacedProjects(TempTree tree, byte[] input) => Placed(input, ("TOP", tree["Top/Top.csproj"]), ("BASE", tree["Base/Base.csproj"]));

    private static byte[] Placed(byte[] input, params (string Name, string Path)[] places)
    {
        var text = Encoding.Latin1.GetString(input);
        foreach (var (name, path) in places)
            text = text.Replace(name, path, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text);
    }

    private static string Closure(TempTree tree)
    {
        var closure = RestoredReferences.Closure(tree["restore.json"], "net10.0", [tree["Top/Top.csproj"]]);
        ReferenceLaws.Must(closure is null || (closure.Count > 0 && closure[^1] == tree["Top/Top.csproj"] && closure.Distinct(StringComparer.Ordinal).Count() == closure.Count), "each project comes once, behind what it depends on");
        return $"{closure?.Count}";
    }

    private static FuzzedReader Patterns(TempTree tree) => new(
        Bytes(
            "<Project><ItemGroup><StaticCollectIgnore Include='*.map;a?' Source='b' /><StaticCollectKeepName Include='x*' Condition='c' /></ItemGroup></Project>",
            "<Project><ItemGroup><StaticCollectIgnoreReference Include='$(A)*'><Reference>*.png</Reference></StaticCollectIgnoreReference></ItemGroup></Project>"),
        [.. XmlWords, "<StaticCollectIgnore ", "Reference='a'", "Include='*'"],
        input =>
        {
            System.IO.File.WriteAllBytes(tree["App.csproj"], input);
            var warnings = new List<Diagnostic>();
            UnknownNames.Check(ProjectFile.Read([tree["App.csproj"]]), [], [], warnings.Add);
            var items = PatternItems.ReadBack(ProjectFile.Read([tree["App.csproj"]]), warnings.Add).Sum(item => item.Count());
            return $"{items} {warnings.Count}";
        });

    private static FuzzedReader Bundler(TempTree tree)
    {
        var path = tree["dist/manifest.json"];
        tree.Write("dist/assets/a.4a1b2c3d.js").Write("dist/manifest.json");
        var files = new[]
        {
            new StaticFile("assets/a.4a1b2c3d.js", tree["dist/assets/a.4a1b2c3d.js"], new FileStamp(1, 2, 3), "app", FinderKind.Own),
            new StaticFile("manifest.json", path, new FileStamp(1, 2, 3), "app", FinderKind.Own),
        };
        return new FuzzedReader(
            Bytes(
                """{"src/a.js":{"file":"assets/a.4a1b2c3d.js","src":"src/a.js","name":"a","css":["assets/a.5b2c3d4e.css"]},"_b.js":{"file":"assets/b-4A1b2c3D.js"}}""",
                """{"a.js":"/assets/a.4a1b2c3d.js","main":{"js":"main.4a1b2c3d.js"}}""",
                """{"files":{"a.js":"/assets/a.4a1b2c3d.js"},"entrypoints":[]}""",
                """{"inputs":{"src/a.js":{}},"outputs":{"assets/a.4a1b2c3d.js":{"entryPoint":"src/a.js","cssBundle":"dist/a-4A2B3C4D.css","inputs":{"src/a.js":{}}},"dist/a-4A2B3C4D.css":{"inputs":{}}}}"""),
            [.. JsonWords, "\"file\":", "\"css\":", "\"outputs\":", "\"inputs\":", "\"files\":", "\"entryPoint\":", "assets/a.4a1b2c3d.js", ".4a1b2c3d", ".js"],
            input =>
            {
                System.IO.File.WriteAllBytes(path, input);
                var manifests = BundlerManifests.Read(files, [], 0);
                var (found, maps) = BundlerManifests.Fingerprinted(manifests, files);
                ReferenceLaws.Must(found.Keys.Concat(maps).All(key => files.Any(file => file.LogicalPath == key)), "it speaks of files that are there");
                return $"{manifests.Sum(one => one.Outputs.Count)} {found.Count} {maps.Count}";
            });
    }

    /// <summary>A record of ours. Its sum is right: what a damaged one does is looked at where records are.</summary>
    private static FuzzedReader Record(TempTree tree, Action<string> write, Func<string, string> read)
    {
        var path = tree["x.last"];
        write(path);
        var good = System.IO.File.ReadAllBytes(path);
        var version = good[..(1 + good[0])];
        return new FuzzedReader([good[version.Length..^sizeof(ulong)]], ["a.css", "\u0001", "\u0002", "\u0005"], input =>
        {
            byte[] body = [.. version, .. input];
            System.IO.File.WriteAllBytes(path, [.. body, .. BitConverter.GetBytes(RecordStream.Checksum(body))]);
            return read(path);
        });
    }

    private static string Note(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var note = CacheNote.Parse("n", text);
        ReferenceLaws.Must(note is null || note.ToText("n") == text, "a note is exactly what was written");
        return $"{note is null}";
    }

    private static FuzzedReader ReleaseFileOf(TempTree tree)
    {
        var release = new Release([File("a.css") with { References = ["x.png"], RewrittenFrom = Sha256.OfTexts("a") }, File("a.css.br") with { LogicalPath = "a.css", Role = Role.Encoding, Encoding = ContentEncodings.Find("br") }, File("x.png") with { Fingerprint = "0123456789ab" }]);
        return new FuzzedReader(
            [ReleaseJson.Format(release, "/static/", origin => origin.SourcePath)],
            [.. JsonWords, "\"version\":1", "\"files\":", "\"role\":", "Kept", "Encoding", "\"encoding\":\"br\"", "..", ".br", "\"finder\":\"Own\"", "99"],
            input =>
            {
                System.IO.File.WriteAllBytes(tree["release.json"], input);
                if (ReleaseJson.Read(tree["release.json"]) is not { } read)
                    return "none";
                System.IO.File.WriteAllBytes(tree["again.json"], ReleaseJson.Format(read, "/static/", origin => origin.SourcePath));
                ReferenceLaws.Must(ReleaseJson.Read(tree["again.json"]) is { } again && again.Files.Select(file => file.Path).SequenceEqual(read.Files.Select(file => file.Path), StringComparer.Ordinal), "what was read can be written");
                ReferenceLaws.Must(read.Files.All(file => LogicalPath.IsWhole(file.Path) && file.PathOfOriginal.Length > 0), "no file lies outside");
                _ = read.Collected.Sum(file => read.EncodingsOf(file.Published).Count());
                ReferenceLaws.Must(DifferenceText.Lines(ReleaseDifference.Between(release, read), "one", "other").Count > 0, "any two can be compared");
                ReferenceLaws.Must(ReportPage.Format(new ReleaseReport("App", "/static/", new PastRelease(read, ""), new PastRelease(release, ""))).Length > 0, "any can be reported");
                return Shortened(string.Join(' ', read.Files.Select(file => $"{file.Role}{file.Encoding is null}")));
            });
    }

    private static FuzzedReader LedgerOf(TempTree tree)
    {
        var (first, wanted) = PlanOf(Ledger.Empty);
        var stored = wanted.Values.ToDictionary(one => one.Path, one => new StoredObject(one.Path, one.Length, "1"), StringComparer.Ordinal);
        var ledger = Ledger.Empty.Begin(first, wanted, stored, "claim");
        var committed = ledger.Commit(first, wanted, stored);
        var old = new LedgerEntry(Sha256.Of("o"u8), 1, "0123456789abcdef", "1", 0) { Was = Sha256.Of("w"u8), Promise = Sha256.Of("p"u8), Retired = first.At };
        stored["old.css"] = new StoredObject("old.css", 1, "1");
        return new FuzzedReader(
            [LedgerFile.Format(ledger), With(old), With(old with { Retired = DateTimeOffset.MaxValue })],
            [.. JsonWords, "\"version\":1", "\"files\":", "\"kind\":\"Page\"", "Immutable", "\"retired\":", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00Z\"", "\"last\":", "\"from\":", "2147483647", "-2147483648", "\"claim\":\"c\"", "\"etag\":\"1\""],
            input =>
            {
                using var bytes = new MemoryStream(input);
                if (LedgerFile.Read(bytes) is not { } read)
                    return "none";
                using var written = new MemoryStream(LedgerFile.Format(read));
                ReferenceLaws.Must(LedgerFile.Read(written) is { } again && again.Entries.Count == read.Entries.Count && LedgerFile.Format(again).AsSpan().SequenceEqual(LedgerFile.Format(read)), "what was read can be written");
                var view = new StoreView("memory://bucket", read, "1", stored);
                var (plan, problems) = UploadPlanner.Plan("r", wanted, view, new Retention(2, TimeSpan.FromDays(7)), first.At);
                ReferenceLaws.Must(plan.Steps.Where(step => step.Do == Do.Delete).All(step => read.Entries.ContainsKey(step.Path) && !wanted.ContainsKey(step.Path)), "nothing is deleted but what the ledger has and the release has not");
                _ = PlanFile.Format(plan, default);
                _ = read.Begin(plan, wanted, stored, "c").Commit(plan, wanted, stored);
                return $"{read.Entries.Count} {read.Claim is null} {problems.Count} {string.Concat(plan.Steps.Select(step => (int)step.Do))}";
            });

        byte[] With(LedgerEntry entry) => LedgerFile.Format(committed with { Number = 9, Entries = committed.Entries.Append(new("old.css", entry)).ToDictionary(StringComparer.Ordinal) });
    }

    private static string Plan(byte[] input)
    {
        if (PlanFile.Read(input) is not { } read)
            return "none";
        ReferenceLaws.Must(read.Difference(read) is null, "a plan is as it is");
        return $"{read.Steps.Count} {read.Difference(PlanFile.Read(PlanFile.Format(PlanOf(Ledger.Empty).Plan, default))!)}";
    }

    /// <summary>What an upload of two files would do, into a store that has none of them.</summary>
    private static (UploadPlan Plan, IReadOnlyDictionary<string, WantedObject> Wanted) PlanOf(Ledger ledger)
    {
        var wanted = WantedObjects.Of(new Release([File("a.css"), File("a.css.br") with { LogicalPath = "a.css", Role = Role.Encoding, Encoding = ContentEncodings.Find("br") }]), null, []).ToDictionary(one => one.Path, StringComparer.Ordinal);
        var view = new StoreView("memory://bucket", ledger, "1", new Dictionary<string, StoredObject>(StringComparer.Ordinal));
        return (UploadPlanner.Plan("r", wanted, view, new Retention(2, TimeSpan.FromDays(7)), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Plan, wanted);
    }

    private static FuzzedReader ManifestOf(TempTree tree)
    {
        tree.Write("static/a.css").Write("static/a.css.br").Write("static/x.0123456789ab.png");
        var release = new Release([File("a.css") with { References = ["x.png"] }, File("x.0123456789ab.png") with { LogicalPath = "x.png", Role = Role.Fingerprinted, Fingerprint = "0123456789ab" }]);
        var settings = new CollectSettings
        {
            ProjectFolder = tree["App"],
            ProjectName = "App",
            Root = tree["static"],
            Url = "/static/",
            RecordFolder = tree["obj"],
            PublishFolder = tree["App"],
            OutputFolders = [],
            Finders = [],
            Fingerprint = new FingerprintSettings { ManifestPath = tree["static/staticfiles.json"] },
        };
        return new FuzzedReader(
            [ManifestFile.Format(release, Release.Empty)],
            [.. JsonWords, "\"paths\":", "\"files\":", "\"integrity\":\"sha256-", "sha384-", "\"length\":-1", "\"immutable\":1", "..", "/"],
            input =>
            {
                System.IO.File.WriteAllBytes(tree["static/staticfiles.json"], input);
                if (ManifestReader.Read(settings, RootView.Read(settings.Root)) is not { } read)
                    return "none";
                ReferenceLaws.Must(read.Files.All(file => LogicalPath.IsWhole(file.Path)), "no file lies outside");
                ReferenceLaws.Must(LastRun.Of(read, RootView.Read(settings.Root)).Entries.All(entry => System.IO.File.Exists(tree["static/" + entry.Path])), "what is known is there");
                return Shortened(string.Join(' ', read.Files.Select(file => file.Role)));
            });
    }

    private static FuzzedReader Endpoints(TempTree tree)
    {
        tree.Write("wwwroot/static/a.css").Write("wwwroot/b.css");
        var path = tree["App.staticwebassets.endpoints.json"];
        var file = new EndpointsFile(new EndpointsSettings(path, tree["wwwroot"], EndpointRoutes.All), "static", allowsOtherHosts: false);
        var release = new Release([File("a.css")]);
        return new FuzzedReader(RoutesOfSdk, RouteWords, input =>
        {
            System.IO.File.WriteAllBytes(path, input);
            var problems = file.Merge(release, _ => TempTree.Old);
            if (problems.Any(one => one.Code == Codes.RoutesUnreadable))
            {
                ReferenceLaws.Must(System.IO.File.ReadAllBytes(path).AsSpan().SequenceEqual(input), "what cannot be read is left as it is");
                return "unreadable";
            }

            var once = System.IO.File.ReadAllBytes(path);
            using var json = JsonDocument.Parse(once);
            file.Merge(release, _ => TempTree.Old);

            // What is no Unicode is no JSON either; it comes out as what stands for it, in steps.
            ReferenceLaws.Must(!Utf8.IsValid(input) || System.IO.File.ReadAllBytes(path).AsSpan().SequenceEqual(once), "to merge twice is to merge once");
            return $"{json.RootElement.GetProperty("Endpoints").GetArrayLength()} {problems.Count}";
        });
    }

    private static FuzzedReader Routes(TempTree tree)
    {
        tree.Write("wwwroot/static/a.css").Write("wwwroot/b.css");
        var path = tree["App.staticwebassets.endpoints.json"];
        return new FuzzedReader(RoutesOfSdk, RouteWords, input =>
        {
            System.IO.File.WriteAllBytes(path, input);
            var problems = new List<Diagnostic>();
            var files = WebRootRoutes.Read(path, tree["wwwroot"], _ => false, problems.Add);
            ReferenceLaws.Must(files.All(file => LogicalPath.IsWhole(file.Path)), "no file lies outside");
            ReferenceLaws.Must(problems.Count <= 1 && (problems.Count == 0 || files.Count == 0), "it is read, or it is told once");
            return $"{files.Count} {problems.Count}";
        });
    }

    private static IReadOnlyList<byte[]> RoutesOfSdk => Bytes(
        """
        {"Version":1,"ManifestType":"Publish","Endpoints":[
        {"Route":"b.css","AssetFile":"b.css","Selectors":[],"ResponseHeaders":[{"Name":"Content-Length","Value":"14"}],"EndpointProperties":[{"Name":"label","Value":"b.css"}]},
        {"Route":"b.1f.css","AssetFile":"b.css","Selectors":[],"ResponseHeaders":[],"EndpointProperties":[{"Name":"fingerprint","Value":"1f"},{"Name":"integrity","Value":"sha256-x"},{"Name":"label","Value":"c.css"}]},
        {"Route":"static/a.css","AssetFile":"static/a.css","Selectors":[{"Name":"Content-Encoding","Value":"gzip","Quality":"0.1"}],"ResponseHeaders":[{"Name":"Content-Encoding","Value":"gzip"}],"EndpointProperties":[]}]}
        """);

    private static string[] RouteWords => [.. JsonWords, "\"Endpoints\":", "\"Route\":", "\"AssetFile\":", "\"Selectors\":", "\"Name\":", "\"Value\":", "static/", "../", "label", "integrity", "fingerprint", ".gz"];

    private static string Metadata(byte[] input)
    {
        var list = Encoding.UTF8.GetString(input);
        var asset = new RewrittenAsset(null!, "/a.css", "0123456789ab", Sha256.Of("a"u8), 1, TempTree.Old);
        var endpoint = new WebEndpoint("a.1f.css", "/a.css", list, list);
        var metadata = asset.EndpointMetadata(endpoint).Concat(RewrittenAsset.NamedEndpointMetadata(endpoint, "0123456789ab")).Select(one => one.Value);
        return $"{asset.Route(endpoint) == endpoint.Route} {metadata.Count(value => value == list)}";
    }

    private static ReleaseFile File(string path) => new(
        path, path, Role.Plain, new FileContent(Sha256.Of(Encoding.UTF8.GetBytes(path)), path.Length, ByteSource.Stored.Instance), CachePolicy.Revalidate, new Origin(FinderKind.Own, "app", "static/" + path));

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Shortened(string text) => text.Length <= 300 ? text : text[..300];

    private static string FindRepository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the root of the repository");
        return folder;
    }
}
