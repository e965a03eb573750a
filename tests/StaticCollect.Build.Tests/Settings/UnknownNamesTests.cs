using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Settings;

public class UnknownNamesTests
{
    [TestCase("<PropertyGroup><StaticCollectFingerprints>true</StaticCollectFingerprints></PropertyGroup>", "StaticCollectFingerprint")]
    [TestCase("<PropertyGroup><StaticCollectUlr Condition=\"'$(X)' == ''\">/s/</StaticCollectUlr></PropertyGroup>", "StaticCollectUrl")]
    [TestCase("<Target Name='T'><PropertyGroup><staticcollectcompresslevl>Fastest</staticcollectcompresslevl></PropertyGroup></Target>", "StaticCollectCompressLevel")]
    [TestCase("<ItemGroup><StaticCollectKeepNames Include='a' /></ItemGroup>", "StaticCollectKeepName")]
    [TestCase("<ItemGroup><StaticCollectFile Include='a' LogicalPth='b' /></ItemGroup>", "LogicalPath")]
    [TestCase("<ItemGroup><StaticCollectFile Include='a'><logicalpaths>b</logicalpaths></StaticCollectFile></ItemGroup>", "LogicalPath")]
    [TestCase("<ItemDefinitionGroup><StaticCollectDirectory><Prefx>b</Prefx></StaticCollectDirectory></ItemDefinitionGroup>", "Prefix")]
    public void A_slip_is_told_at_its_place_with_the_nearest_name(string content, string nearest)
    {
        var problem = Check($"<Project>\n{content}</Project>").Single();
        Assert.That((problem.Code, problem.Severity, problem.Line), Is.EqualTo((Codes.UnknownName, Severity.Warning, 2)));
        Assert.That(problem.Text, Does.EndWith($" Did you mean '{nearest}'?"));
    }

    [TestCase("<PropertyGroup><StaticCollectIgnore>*.map</StaticCollectIgnore></PropertyGroup>", "'StaticCollectIgnore' is an item and no property")]
    [TestCase("<ItemGroup><StaticCollectCompress Include='gzip' /></ItemGroup>", "'StaticCollectCompress' is a property and no item")]
    [TestCase("<ItemGroup><StaticCollectApp Include='a' Prefix='b' /></ItemGroup>", "StaticCollectApp has no metadata 'Prefix', so it does nothing here.")]
    [TestCase("<PropertyGroup><StaticCollectMinify>true</StaticCollectMinify></PropertyGroup>", "'StaticCollectMinify' is no property of StaticCollect.Build, and no project file reads it.")]
    [TestCase("<PropertyGroup><StaticCollectFoo>$(StaticCollectFooBar)</StaticCollectFoo></PropertyGroup>", "'StaticCollectFoo' is no property")]
    public void What_does_nothing_is_told(string content, string text) =>
        Assert.That(Check($"<Project>{content}</Project>").Single().Text, Does.StartWith(text));

    [TestCase("<PropertyGroup><StaticCollectUrl>/s/</StaticCollectUrl><staticcollectroot Condition=\"'$(A)' == '>'\" Label='x'>r</staticcollectroot></PropertyGroup>")]
    [TestCase("<ItemGroup><StaticCollectFile Include='a' LogicalPath='b' App=\"c\" Order='Own' Condition='true' /><staticcollectignore include='*.map' source='a' /></ItemGroup>")]
    [TestCase("<ItemGroup><StaticCollectFile Include='a'><LogicalPath>b</LogicalPath></StaticCollectFile><StaticCollectFile Remove='x' /></ItemGroup>")]
    [TestCase("<PropertyGroup><StaticCollectTeam>web</StaticCollectTeam><Other>$( StaticCollectTeam )</Other></PropertyGroup>")]
    [TestCase("<ItemGroup><StaticCollectPart Include='a' /></ItemGroup><Target Name='T'><Message Text='@(StaticCollectPart)' /></Target>")]
    [TestCase("<ItemGroup><StaticCollectPart Include='a' /></ItemGroup><Target Name='T'><Message Text='%(StaticCollectPart.Identity)' /></Target>")]
    [TestCase("<ItemGroup><StaticCollectFile Include='a' Apps='b' /></ItemGroup><Target Name='T'><Message Text='%(StaticCollectFile.Apps)' /></Target>")]
    [TestCase("<ItemGroup><StaticCollectFile Include='a' Owner='b' /></ItemGroup>")]
    [TestCase("<ItemGroup><ProjectReference Include='a' StaticCollect='false'><StaticCollect>true</StaticCollect></ProjectReference></ItemGroup>")]
    [TestCase("<!-- <StaticCollectFingerprints>true</StaticCollectFingerprints> -->")]
    [TestCase("<Target Name='T'><StaticCollectMyTask Files='a' /></Target>")]
    [TestCase("<PropertyGroup><_StaticCollectUrl>x</_StaticCollectUrl><MyStaticCollectUrl>x</MyStaticCollectUrl></PropertyGroup>")]
    [TestCase("<PropertyGroup><StaticCollectUploadTo>s3://a</StaticCollectUploadTo></PropertyGroup>")]
    [TestCase("<PropertyGroup><PackageId>StaticCollect.Build</PackageId><StaticCollect>x</StaticCollect></PropertyGroup>")]
    [TestCase("not xml: <StaticCollectFingerprints")]
    [TestCase("<StaticCollectFile a=")]
    public void What_is_known_or_the_authors_own_is_not_told(string content) =>
        Assert.That(Check(content[0] == '<' ? $"<Project>{content}</Project>" : content), Is.Empty);

    [Test]
    public void What_one_file_sets_another_may_read()
    {
        using var tree = new TempTree();
        tree.Write("a.props", "<Project><PropertyGroup><StaticCollectTeam>web</StaticCollectTeam></PropertyGroup></Project>").Write("b.csproj", "<Project><Target Name='$(StaticCollectTeam)' /></Project>");
        var told = new List<Diagnostic>();
        UnknownNames.Check(ProjectFile.Read([tree["a.props"], tree["b.csproj"], tree["gone.props"]]), ["StaticCollectTeam"], [], told.Add);
        Assert.That(told, Is.Empty);
    }

    [Test]
    public void The_command_line_is_looked_at_too()
    {
        var told = new List<Diagnostic>();
        UnknownNames.Check([], ["Configuration", "StaticCollectUrl", "StaticCollect", "StaticCollectDryRn"], [], told.Add);
        Assert.That(told.Select(one => one.Text), Is.EqualTo(new[] { "'StaticCollectDryRn' is no property of StaticCollect.Build, and no project file reads it. Did you mean 'StaticCollectDryRun'?" }));
        Assert.That(told[0].File, Is.Null);
    }

    private static List<Diagnostic> Check(string content)
    {
        using var tree = new TempTree();
        var told = new List<Diagnostic>();
        tree.Write("App.csproj", content);
        UnknownNames.Check(ProjectFile.Read([tree["App.csproj"]]), [], ["StaticCollectUploadTo"], told.Add);
        return told;
    }
}
