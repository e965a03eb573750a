using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>The version stands in Directory.Build.props alone: a release needs no edit of what tells how to get the package.</summary>
public sealed partial class VersionTests
{
    [Test]
    public void No_page_asks_for_a_version_of_the_package([ValueSource(typeof(Pages), nameof(Pages.All))] string page) =>
        Assert.That(Asked().Matches(Pages.Read(page)).Select(match => match.Value), Is.Empty);

    [TestCase("""<PackageReference Include="StaticCollect.Build" Version="1.2.3" />""", true)]
    [TestCase("""<PackageVersion Include="StaticCollect.Build" PrivateAssets="all" Version="1.2.3" />""", true)]
    [TestCase("dotnet add package StaticCollect.Build --version 1.2.3", true)]
    [TestCase("StaticCollect.Build.1.2.3.nupkg", true)]
    [TestCase("dotnet add package StaticCollect.Build", false)]
    [TestCase("""<PackageReference Include="StaticCollect.Build" PrivateAssets="all" /> Version="1.2.3" """, false)]
    public void What_asks_for_one_is_seen(string text, bool asks) => Assert.That(Asked().IsMatch(text), Is.EqualTo(asks));

    [GeneratedRegex(@"StaticCollect\.Build(""[^>\n]*\sVersion=| +(--version|-v) |\.\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();
}
