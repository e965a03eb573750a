using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Releases;

/// <summary>What earlier releases mean for this one.</summary>
internal sealed class HistoryTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Test]
    public void What_may_be_kept_for_ever_stays_for_as_many_releases_as_are_wanted()
    {
        Add(Immutable("a.1.js"), Plain("a.js"));
        Add(Immutable("a.2.js"), Plain("a.js"));
        Add(Immutable("a.3.js"), Plain("a.js"));
        var next = new Release([Immutable("a.4.js"), Plain("a.js")]);
        Assert.That(Kept(next, 0), Is.Empty);
        Assert.That(Kept(next, 1), Is.EqualTo(new[] { "a.3.js" }));
        Assert.That(Kept(next, 2), Is.EqualTo(new[] { "a.2.js", "a.3.js" }));
        Assert.That(Kept(next, 9), Is.EqualTo(new[] { "a.1.js", "a.2.js", "a.3.js" }));
    }

    [Test]
    public void The_same_release_again_ages_nothing()
    {
        Add(Immutable("a.1.js"));
        Add(Immutable("a.2.js"));
        var again = new Release([Immutable("a.2.js")]);
        for (var run = 0; run < 3; run++)
        {
            Assert.That(Kept(again, 1), Is.EqualTo(new[] { "a.1.js" }));
            Add(Immutable("a.1.js") with { Role = Role.Kept }, Immutable("a.2.js"));
        }

        Assert.That(Kept(new Release([Immutable("a.3.js")]), 1), Is.EqualTo(new[] { "a.2.js" }), "what was kept only is not current");
    }

    [Test]
    public void A_file_that_was_current_again_counts_from_then()
    {
        Add(Immutable("a.1.js"));
        Add(Immutable("a.2.js"));
        Add(Immutable("a.1.js"));
        Assert.That(Kept(new Release([Immutable("a.3.js")]), 1), Is.EqualTo(new[] { "a.1.js" }));
    }

    [Test]
    public void A_kept_file_is_what_it_was_and_refers_to_nothing()
    {
        Add(Immutable("a.1.js") with { Fingerprint = "1", References = ["b.js"] });
        var kept = new History(_tree.Path).Kept(new Release([Plain("b.js")]), 1, _ => true).Single();
        Assert.That((kept.Role, kept.Cache, kept.Fingerprint), Is.EqualTo((Role.Kept, CachePolicy.Immutable, "1")));
        Assert.That(kept.Content.Hash, Is.EqualTo(Sha256.Of("a.1.js"u8)));
        Assert.That(kept.References, Is.Empty);
    }

    [Test]
    public void Encodings_are_kept_with_what_they_encode_and_not_without()
    {
        Add(Immutable("a.1.js"), Encoding("a.1.js.br"), Immutable("b.1.js"), Encoding("b.1.js.br"));
        var next = new Release([Plain("c.js")]);
        Assert.That(Kept(next, 1), Is.EqualTo(new[] { "a.1.js", "a.1.js.br", "b.1.js", "b.1.js.br" }));
        Assert.That(Kept(next, 1, path => path != "b.1.js"), Is.EqualTo(new[] { "a.1.js", "a.1.js.br" }));
        Assert.That(Kept(next, 1, path => path != "b.1.js.br"), Is.EqualTo(new[] { "a.1.js", "a.1.js.br", "b.1.js" }));
        Assert.That(
            Kept(new Release([Immutable("a.1.js")]), 1), Is.EqualTo(new[] { "b.1.js", "b.1.js.br" }), "encodings of current files are decided anew");
    }

    [Test]
    public void A_name_that_is_taken_is_not_kept()
    {
        Add(Immutable("a.1.js"), Immutable("b.1.js"));
        Assert.That(Kept(new Release([Plain("a.1.js")]), 1), Is.EqualTo(new[] { "b.1.js" }));
        Assert.That(Kept(new Release([Immutable("a.1.2.js") with { LogicalPath = "a.1.js" }]), 1), Is.EqualTo(new[] { "b.1.js" }));
    }

    [Test]
    public void Where_the_store_takes_two_names_for_one_there_is_one_file_and_it_is_that_of_this_release()
    {
        Add(Immutable("caf\u00e9.1.js"), Encoding("caf\u00e9.1.js.br"), Immutable("a.1.js"), Immutable("b.1.js"));
        Add(Immutable("A.1.js"), Immutable("c.1.js"));
        var next = new Release([Immutable("Cafe\u0301.1.js"), Immutable("B.1.js")]);
        Assert.That(Kept(next, 2, names: FileNames.AsWritten), Is.EqualTo(new[] { "A.1.js", "a.1.js", "b.1.js", "c.1.js", "caf\u00e9.1.js", "caf\u00e9.1.js.br" }));
        Assert.That(Kept(next, 2, names: FileNames.WithoutCase), Is.EqualTo(new[] { "A.1.js", "c.1.js", "caf\u00e9.1.js", "caf\u00e9.1.js.br" }));
        Assert.That(Kept(next, 2, names: FileNames.WithoutCaseAndForm), Is.EqualTo(new[] { "A.1.js", "c.1.js" }));
    }

    [Test]
    public void Other_bytes_under_a_name_that_promises_the_same_break_the_promise()
    {
        Add(Immutable("a.1.js"), Immutable("b.1.js"), Plain("c.js"), Immutable("d.1.js"), Encoding("d.1.js.br"));
        Add(Plain("x.js"));
        var next = new Release(
        [
            Immutable("a.1.js", "other"), Immutable("b.1.js"), Plain("c.js", "other"), Immutable("d.1.js"), Encoding("d.1.js.br", "other"), Immutable("new.1.js"),
        ]);
        Assert.That(new History(_tree.Path).BrokenPromises(next).Select(file => file.Path), Is.EqualTo(new[] { "a.1.js" }));
        Assert.That(new History(_tree["none"]).BrokenPromises(next), Is.Empty);
    }

    [Test]
    public void A_kept_file_promises_on()
    {
        Add(Immutable("a.1.js") with { Role = Role.Kept }, Plain("x.js"));
        Assert.That(new History(_tree.Path).BrokenPromises(new Release([Immutable("a.1.js", "other")])).Count(), Is.EqualTo(1));
    }

    [Test]
    public void The_last_release_is_read_again_and_as_many_before_it_as_count()
    {
        for (var i = 1; i <= 5; i++)
            Add(2, Immutable($"a.{i}.js"));
        Assert.That(new History(_tree.Path).Last.Files.Select(file => file.Path), Is.EqualTo(new[] { "a.5.js" }));
        Assert.That(_tree.Files(), Is.EqualTo(new[] { "release.json", "releases/000003.json", "releases/000004.json" }));
        Add(0, Immutable("a.6.js"));
        Assert.That(_tree.Files(), Is.EqualTo(new[] { "release.json" }));
    }

    [Test]
    public void A_release_that_is_there_as_it_is_is_not_written_again()
    {
        Add(Immutable("a.1.js"));
        File.SetLastWriteTimeUtc(_tree["release.json"], TempTree.Old);
        Add(Immutable("a.1.js"));
        Assert.That(File.GetLastWriteTimeUtc(_tree["release.json"]), Is.EqualTo(TempTree.Old));
        Assert.That(_tree.Files(), Is.EqualTo(new[] { "release.json" }));
    }

    [Test]
    public void Another_manifest_or_another_kept_file_alone_is_no_other_release()
    {
        Add(Immutable("a.1.js"));
        Add(Immutable("a.1.js"), Plain("staticfiles.json") with { Role = Role.Generated });
        Assert.That(new History(_tree.Path).Last.Files, Has.Count.EqualTo(2));
        Assert.That(_tree.Files(), Is.EqualTo(new[] { "release.json" }));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"version":2,"files":[]}""")]
    [TestCase("""{"version":1,"files":[{"path":"a.1.js"}]}""")]
    [TestCase("""{"version":"1","files":[]}""")]
    [TestCase("[]")]
    public void What_cannot_be_understood_counts_for_nothing(string text)
    {
        Add(Immutable("a.1.js"));
        Add(Immutable("a.2.js"));
        _tree.Write("release.json", text).Write("releases/000007.json", text).Write("releases/notes.json", text);
        Assert.That(new History(_tree.Path).Last, Is.SameAs(Release.Empty));
        Assert.That(Kept(new Release([Immutable("a.3.js")]), 2), Is.EqualTo(new[] { "a.1.js" }));
        Add(9, Immutable("a.3.js"));
        Assert.That(new History(_tree.Path).Last.Files.Single().Path, Is.EqualTo("a.3.js"));
        Assert.That(_tree.Has("releases/notes.json"), Is.True);
    }

    private void Add(params ReleaseFile[] files) => Add(9, files);

    private void Add(int keep, params ReleaseFile[] files)
    {
        var release = new Release(files);
        new History(_tree.Path).Add(release, ReleaseJson.Format(release, "/static/", origin => origin.SourcePath), keep);
    }

    private string[] Kept(Release release, int keep, Predicate<string>? isThere = null, FileNames? names = null) =>
    [
        .. new History(_tree.Path, names).Kept(release, keep, file => isThere?.Invoke(file.Path) ?? true).Select(file => file.Path).Order(StringComparer.Ordinal),
    ];

    private static ReleaseFile Immutable(string path, string? text = null) =>
        Plain(path, text) with { Role = Role.Fingerprinted, Cache = CachePolicy.Immutable, LogicalPath = $"{path.Split('.')[0]}.js" };

    private static ReleaseFile Encoding(string path, string? text = null) =>
        Immutable(path, text) with { Role = Role.Encoding, Encoding = ContentEncodings.Brotli };

    private static ReleaseFile Plain(string path, string? text = null)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text ?? path);
        var content = new FileContent(Sha256.Of(bytes), bytes.Length, new ByteSource.Generated(bytes));
        return new ReleaseFile(path, path, Role.Plain, content, CachePolicy.Revalidate, new Origin(FinderKind.Own, "App", $"static/{path}"));
    }
}
