using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>A value that is not allowed is one error that says what is; nothing is collected.</summary>
public sealed class WrongValueTests
{
    // Property, value, and what the message must offer in its place.
    private static readonly (string Property, string Value, string Allowed)[] Wrong =
    [
        ("StaticCollectUrl", "/static/?v=1", "a path such as /static/, or an absolute URL such as https://cdn.example.com/s/, without query and fragment"),
        ("StaticCollectFolderName", "a/b", "the name of a folder, without separators"),
        ("StaticCollectFinders", "Own;Pakage", "Package, Project, App, Own, Directory, File, StaticWebAsset"),
        ("StaticCollectConflict", "Newest", "LastWins, FirstWins, Error"),
        ("StaticCollectClear", "yes", "true, false"),
        ("StaticCollectDryRun", "1", "true, false"),
        ("StaticCollectLink", "Soft", "None, Symbolic, Hard"),
        ("StaticCollectDefaultIgnore", "off", "true, false"),
        ("StaticCollectFollowLinks", "never", "true, false"),
        ("StaticCollectItems", "none", "true, false"),
        ("StaticCollectVerbosity", "Loud", "Quiet, Normal, Detailed"),
        ("StaticCollectFingerprint", "on", "true, false"),
        ("StaticCollectKeepOriginals", "no", "true, false"),
        ("StaticCollectKeepReleases", "-1", "a whole number from 0 to 1000"),
        ("StaticCollectMissingReference", "Fail", "Warn, Error, Ignore"),
        ("StaticCollectCompress", "zip", "gzip, br"),
        ("StaticCollectCompressLevel", "Max", "Smallest, Balanced, Fastest"),
        ("StaticCollectCompressMinimumSaving", "101", "a whole number from 0 to 100"),
        ("StaticCollectCacheDays", "1.5", "a whole number from 0 to 36500"),
        ("StaticCollectEndpoints", "Some", "All, Fingerprinted, None"),
    ];

    [Test]
    public void Each_wrong_value_is_one_error_naming_property_value_and_allowed_ones()
    {
        using var project = Restored.Console($"""
            <PropertyGroup>
              {string.Concat(Wrong.Select(wrong => $"<{wrong.Property}>{wrong.Value}</{wrong.Property}>"))}
            </PropertyGroup>
            """)
            .Write("static/a.css", "");

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(Enumerable.Repeat("error SC1001", Wrong.Length)));
            Assert.That(shown.Select(one => one.Text), Is.EquivalentTo(Wrong.Select(wrong =>
                $"{wrong.Property} is '{(wrong.Property == "StaticCollectFinders" ? "Pakage" : wrong.Value)}', which is not allowed. Allowed: {wrong.Allowed}.")));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [TestCase("StaticCollectEnabled=maybe", "StaticCollectEnabled is 'maybe', which is not allowed. Allowed: true, false.")]
    [TestCase("StaticCollectFinders=Own%3BApp%3Bown", "StaticCollectFinders is 'Own;App;own', which is not allowed. Allowed: each finder once; Own is named twice.")]
    [TestCase("StaticCollectUrl=https://", "StaticCollectUrl is 'https://', which is not allowed. Allowed: a path such as /static/, or an absolute URL such as https://cdn.example.com/s/, without query and fragment.")]
    [TestCase("StaticCollectUrl=/a/../../b/", "StaticCollectUrl is '/a/../../b/', which is not allowed. Allowed: a path such as /static/, or an absolute URL such as https://cdn.example.com/s/, without query and fragment.")]
    public void One_wrong_value_is_one_error(string setting, string text)
    {
        using var project = Restored.Console().Write("static/a.css", "");

        var shown = project.FailNow($"-p:{setting}").Only("error SC1001");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Text, Is.EqualTo(text));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }
}
