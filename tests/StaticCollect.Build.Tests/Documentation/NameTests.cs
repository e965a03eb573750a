using System.Text.RegularExpressions;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>Names of properties, items, metadata and targets are the public interface: docs and build files agree on them.</summary>
public sealed partial class NameTests
{
    /// <summary>All pages but the one for those who work on the project, which names types too, the one about the past, and the one about wrong names.</summary>
    private static readonly string[] ForUsers = [.. Pages.All.Except(["docs/architecture.md", "CHANGELOG.md", "docs/diagnostics/SC1010.md"], StringComparer.Ordinal)];

    private static readonly string[] Targets =
        [.. TargetName().Matches(Pages.BuildFiles).Select(match => match.Groups["text"].Value).Where(name => name[0] != '_').Distinct(StringComparer.Ordinal)];

    private static readonly string[] PropertiesAndItems =
        [.. Name().Matches(Pages.BuildFiles).Select(match => match.Value).Distinct(StringComparer.Ordinal)];

    // What the packages of stores add, and say so.
    private static readonly string[] MoreNames = Regex.Match(Pages.BuildFiles, @"<_StaticCollectMoreNames>\$\(_StaticCollectMoreNames\);(?<names>[^<]*)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Groups["names"].Value.Split(';');

    private static readonly string[] Metadata =
    [
        .. ResultMetadata().Matches(Pages.Read("src/StaticCollect.Build/Tasks/CollectStaticFiles.cs")).Select(match => match.Groups["text"].Value),
        .. ItemMetadata().Matches(Pages.Read("src/StaticCollect.Build/Settings/SettingsReader.cs")).Select(match => match.Groups["text"].Value),
    ];

    // For work on the package: told to those who do it, and to nobody else.
    private static readonly string[] Internals = [.. PropertiesAndItems.Where(name => name.EndsWith("TasksAssembly", StringComparison.Ordinal))];

    private static readonly string[] Public = [.. PropertiesAndItems.Concat(Targets).Except(Internals, StringComparer.Ordinal)];

    [Test]
    public void Every_property_item_and_target_has_its_section_in_the_options() =>
        Assert.That(Public.Except(Sections("docs/options.md"), StringComparer.Ordinal), Is.Empty);

    [Test]
    public void Every_property_for_work_on_the_package_has_its_section_in_the_architecture() => Assert.Multiple(() =>
    {
        Assert.That(Internals, Does.Contain("StaticCollectTasksAssembly"));
        Assert.That(Internals.Except(Sections("docs/architecture.md"), StringComparer.Ordinal), Is.Empty);
    });

    [Test]
    public void Every_property_item_and_target_has_one_row_in_the_tables_of_the_options() =>
        Assert.That(TableRow().Matches(Pages.Read("docs/options.md")).Select(match => match.Groups["text"].Value), Is.EquivalentTo(Public.Append("ProjectReference")));

    [Test]
    public void Every_row_leads_to_the_section_of_its_name()
    {
        var rows = TableRow().Matches(Pages.Read("docs/options.md"));
        Assert.That(rows.Select(row => row.Groups["anchor"].Value), Is.EqualTo(rows.Select(row => row.Groups["text"].Value.ToLowerInvariant())));
    }

    [Test]
    public void What_is_known_in_project_files_is_what_the_build_files_have() => Assert.That(
        KnownNames.Properties.Concat(KnownNames.Items.Keys).Concat(MoreNames).Append("UsingStaticCollectBuild").Append("CollectedStaticFile"),
        Is.EquivalentTo(PropertiesAndItems.Except(Targets, StringComparer.Ordinal)));

    [Test]
    public void The_items_and_their_metadata_are_those_of_the_table_in_the_options()
    {
        var listed = Regex.Matches(Pages.Read("docs/options.md"), @"^\| \[`(?<item>StaticCollect\w+)`\]\(#\w+\) \| (?<metadata>(`\w+`(, )?)*) ?\| ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Where(match => KnownNames.Items.ContainsKey(match.Groups["item"].Value))
            .Select(match => $"{match.Groups["item"].Value}: {match.Groups["metadata"].Value.Replace("`", "", StringComparison.Ordinal)}");
        Assert.That(KnownNames.Items.Select(item => $"{item.Key}: {string.Join(", ", item.Value)}"), Is.EquivalentTo(listed));
    }

    [Test]
    public void Every_metadata_is_in_the_options()
    {
        var options = Pages.Read("docs/options.md");
        Assert.That(Metadata.Where(name => !options.Contains($"| `{name}` |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_name_in_the_docs_is_in_the_build_files([ValueSource(nameof(ForUsers))] string page)
    {
        var named = Name().Matches(Pages.Read(page)).Select(match => match.Value)
            .Concat(NamedTarget().Matches(Pages.Read(page)).Select(match => match.Groups["text"].Value))
            .Distinct(StringComparer.Ordinal);
        Assert.That(named.Except(Public, StringComparer.Ordinal), Is.Empty);
    }

    [Test]
    public void The_build_files_have_names_at_all() => Assert.Multiple(() =>
    {
        Assert.That(PropertiesAndItems, Does.Contain("StaticCollectUrl").And.Contain("StaticCollectFile").And.Contain("CollectedStaticFile"));
        Assert.That(Targets, Does.Contain("CollectStatic").And.Contain("CleanStatic"));
        Assert.That(Metadata, Does.Contain("SourcePath").And.Contain("Prefix"));
    });

    // StaticCollect.Build is the product, _StaticCollect... is private, and StaticCollect alone a metadata.
    [GeneratedRegex(@"(?<![\w.])(?:Using)?StaticCollect[A-Z]\w*|\bCollectedStaticFile\b")]
    private static partial Regex Name();

    [GeneratedRegex("<Target\\s+Name=\"(?<text>\\w+)\"")]
    private static partial Regex TargetName();

    [GeneratedRegex(@"-t:(?<text>\w+)")]
    private static partial Regex NamedTarget();

    [GeneratedRegex("^### (?<text>\\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    private static IEnumerable<string> Sections(string page) => Heading().Matches(Pages.Read(page)).Select(match => match.Groups["text"].Value);

    [GeneratedRegex(@"^\| \[`(?<text>\w+)`\]\(#(?<anchor>\w+)\) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^\s*\(""(?<text>\w+)"", file\.", RegexOptions.Multiline)]
    private static partial Regex ResultMetadata();

    [Test]
    public void A_publish_is_told_of_the_same_properties_before_and_after_it()
    {
        string[] Told(string item) =>
            [.. Regex.Matches(Regex.Match(Pages.BuildFiles, $"<{item} Include=.*?</{item}>", RegexOptions.Singleline).Value, @"<(StaticCollect\w+)>").Select(match => match.Groups[1].Value)];
        Assert.That(Told("_StaticCollectEarlySettings"), Is.EqualTo(Told("_StaticCollectSettings")).And.Not.Empty);
    }

    [GeneratedRegex(@"item\[""(?<text>Prefix|App|LogicalPath|Source|Reference)""\]")]
    private static partial Regex ItemMetadata();
}
