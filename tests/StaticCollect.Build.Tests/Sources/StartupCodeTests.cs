using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

public class StartupCodeTests
{
    [TestCase("Program.cs", "WebApplication.Create().MapStaticAssets();", false)]
    [TestCase("Hosting/Deep/Setup.cs", "app.UseStaticFiles();", false)]
    [TestCase("Startup.vb", "app.UseFileServer()", false)]
    [TestCase("Other.cs", "app.Run();", true)]
    [TestCase("notes.txt", "app.MapStaticAssets();", true)]
    [TestCase("obj/Generated.cs", "app.MapStaticAssets();", true)]
    [TestCase("node_modules/a/b.cs", "app.MapStaticAssets();", true)]
    public void Code_of_the_project_is_looked_into(string path, string code, bool servesNothing)
    {
        using var work = new Workspace();
        work.Write("App.cs", "void Configure(IApplicationBuilder app) { }").Write(path, code);
        Assert.That(StartupCode.ServesNothing(work.Project), Is.EqualTo(servesNothing));
    }

    [TestCase("WebAssemblyHostBuilder.CreateDefault(args).Build().RunAsync();")]
    [TestCase("")]
    public void What_makes_no_web_app_need_not_serve(string code)
    {
        using var work = new Workspace();
        work.Write("Program.cs", code);
        Assert.That(StartupCode.ServesNothing(work.Project), Is.False);
    }
}
