using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>The plan in docs/uploading.md is one that could have been written.</summary>
public sealed partial class DocumentedPlanTests
{
    [Test]
    public async Task The_plan_of_the_docs_has_the_form_of_a_real_one()
    {
        using var shop = new Shop();
        var css = shop.Fingerprinted("css/site.css", "a { color: red }");
        shop.Plain("index.html", $"[{css}]").Plain("logo.svg", "<svg/>").Manifest("{}").Release();
        using var store = new MemoryStore();
        store.Meddle("index.html", "of others");
        store.Objects["logo.svg"] = new MemoryObject("<svg/>"u8.ToArray(), new("image/svg+xml", "no-cache"), Content.Sha256.Of("<svg/>"u8), "1");
        _ = await shop.Plan(store);
        using var real = JsonDocument.Parse(await File.ReadAllBytesAsync(shop.PlanPath));
        using var shown = JsonDocument.Parse(Example().Match(await File.ReadAllTextAsync(Docs())).Groups["text"].Value);
        var (realSteps, shownSteps) = (Steps(real), Steps(shown));
        Assert.Multiple(() =>
        {
            Assert.That(Form(shown.RootElement), Is.EqualTo(Form(real.RootElement)));
            Assert.That(shown.RootElement.GetProperty("requests").GetRawText(), Is.EqualTo(real.RootElement.GetProperty("requests").GetRawText()));
            Assert.That(Regex.Replace(shown.RootElement.GetProperty("summary").GetString()!, "[0-9]+ bytes", "", RegexOptions.None, TimeSpan.FromSeconds(1)), Is.EqualTo(Regex.Replace(real.RootElement.GetProperty("summary").GetString()!, "[0-9]+ bytes", "", RegexOptions.None, TimeSpan.FromSeconds(1))));
            Assert.That(shownSteps, Has.Count.EqualTo(2));
            foreach (var step in shownSteps)
            {
                var same = realSteps.Single(one => Text(one, "path").EndsWith(Path.GetExtension(Text(step, "path")), StringComparison.Ordinal) && Text(one, "stage") == Text(step, "stage"));
                Assert.That(Form(step), Is.EqualTo(Form(same)));
                foreach (var name in new[] { "do", "why", "stage", "headers" })
                    Assert.That(step.GetProperty(name).GetRawText(), Is.EqualTo(same.GetProperty(name).GetRawText()));
            }
        });
    }

    /// <summary>Names and kinds of all members, in their order.</summary>
    private static string Form(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{member.Name}:{Form(member.Value)}"))}}}"
        : value.ValueKind.ToString();

    private static List<JsonElement> Steps(JsonDocument plan) => [.. plan.RootElement.GetProperty("steps").EnumerateArray()];

    private static string Text(JsonElement step, string name) => step.GetProperty(name).GetString()!;

    private static string Docs()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "docs/uploading.md");
    }

    [GeneratedRegex("^## The plan\n.*?^```json\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
