using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>The targets by hand, and what other targets see of the collection.</summary>
public sealed class TargetTests
{
    [Test]
    public void FindStatic_tells_every_source_the_winner_first_and_why()
    {
        using var project = WithOverride();

        var found = project.RunNow("FindStatic", "-p:StaticCollectPath=/static/css/site.css", "-p:StaticCollectVerbosity=Quiet");
        var single = project.RunNow("FindStatic", "-p:StaticCollectPath=logo.png");
        var missing = project.RunNow("FindStatic", "-p:StaticCollectPath=css/none.css");
        var unnamed = project.Fail(Restored.Build("FindStatic"));

        Assert.Multiple(() =>
        {
            Assert.That(Plain(found), Is.EqualTo(new[]
            {
                "App -> Found 'css/site.css' here:",
                "* 'static/css/site.css' (Own 'App'): collected, the last one scanned wins (StaticCollectConflict=LastWins).",
                "'app/static/css/site.css' (App 'app')",
            }));
            Assert.That(Plain(single), Is.EqualTo(new[]
            {
                "App -> Found 'logo.png' here:", "* 'app/static/logo.png' (App 'app'): collected, it is the only source.",
            }));
            Assert.That(Plain(missing), Is.EqualTo(new[] { "App -> No source offers 'css/none.css'." }));
            Assert.That(unnamed.Only("error SC1007").Text, Does.Contain("dotnet build -t:FindStatic -p:StaticCollectPath=css/site.css"));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [Test]
    public void ListStatic_tells_all_files_and_CleanStatic_takes_the_collection_back()
    {
        using var project = WithOverride();

        var listed = project.RunNow("ListStatic");
        var before = project.Tree("bin");
        project.CollectNow();
        project.Write("bin/Release/net10.0/publish/wwwroot/static/css/foreign.txt", "");
        var cleaned = project.RunNow("CleanStatic");

        Assert.Multiple(() =>
        {
            Assert.That(Plain(listed), Is.EqualTo(new[]
            {
                "App -> 2 static files would be collected to 'bin/Release/net10.0/publish/wwwroot/static/'.",
                "css/site.css <- 'static/css/site.css' (Own 'App')",
                "logo.png <- 'app/static/logo.png' (App 'app')",
            }));
            Assert.That(before, Is.Empty);
            Assert.That(Plain(cleaned), Is.EqualTo(new[] { "2 static files removed from 'bin/Release/net10.0/publish/wwwroot/static/'." }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "css/foreign.txt" }));
            Assert.That(project.Tree("obj/staticcollect"), Is.Empty);
        });
    }

    [Test]
    public void Targets_of_the_user_take_no_place_of_ours_and_what_they_set_and_add_holds()
    {
        using var project = WithOverride("""
            <PropertyGroup><StaticCollectDependsOn>SetUrl</StaticCollectDependsOn></PropertyGroup>
            <Target Name="SetUrl">
              <PropertyGroup><StaticCollectUrl>/assets/</StaticCollectUrl></PropertyGroup>
              <ItemGroup>
                <StaticCollectDirectory Include="art;more" />
                <StaticCollectIgnore Include="more" />
              </ItemGroup>
            </Target>
            <Target Name="AddLast" BeforeTargets="CollectStatic">
              <ItemGroup><StaticCollectFile Include="art/last.txt" LogicalPath="art/last.txt" /></ItemGroup>
            </Target>
            """)
            .Write("art/last.txt", "last")
            .Write("art/more/a.css", "not wanted")
            .Write("more/b.css", "wanted");

        var listed = project.RunNow("ListStatic");
        project.Publish("-c", "Release", "--no-restore");

        Assert.Multiple(() =>
        {
            Assert.That(Plain(listed), Does.Contain("last.txt <- 'art/last.txt' (Directory 'App')").And.Contain("b.css <- 'more/b.css' (Directory 'App')"));
            Assert.That(Plain(listed).First(), Is.EqualTo("App -> 4 static files would be collected to 'bin/Release/net10.0/publish/wwwroot/assets/'."));
            Assert.That(
                project.Tree("bin/Release/net10.0/publish/wwwroot"),
                Is.EqualTo(new[] { "assets/art/last.txt", "assets/b.css", "assets/css/site.css", "assets/last.txt", "assets/logo.png" }));
        });
    }

    [Test]
    public void A_target_after_the_collection_sees_its_items_unless_they_are_switched_off()
    {
        using var project = WithOverride("""
            <Target Name="After" AfterTargets="CollectStatic">
              <Message Importance="high" Text="item %(CollectedStaticFile.LogicalPath) of %(CollectedStaticFile.App) %(CollectedStaticFile.Status)" Condition="'@(CollectedStaticFile)' != ''" />
            </Target>
            """);

        var with = project.CollectNow();
        var without = project.CollectNow("-p:StaticCollectItems=false");

        Assert.Multiple(() =>
        {
            Assert.That(with.Lines("item "), Is.EqualTo(new[] { "item css/site.css of App Copied", "item logo.png of app Copied" }));
            Assert.That(without.Lines("item "), Is.Empty);
            Assert.That(without.Lines("2 unchanged"), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Items_keep_characters_that_mean_something_to_MSBuild()
    {
        using var project = Restored.Console();
        string[] names = ["100%.css", "a;b.css", "at@(x).css", "dollar$(y).css", "it's.css", "per%3bcent.css", "ünï.css"];
        foreach (var name in names)
            project.Write($"static/{name}", "");

        var items = project.Items(Restored.Build("CollectStatic"));

        Assert.Multiple(() =>
        {
            Assert.That(items.Keys, Is.EqualTo(names));
            Assert.That(items.Values.Select(item => item.GetProperty("SourcePath").GetString()),
                Is.EqualTo(names.Select(name => Path.Combine(project.Folder, "static", name))));
            Assert.That(project.Tree(), Is.EqualTo(names));
        });
    }

    private static TestProject WithOverride(string content = "") => Restored.Console(content)
        .Write("app/static/css/site.css", "of the app")
        .Write("app/static/logo.png", "logo")
        .Write("static/css/site.css", "of the project");

    /// <summary>What the target printed, up to the summary of the build.</summary>
    private static IEnumerable<string> Plain(CommandResult result) => result.Output.Split('\n')
        .Select(line => line.Trim())
        .TakeWhile(line => line != "Build succeeded.")
        .Where(line => line.Length > 0);
}
