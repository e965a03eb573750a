using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>Where readers begin, everything can be reached.</summary>
public sealed partial class IndexTests
{
    [Test]
    public void The_index_leads_to_every_page_but_those_of_single_codes() => Assert.That(
        Pages.All.Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md" && !Code().IsMatch(page))
            .Where(page => !Pages.Read("docs/README.md").Contains($"]({page["docs/".Length..]})", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void The_readme_leads_to_the_index_and_to_each_way_to_begin() => Assert.That(
        Pages.All.Where(page => page == "docs/README.md" || page.StartsWith("docs/ways/", StringComparison.Ordinal))
            .Where(page => !FirstScreen().Contains($"]({page})", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void The_first_screen_of_the_readme_has_the_one_command_a_picture_and_what_is_printed() => Assert.That(
        FirstScreen(),
        Does.Contain("dotnet add package StaticCollect.Build\n").And.Contain("](docs/images/").And.Contain("static files copied to"));

    [Test]
    public void The_commands_at_the_top_of_the_readme_are_those_of_the_build_server()
    {
        var commands = Command().Matches(FirstScreen()).Select(match => match.Groups["text"].Value).ToList();
        Assert.That(commands, Has.Count.EqualTo(2));
        Assert.That(commands.Where(command => !Regex.IsMatch(Pages.Read(".ci/run"), $"^  {Regex.Escape(command)}( |$)", RegexOptions.Multiline, TimeSpan.FromSeconds(1))), Is.Empty);
    }

    [Test]
    public void What_the_readmes_of_the_packages_name_lies_in_the_docs(
        [Values("nuget/readme.md", "src/StaticCollect.Build.S3/readme.md", "src/StaticCollect.Build.AzureStorage/readme.md")] string page)
    {
        var named = Named().Matches(Pages.Read(page)).Select(match => match.Groups["path"].Value).ToList();
        Assert.That(named, Is.Not.Empty);
        Assert.That(named.Where(path => !Path.Exists(Path.Combine(Pages.Repository, path))), Is.Empty);
    }

    private static string FirstScreen() => string.Join('\n', Pages.Read("README.md").Split('\n').Take(50));

    [GeneratedRegex(@"/SC\d+\.md$")]
    private static partial Regex Code();

    [GeneratedRegex("^    (?<text>dotnet .*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("`(?<path>docs/[^`]*)`")]
    private static partial Regex Named();
}
