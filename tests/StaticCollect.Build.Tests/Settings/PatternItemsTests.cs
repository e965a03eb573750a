using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Settings;

public class PatternItemsTests
{
    private readonly List<Diagnostic> _problems = [];

    [TestCase("<ItemGroup><StaticCollectIgnore Include='*.map' /></ItemGroup>", "*.map|")]
    [TestCase("<ItemGroup><StaticCollectIgnore Include=' *.map ; a?.js;plain.js;' /></ItemGroup>", "*.map|,a?.js|")]
    [TestCase("<ItemGroup><StaticCollectIgnore Include='*.map' Source='app1' /></ItemGroup>", "*.map|app1")]
    [TestCase("<ItemGroup><StaticCollectIgnore Include='*.map'><Source>app1</Source></StaticCollectIgnore></ItemGroup>", "*.map|app1")]
    [TestCase("<ItemGroup><staticcollectignore include='*.map' source='a' /></ItemGroup>", "*.map|a")]
    [TestCase("<ItemGroup><Other Include='*.map' /><StaticCollectIgnore Remove='*.map' /></ItemGroup>", "")]
    [TestCase("<!-- <StaticCollectIgnore Include='*.map' /> -->", "")]
    public void Patterns_are_read_back_as_they_stand_in_the_file(string content, string expected)
    {
        Assert.That(Read($"<Project>{content}</Project>"), Is.EqualTo(expected));
        Assert.That(_problems, Is.Empty);
    }

    [Test]
    public void A_file_with_the_old_namespace_is_read_too() =>
        Assert.That(Read("<Project xmlns='http://schemas.microsoft.com/developer/msbuild/2003'><ItemGroup><StaticCollectIgnore Include='*.map' /></ItemGroup></Project>"), Is.EqualTo("*.map|"));

    [TestCase("<ItemGroup Condition=\"'$(X)'==''\">\n  <StaticCollectIgnore Include='*.map' />\n</ItemGroup>", 3)]
    [TestCase("<ItemGroup>\n\n  <StaticCollectIgnore Include='*.map' Condition='true' />\n</ItemGroup>", 4)]
    [TestCase("<Target Name='T'><ItemGroup>\n  <StaticCollectIgnore Include='*.map' />\n</ItemGroup></Target>", 3)]
    [TestCase("<Choose><Otherwise><ItemGroup>\n  <StaticCollectIgnore Include='*.map' />\n</ItemGroup></Otherwise></Choose>", 3)]
    [TestCase("<ItemGroup>\n  <StaticCollectIgnore Include='$(Dir)/*.map' />\n</ItemGroup>", 3)]
    [TestCase("<ItemGroup>\n  <StaticCollectIgnore Include='@(Other)*' />\n</ItemGroup>", 3)]
    [TestCase("<ItemGroup>\n  <StaticCollectIgnore Include='*.map' Source='$(App)' />\n</ItemGroup>", 3)]
    public void A_pattern_that_needs_evaluation_is_a_warning_at_its_place(string content, int line)
    {
        Assert.That(Read($"<Project>\n{content}\n</Project>"), Is.Empty);
        var problem = _problems.Single();
        Assert.That((problem.Code, problem.Severity, problem.Line, problem.Column), Is.EqualTo((Codes.WildcardExpanded, Severity.Warning, line, 4)));
        Assert.That(problem.File, Does.EndWith("a.props"));
        Assert.That(problem.Text, Does.Contain("%2A"));
    }

    [Test]
    public void All_item_types_that_hold_patterns_come_from_one_reading()
    {
        using var tree = new TempTree();
        tree.Write("a.props", "<Project><ItemGroup><StaticCollectKeepName Include='*.txt' /><StaticCollectIgnoreReference Include='*.css' Reference='/x' /></ItemGroup></Project>")
            .Write("b.csproj", "<Project><ItemGroup><StaticCollectAlreadyFingerprinted Include='dist/*' /><StaticCollectKeepName Include='*.xml' /><StaticCollectFile Include='*.js' /></ItemGroup></Project>");
        var patterns = PatternItems.ReadBack(ProjectFile.Read([tree["a.props"], tree["b.csproj"]]), _problems.Add);
        Assert.That(
            patterns.SelectMany(list => list.Select(item => $"{list.Key} {item.Include} {item["Reference"]}".Trim())),
            Is.EqualTo(new[]
            {
                "StaticCollectKeepName *.txt", "StaticCollectKeepName *.xml", "StaticCollectIgnoreReference *.css /x", "StaticCollectAlreadyFingerprinted dist/*",
            }));
    }

    [TestCase("not xml: StaticCollectIgnore *")]
    [TestCase("")]
    public void What_is_no_project_is_left_out(string text)
    {
        Assert.That(Read(text), Is.Empty);
        Assert.That(_problems, Is.Empty);
    }

    [Test]
    public void A_file_that_is_not_there_is_left_out() =>
        Assert.That(PatternItems.ReadBack(ProjectFile.Read(["/nowhere/a.props"]), _problems.Add), Is.Empty);

    private string Read(string text)
    {
        using var tree = new TempTree();
        tree.Write("a.props", text);
        return string.Join(',', PatternItems.ReadBack(ProjectFile.Read([tree["a.props"]]), _problems.Add)["StaticCollectIgnore"]
            .Select(item => $"{item.Include}|{item["Source"]}"));
    }
}
