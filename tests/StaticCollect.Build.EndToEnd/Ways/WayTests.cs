namespace StaticCollect.Build.EndToEnd.Ways;

/// <summary>Each page for newcomers, followed from top to bottom in an empty folder.</summary>
public sealed class WayTests
{
    /// <summary>All of them but the one that its own tests follow.</summary>
    private static IEnumerable<string> Pages => Directory.EnumerateFiles(Path.Combine(PackedPackage.Repository, "docs/ways"), "*.md")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name != "wwwroot")
        .Order(StringComparer.Ordinal);

    [Test]
    public void What_the_page_says_comes_true([ValueSource(nameof(Pages))] string page)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The pages are typed into a shell of Linux and macOS.");
        var blocks = PageBlock.In($"docs/ways/{page}.md");
        Assert.That(blocks.Count(block => block.Language == "text"), Is.GreaterThan(1), "The blocks are not found.");
        Walk.Along(blocks);
    }
}
