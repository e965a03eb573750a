using System.Text;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>Beside a published file lies no encoding of other bytes, whoever wrote it and whenever.</summary>
public sealed class StaleEncodingTests
{
    private const string Gzip = "<PropertyGroup><StaticCollectCompress>gzip</StaticCollectCompress></PropertyGroup>";

    [Test]
    public void A_file_that_became_too_small_to_encode_loses_its_encoding_even_when_nothing_is_remembered()
    {
        using var project = Restored.Console(Gzip).Write("static/app.js", Long("const x = 1;"));
        project.CollectNow();
        var before = project.Tree();
        project.ForgetConsole();
        project.Write("static/app.js", "const x = 2;");

        project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new[] { "app.js", "app.js.gz" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "app.js" }));
            Assert.That(project.Read("app.js"), Is.EqualTo("const x = 2;"));
        });
    }

    [Test]
    public void A_file_in_place_of_one_that_the_SDK_published_is_not_served_as_the_SDK_encoded_that_one()
    {
        using var project = Restored.Web()
            .Write("wwwroot/static/site.css", Long(".from-the-web-root { }"))
            .Write("static/site.css", Long(".collected { }"));
        var ours = Encoding.UTF8.GetBytes(Long(".collected { }"));
        var sibling = Path.Combine(project.Root, "site.css.gz");

        project.Publish("--no-restore");
        Assert.Multiple(() => Check("beside each other"));
        File.Delete(Path.Combine(project.Folder, "wwwroot/static/site.css"));
        project.Publish("--no-restore");
        Assert.Multiple(() => Check("one after the other"));

        void Check(string when)
        {
            Assert.That(File.ReadAllBytes(Path.Combine(project.Root, "site.css")), Is.EqualTo(ours), when);
            if (File.Exists(sibling))
                Assert.That(Encodings.Decode(File.ReadAllBytes(sibling), "gzip"), Is.EqualTo(ours), when);
            PublishedRoute.CheckServed(project, "site.css", ours);
        }
    }

    [Test]
    public void An_encoding_that_left_the_sources_leaves_the_routes_when_the_publish_folder_is_gone()
    {
        var css = Encoding.UTF8.GetBytes(Long(".a { }"));
        using var project = Restored.Web(Gzip).Write("static/a.css", Long(".a { }"));
        var twin = Path.Combine(project.Folder, "static/a.css.gz");
        File.WriteAllBytes(twin, Encodings.Gzip(css));
        project.Publish("--no-restore");
        File.Delete(twin);
        Directory.Delete(Path.Combine(project.Folder, "bin/Release/net10.0/publish"), recursive: true);

        project.Publish("--no-restore");

        Assert.Multiple(() => PublishedRoute.CheckServed(project, "a.css", css));
    }

    // Long enough for encodings to pay.
    private static string Long(string text) => text + "\n" + string.Concat(Enumerable.Repeat("/* so that it is worth compressing */\n", 20));
}
