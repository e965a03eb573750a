using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>Slips in names, which MSBuild takes in silence.</summary>
public sealed class UnknownNameTests
{
    [Test]
    public void A_slip_is_a_warning_at_its_place_and_the_collection_goes_on()
    {
        using var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectFingerprints>true</StaticCollectFingerprints>
              <StaticCollectTeam>web</StaticCollectTeam>
            </PropertyGroup>
            <ItemGroup>
              <StaticCollectDirectory Include="assets" Prefx="lib" />
            </ItemGroup>
            <Target Name="Tell" AfterTargets="CollectStatic"><Message Text="$(StaticCollectTeam)" /></Target>
            """)
            .Write("Directory.Build.props", "<Project><ItemGroup><StaticCollectKeepNames Include='a' /></ItemGroup></Project>")
            .Write("assets/a.css", "a");

        var told = project.CollectNow("-p:StaticCollectDryRn=true");
        var strict = project.FailNow("-warnaserror");
        var silent = project.CollectNow("-p:NoWarn=SC1010");

        Assert.Multiple(() =>
        {
            Assert.That(told.Diagnostics().Select(one => $"{Path.GetFileName(one.Place.Split('(')[0])} {one.Kind}: {one.Text}"), Is.EqualTo(new[]
            {
                "Directory.Build.props warning SC1010: 'StaticCollectKeepNames' is no item of StaticCollect.Build, and no project file reads it. Did you mean 'StaticCollectKeepName'?",
                "App.csproj warning SC1010: 'StaticCollectFingerprints' is no property of StaticCollect.Build, and no project file reads it. Did you mean 'StaticCollectFingerprint'?",
                "App.csproj warning SC1010: StaticCollectDirectory has no metadata 'Prefx', so it does nothing here. Did you mean 'Prefix'?",
                "StaticCollect.Build.targets warning SC1010: 'StaticCollectDryRn' is no property of StaticCollect.Build, and no project file reads it. Did you mean 'StaticCollectDryRun'?",
            }), told.Output);
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css" }));
            Assert.That(strict.Output, Does.Contain("error SC1010"));
            Assert.That(silent.Diagnostics(), Is.Empty, silent.Output);
        });
    }

    [Test]
    public void A_url_for_pages_and_a_file_in_place_of_a_folder_are_errors_that_say_what_to_do()
    {
        using var project = Restored.Console("""<ItemGroup><StaticCollectDirectory Include="assets/*" /></ItemGroup>""").Write("assets/a.css", "a");

        Assert.Multiple(() =>
        {
            Assert.That(project.FailNow("-p:StaticCollectUrl=~/static").Only("error SC1001").Text, Does.StartWith("StaticCollectUrl is '~/static', which is not allowed."));
            Assert.That(project.FailNow().Only("error SC1002").Text, Does.EndWith("assets/a.css' is a file. Name the folder that holds it, without a wildcard ('static', not 'static/*'), or make it a StaticCollectFile."));
        });
    }

    [Test]
    public void A_folder_in_another_case_and_a_web_app_that_serves_no_files_are_told_what_to_do()
    {
        using var project = Restored.Web().Write("Catalog/Static/a.css", "a").Write("static/b.css", "b").Write("Program.cs", "WebApplication.Create(args).Run();");

        var told = project.Publish("--no-restore", "-v:n").Diagnostics().Select(one => $"{one.Kind}: {one.Text}").ToList();
        var serving = project.Write("Program.cs", "var app = WebApplication.Create(args); app.MapStaticAssets(); app.Run();").Publish("--no-restore", "-v:n");

        Assert.Multiple(() =>
        {
            Assert.That(told, Has.One.StartsWith("warning SC2015: 'Catalog/Static' is not collected: case counts on this system"));
            Assert.That(told, Has.One.StartsWith("message SC4012: No code file of 'App' calls MapStaticAssets() or UseStaticFiles()"));
            Assert.That(serving.Output, Does.Not.Contain("SC4012"));
        });
    }
}
