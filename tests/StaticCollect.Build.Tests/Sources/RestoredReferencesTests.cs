using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

/// <summary>When the restore is believed about the projects behind a project, and when MSBuild must be asked.</summary>
public sealed class RestoredReferencesTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Test]
    public void Dependencies_come_first_and_then_the_order_of_the_files_counts()
    {
        Project("Top", "<ProjectReference Include='../Z/Z.csproj' /><ProjectReference Include='..\\A\\A.csproj; ../Base/Base.csproj' />");
        Project("Z", "<ProjectReference Include='../Base/Base.csproj'><PrivateAssets>all</PrivateAssets></ProjectReference>");
        Project("A");
        Project("Base");
        Restore(("Top", ["A", "Base", "Z"]), ("A", []), ("Base", []), ("Z", ["Base"]));

        Assert.That(Closure("Top"), Is.EqualTo(new[] { "Base", "Z", "A", "Top" }));
    }

    [TestCase("<ProjectReference Include='../New/New.csproj' />", Description = "Added since the restore.")]
    [TestCase("", Description = "Removed since the restore.")]
    [TestCase("<ProjectReference Include='$(Base)' />")]
    [TestCase("<ProjectReference Include='../*/*.csproj' />")]
    [TestCase("<ProjectReference Include='../Base/Base.csproj' StaticCollect='false' />")]
    [TestCase("<ProjectReference Include='../Base/Base.csproj'><StaticCollect>false</StaticCollect></ProjectReference>")]
    [TestCase("<ProjectReference Include='../Base/Base.csproj' ReferenceOutputAssembly='$(Wanted)' />")]
    [TestCase("<ProjectReference Update='../Base/Base.csproj' />")]
    public void A_file_that_says_something_else_is_not_settled_by_the_restore(string references)
    {
        Project("Top", references);
        Project("Base");
        Restore(("Top", ["Base"]), ("Base", []));

        Assert.That(Closure("Top"), Is.Null);
    }

    [TestCase("Top/Top.csproj", "<Project><PropertyGroup><StaticCollectFolderName>assets</StaticCollectFolderName></PropertyGroup></Project>")]
    [TestCase("Top/Top.csproj", "<Project><Import Project='../common.props' /></Project>")]
    [TestCase("Top/Top.csproj", "<Project><PropertyGroup><CustomAfterMicrosoftCommonTargets>x</CustomAfterMicrosoftCommonTargets></PropertyGroup></Project>")]
    [TestCase("Top/Top.csproj", "<Project")]
    [TestCase("Directory.Build.props", "<Project><PropertyGroup><StaticCollectFolderName>assets</StaticCollectFolderName></PropertyGroup></Project>")]
    [TestCase("Directory.Build.targets", "<Project><ItemGroup><ProjectReference Include='../Base/Base.csproj' /></ItemGroup></Project>")]
    [TestCase("Directory.Build.props", "<Project><Import Project='common.props' /></Project>")]
    [TestCase("Top/Directory.Build.props", "<Project")]
    [TestCase("restore.json", "{")]
    [TestCase("restore.json", "[]")]
    [TestCase("restore.json", "null")]
    [TestCase("restore.json", "{\"projects\":[]}")]
    [TestCase("restore.json", "{\"projects\":{}}")]
    public void What_only_MSBuild_understands_is_left_to_it(string file, string text)
    {
        Project("Top");
        Restore(("Top", []));
        _tree.Write(file, text);

        Assert.That(Closure("Top"), Is.Null);
    }

    [Test]
    public void Ordinary_settings_above_the_projects_do_not_disturb()
    {
        Project("Top");
        Restore(("Top", []));
        _tree.Write("Directory.Build.props", "<Project><PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint></PropertyGroup></Project>");
        _tree.Write("Top/Directory.Build.props", "<Project><Import Project=\"$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))\" /></Project>");

        Assert.That(Closure("Top"), Is.EqualTo(new[] { "Top" }));
    }

    [Test]
    public void A_reference_under_a_condition_counts_where_the_restore_has_it()
    {
        Project("Top", "<ProjectReference Include='../No/No.csproj' Condition=\"'$(A)' == ''\" /><ProjectReference Include='../Base/Base.csproj' Condition=\"'$(A)' != ''\" />");
        Project("Base");
        Restore(("Top", ["Base"]), ("Base", []));

        Assert.That(Closure("Top"), Is.EqualTo(new[] { "Base", "Top" }));
    }

    [TestCase("net9.0", "Nine", Description = "The one that is published.")]
    [TestCase("net10.0", "Eight", Description = "Else the first.")]
    public void A_project_with_several_frameworks_answers_for_one(string targetFramework, string expected)
    {
        Project("Top", "<ProjectReference Include='../Eight/Eight.csproj' Condition='8' /><ProjectReference Include='../Nine/Nine.csproj' Condition='9' />");
        Project("Eight");
        Project("Nine");
        _tree.Write("restore.json", $$$"""
            {"projects":{
              "{{{Full("Top")}}}": { "restore": { "originalTargetFrameworks": ["net8.0", "net9.0"], "frameworks": {
                "net9.0": { "targetAlias": "net9.0", "projectReferences": { "{{{Full("Nine")}}}": {} } },
                "net8.0": { "targetAlias": "net8.0", "projectReferences": { "{{{Full("Eight")}}}": {} } } } } },
              "{{{Full("Eight")}}}": { "restore": { "originalTargetFrameworks": ["net8.0"], "frameworks": { "net8.0": {} } } },
              "{{{Full("Nine")}}}": { "restore": { "originalTargetFrameworks": ["net8.0"], "frameworks": { "net8.0": {} } } } } }
            """.Replace("\\", "\\\\", StringComparison.Ordinal));

        Assert.That(Closure("Top", targetFramework), Is.EqualTo(new[] { expected, "Top" }));
    }

    [Test]
    public void In_a_build_what_is_known_must_do()
    {
        Project("Top", "<ProjectReference Include='../Z/Z.csproj' /><ProjectReference Include='$(Base)' /><ProjectReference Include='../New/New.csproj' />");
        Project("Z");
        Project("Base");
        Restore(("Top", ["Base", "Z"]), ("Base", []), ("Z", []));

        Assert.That(
            RestoredReferences.Closure(_tree["restore.json"], "net10.0", [Full("Top"), Full("Unknown")], isSure: false)!.Select(Path.GetFileNameWithoutExtension),
            Is.EqualTo(new[] { "Base", "Z", "Top", "Unknown" }));
    }

    [Test]
    public void A_reference_without_a_name_is_none_that_a_restore_wrote([Values] bool isSure)
    {
        Project("Top");
        _tree.Write("restore.json", $$$"""
            {"projects":{ "{{{Full("Top").Replace("\\", "\\\\", StringComparison.Ordinal)}}}": { "restore": { "originalTargetFrameworks": ["net10.0"], "frameworks": {
                "net10.0": { "projectReferences": { "": {} } } } } } } }
            """);

        Assert.That(RestoredReferences.Closure(_tree["restore.json"], "net10.0", [Full("Top")], isSure), Is.Null);
    }

    [Test]
    public void What_was_never_restored_is_asked() => Assert.That(Closure("Top"), Is.Null);

    private void Project(string name, string references = "") =>
        _tree.Write($"{name}/{name}.csproj", $"<Project Sdk='Microsoft.NET.Sdk'><ItemGroup>{references}</ItemGroup></Project>");

    private void Restore(params (string Name, string[] References)[] projects) => _tree.Write("restore.json", System.Text.Json.JsonSerializer.Serialize(new
    {
        projects = projects.Select(project => KeyValuePair.Create(Full(project.Name), new
        {
            restore = new
            {
                originalTargetFrameworks = new[] { "net10.0" },
                frameworks = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["net10.0"] = new { targetAlias = "net10.0", projectReferences = project.References.ToDictionary(Full, path => new { projectPath = path }, StringComparer.Ordinal) },
                },
            },
        })).ToDictionary(StringComparer.Ordinal),
    }));

    private string Full(string name) => _tree[$"{name}/{name}.csproj"];

    private IEnumerable<string>? Closure(string name, string targetFramework = "net10.0") => RestoredReferences.Closure(_tree["restore.json"], targetFramework, [Full(name)])?.Select(path => Path.GetFileNameWithoutExtension(path)!);
}
