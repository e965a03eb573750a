using System.Reflection;
using System.Security.Cryptography;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Settings;

/// <summary>A setting that the key forgot would leave the release of the last run in place of the one that is asked for.</summary>
public class SettingsKeyTests
{
    private static readonly string[] DecideNothing =
    [
        nameof(CollectSettings.DryRun),
        nameof(CollectSettings.Clear),
        nameof(CollectSettings.Verbosity),
        nameof(CollectSettings.Items),
        nameof(CollectSettings.PathToFind),
        nameof(CollectSettings.Views),
        nameof(CollectSettings.BaselinePath),
        nameof(CollectSettings.ReleaseBefore),
        nameof(CollectSettings.ReleaseAfter),
        nameof(CollectSettings.DiffPath),
        nameof(CollectSettings.WritesReport),
        nameof(CollectSettings.NamedReportPath),
    ];

    private static IEnumerable<TestCaseData> Properties() => new[] { typeof(CollectSettings), typeof(FingerprintSettings), typeof(CompressionSettings), typeof(EndpointsSettings) }
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(property => property.SetMethod is not null)
        .Select(property => new TestCaseData(property).SetArgDisplayNames($"{property.DeclaringType!.Name}.{property.Name}"));

    [TestCaseSource(nameof(Properties))]
    public void Another_value_is_another_key_unless_it_decides_nothing(PropertyInfo property)
    {
        var settings = Settings();
        var before = KeyOf(settings);
        var owner = property.DeclaringType == typeof(CollectSettings) ? settings
            : property.DeclaringType == typeof(FingerprintSettings) ? settings.Fingerprint
            : property.DeclaringType == typeof(CompressionSettings) ? settings.Compression
            : (object?)settings.Endpoints;
        property.SetValue(owner, Other(property.GetValue(owner), property.PropertyType));
        Assert.That(KeyOf(settings) == before, Is.EqualTo(DecideNothing.Contains(property.Name)));
    }

    [Test]
    public void Equal_settings_have_equal_keys()
    {
        var (one, other) = (Settings(), Settings());
        Assert.That(KeyOf(one), Is.EqualTo(KeyOf(other)));
        other = other with { Compression = other.Compression! with { SkipExtensions = new HashSet<string>([".b", ".a"], StringComparer.OrdinalIgnoreCase) } };
        Assert.That(KeyOf(one), Is.EqualTo(KeyOf(other)), "a set has no order");
    }

    [Test]
    public void What_is_read_twice_of_one_project_has_one_key_and_a_run_changes_nothing()
    {
        using var work = new Workspace();
        work.Write("static/a.css", "a{b:url(b.png)}").Write("static/b.png");
        var (one, other) = (Read(), Read());
        Assert.That(one.Finders, Has.Count.EqualTo(Enum.GetValues<FinderKind>().Length));
        Assert.That(KeyOf(one), Is.EqualTo(KeyOf(other)));
        Finding.Run(one);
        Assert.That(KeyOf(one), Is.EqualTo(KeyOf(other)));

        CollectSettings Read()
        {
            var project = work.RawProject(
                ("StaticCollectFinders", string.Join(';', Enum.GetNames<FinderKind>().Except([nameof(FinderKind.WebRoot)], StringComparer.Ordinal))),
                ("StaticCollectFingerprint", "true"),
                ("StaticCollectCompress", "gzip;br"),
                ("StaticCollectServerConfig", "nginx;caddy;apache"));
            var settings = SettingsReader.Read(new RawSettings(project) { WebAssets = [Workspace.Item("wwwroot/static/a.css", ("RelativePath", "static/a.css"))] }, out var mistakes);
            Assert.That(mistakes, Is.Empty);
            return settings;
        }
    }

    [Test]
    public void What_belongs_together_is_told_from_what_does_not()
    {
        var settings = Settings();
        Assert.That(
            KeyOf(settings with { ProjectName = "ab", FolderName = "c" }),
            Is.Not.EqualTo(KeyOf(settings with { ProjectName = "a", FolderName = "bc" })));
        Assert.That(
            KeyOf(settings with { Finders = [Named("ab", "c")] }),
            Is.Not.EqualTo(KeyOf(settings with { Finders = [Named("a", "bc")] })));

        static FileFinder Named(string path, string logicalPath) => new([new NamedFile(path, logicalPath, null)]);
    }

    private static object? Other(object? value, Type type) => value switch
    {
        string text => text + "x",
        bool yes => !yes,
        int number => number + 1,
        long number => number + 1,
        Enum one => Enum.GetValues(type).Cast<object>().First(other => !other.Equals(one)),
        IReadOnlyList<string> texts => texts.Append("x").ToList(),
        IReadOnlySet<string> texts => texts.Append("x").ToHashSet(StringComparer.OrdinalIgnoreCase),
        IReadOnlyList<Glob> globs => globs.Append(new Glob("x")).ToList(),
        IReadOnlyList<IgnoredReference> ignored => ignored.Append(new IgnoredReference(new Glob("x"), Reference: null)).ToList(),
        IReadOnlyList<IContentEncoding> encodings => encodings.Take(1).ToList(),
        IReadOnlyList<WebServer> servers => servers.Skip(1).ToList(),
        IReadOnlyList<Finder> => new Finder[] { new OwnFinder() },
        IgnoreRules => new IgnoreRules(useDefaults: false, [], []),
        FingerprintSettings or CompressionSettings or EndpointsSettings => null,
        null when type == typeof(ViewSettings) => new ViewSettings(MissingReferencePolicy.Error, ["x"], []),
        null when type == typeof(Baseline) => new Baseline([new LostReference("", "", "x", "y")]),
        null when type == typeof(WebRootSettings) => new WebRootSettings(WebRootMode.InPlace, "x", new FingerprintSettings { ManifestPath = "x" }),
        _ => throw new AssertionException($"Say here what another value of a {type.Name} is."),
    };

    private static Sha256 KeyOf(CollectSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SettingsKey.Append(hash, settings);
        return Sha256.Of(hash);
    }

    private static CollectSettings Settings() => new()
    {
        ProjectFolder = "/project",
        ProjectName = "App",
        Root = "/publish/static",
        Url = "/static/",
        RecordFolder = "/obj",
        PublishFolder = "/publish",
        OutputFolders = ["/bin"],
        Finders = [new AppFinder([]), new OwnFinder(), new FileFinder([new NamedFile("/a.css", "a.css", null)])],
        Fingerprint = new FingerprintSettings { ManifestPath = "/publish/static/staticfiles.json", KeepName = [new Glob("a")] },
        Compression = new CompressionSettings
        {
            CacheDirectory = "/cache",
            Encodings = ContentEncodings.All,
            Degree = 2,
            SkipExtensions = new HashSet<string>([".a", ".b"], StringComparer.OrdinalIgnoreCase),
        },
        Endpoints = new EndpointsSettings("/publish/App.json", "/publish", EndpointRoutes.All),
        ServerConfigs = [WebServer.Caddy, WebServer.Nginx],
        ServerRoot = "/srv/static",
    };
}
