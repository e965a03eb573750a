using CsCheck;
using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Tests.Laws;
using StaticCollect.Build.Tests.Naming;

namespace StaticCollect.Build.Tests.Answers;

/// <summary>What holds of two releases for any files, any references between them and any edits.</summary>
internal sealed class DifferenceLaws
{
    private static readonly Gen<(int Path, RandomTree.Node? Node)> Edit = Gen.Select(Gen.Int[0, RandomTree.Paths.Length - 1], RandomTree.Nodes);

    [Test]
    public void After_one_edit_every_other_file_that_changed_has_a_chain_of_references_down_to_it() =>
        Gen.Select(RandomTree.Trees, Edit).Sample(
            (tree, edit) => Compare(tree, [edit], (before, after, sources, difference) =>
            {
                var edited = RandomTree.Paths[edit.Path];
                foreach (var change in difference.Changes)
                {
                    Assert.That(change.Chain[^1], Is.EqualTo(edited));
                    Assert.That(change.Kind, Is.EqualTo(change.LogicalPath != edited ? ChangeKind.Follows : !sources.Before.ContainsKey(edited) ? ChangeKind.Added : !sources.After.ContainsKey(edited) ? ChangeKind.Removed : ChangeKind.Edited));
                }
            }),
            iter: CollectionLaws.Times(300));

    [Test]
    public void After_any_edits_exactly_the_renamed_files_without_one_of_their_own_follow_others() =>
        Gen.Select(RandomTree.Trees, Edit.Array[1, 4]).Sample(
            (tree, edits) => Compare(tree, edits, (before, after, sources, difference) =>
            {
                foreach (var path in sources.Before.Keys.Union(sources.After.Keys, StringComparer.Ordinal))
                {
                    var (was, becomes) = (Published(before, path), Published(after, path));
                    var isEdited = sources.Before.GetValueOrDefault(path) != sources.After.GetValueOrDefault(path);
                    var isChanged = was?.Path != becomes?.Path || was?.Content.Hash != becomes?.Content.Hash;
                    Assert.That(difference.Of(path)?.Kind == ChangeKind.Follows, Is.EqualTo(isChanged && !isEdited), path);
                    Assert.That(difference.Of(path) is not null, Is.EqualTo(isChanged || isEdited), path);
                }

                foreach (var change in difference.Changes)
                {
                    Assert.That(change.Chain[0], Is.EqualTo(change.LogicalPath));
                    Assert.That(sources.Before.GetValueOrDefault(change.Chain[^1]), Is.Not.EqualTo(sources.After.GetValueOrDefault(change.Chain[^1])), "the last one is at fault");
                    foreach (var (from, to) in change.Chain.Zip(change.Chain.Skip(1)))
                    {
                        var referred = References(before, from).Concat(References(after, from)).ToList();
                        Assert.That(referred, Does.Contain(to), "each refers to the next");
                        Assert.That(IsRenamed(to) || !referred.Exists(IsRenamed), "a name weighs more than an integrity");
                    }
                }

                bool IsRenamed(string path) => (Published(before, path)?.Path ?? path) != (Published(after, path)?.Path ?? path);

                Assert.That(difference.Costs.Sum(cost => cost.Bytes), Is.EqualTo(difference.Again));
            }),
            iter: CollectionLaws.Times(300));

    private static void Compare(
        RandomTree.Node?[] tree,
        (int Path, RandomTree.Node? Node)[] edits,
        Action<Release, Release, (Dictionary<string, Sha256> Before, Dictionary<string, Sha256> After), ReleaseDifference> check)
    {
        using var site = new Site();
        RandomTree.Write(site, tree);
        var (before, sourcesBefore) = (Written(site), Sources(site));
        foreach (var (path, node) in edits)
            RandomTree.Write(site, path, node);
        var (after, sourcesAfter) = (Written(site), Sources(site));
        check(before, after, (sourcesBefore, sourcesAfter), ReleaseDifference.Between(before, after));
    }

    /// <summary>What release.json tells of the files as they are now, and nothing else.</summary>
    private static Release Written(Site site)
    {
        var path = Path.Combine(site.Folder, "release.json");
        File.WriteAllBytes(path, ReleaseJson.Format(site.Name().Release, site.Url, origin => origin.SourcePath));
        return ReleaseJson.Read(path)!;
    }

    private static Dictionary<string, Sha256> Sources(Site site) =>
        site.Files().ToDictionary(file => file.LogicalPath, file => Sha256.Of(File.ReadAllBytes(file.SourcePath)), StringComparer.Ordinal);

    private static ReleaseFile? Published(Release release, string path) => release.Collected.FirstOrDefault(file => file.LogicalPath == path)?.Published;

    private static IReadOnlyList<string> References(Release release, string path) => Published(release, path)?.References ?? [];
}
