namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>An app that is published again and again into one folder, as it changes.</summary>
public sealed class InPlaceHistoryTests
{
    [Test]
    public void Each_publish_tells_of_what_it_publishes()
    {
        using var app = new WebRootApp();
        app.Project.Publish();
        var everything = app.Everything();

        app.Project.Publish("--no-build");

        Assert.That(app.Everything(), Is.EqualTo(everything), "Without a build the same comes out.");

        // A changed image renames what reaches it, and nothing else.
        var before = app.Routes();
        app.Project.Write("wwwroot/img/bg.png", "another picture");

        app.Project.Publish();

        var after = app.Routes();
        Assert.Multiple(() =>
        {
            Assert.That(Changed("img/bg.png") && Changed("css/base.css") && Changed("css/site.css") && Changed("App.styles.css"), Is.True);
            Assert.That(Changed("_content/Widgets/widget.css") || Changed("js/site.js") || Changed("css/plain.css"), Is.False);
            app.CheckRoutes();
        });

        // What is rewritten no more is published as it is, although what lies there is newer.
        File.Delete(Path.Combine(app.Project.Folder, "wwwroot/fonts/own.woff2"));
        app.Project.Publish();
        var kept = app.Read("css/fonts.css");
        app.CheckRoutes();

        app.Project.Publish("-p:StaticCollectWebRoot=None");

        Assert.Multiple(() =>
        {
            Assert.That(kept, Is.EqualTo("@font-face { font-family: Own; src: url(../fonts/own.woff2) }"));
            Assert.That(app.Read("css/site.css"), Does.StartWith("@import \"base.css\";"));
            app.CheckRoutes();
        });

        bool Changed(string label) => WebRootApp.Fingerprinted(before, label) != WebRootApp.Fingerprinted(after, label);
    }
}
