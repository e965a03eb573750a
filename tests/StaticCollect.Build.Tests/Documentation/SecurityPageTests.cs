using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary><c>SECURITY.md</c> promises only what a test holds.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = Pages.Read("SECURITY.md");

    [Test]
    public void Every_test_that_is_named_is_there([ValueSource(nameof(Named))] string test)
    {
        var (name, file) = (test.Split(' ')[0], test.Split(' ')[1]);
        Assert.That(Pages.Read(file), Does.Match($@"\[(Test|TestCase|TestCaseSource)\b[^{{}}]*?\bpublic (void|async Task) {name}\("), "a test of that name");
    }

    [Test]
    public void Every_promise_names_a_test() =>
        Assert.That(Promise().Matches(Page).Select(promise => promise.Value).Where(promise => !Link().IsMatch(promise)), Is.Empty);

    private static IEnumerable<string> Named => Link().Matches(Page).Select(link => $"{link.Groups["name"].Value} {link.Groups["file"].Value}");

    [GeneratedRegex(@"\[(?<name>\w+)\]\((?<file>tests/[^)]+\.cs)\)")]
    private static partial Regex Link();

    /// <summary>A point of a list, to its end.</summary>
    [GeneratedRegex(@"^- .*(?:\n  .*)*", RegexOptions.Multiline)]
    private static partial Regex Promise();
}
