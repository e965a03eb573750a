using CsCheck;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>The ledger comes from a store, and a plan from a job before: whatever they hold, reading them throws nothing.</summary>
public sealed class BrokenFileTests
{
    private static readonly Gen<(int At, int Length, string Text)[]> Edits = Gen.Select(
        Gen.Int[0, 2000], Gen.Int[0, 40], Gen.OneOf("", "null", "{}", "[]", "-1", "1e99", "\"", "99999999999", "\"\"", ",", "\u0000", "}")).Array[1, 3];

    [Test]
    public async Task A_broken_ledger_or_plan_is_none()
    {
        using var shop = new Shop();
        var css = shop.Fingerprinted("a.css", "a { }");
        shop.Plain("index.html", css).Manifest(css).Release();
        using var store = new MemoryStore();
        _ = await shop.Upload(store);
        var (ledger, plan) = (store.Objects[Ledger.Path].Text, await File.ReadAllTextAsync(shop.PlanPath));
        Assert.That(LedgerFile.Read(Stream(ledger)), Is.Not.Null);
        Assert.That(PlanFile.Read(Bytes(plan)), Is.Not.Null);
        Edits.Sample(edits =>
        {
            _ = LedgerFile.Read(Stream(Edited(ledger, edits)));
            _ = PlanFile.Read(Bytes(Edited(plan, edits)));
        }, iter: 2000);
    }

    private static string Edited(string text, (int At, int Length, string Text)[] edits) =>
        edits.Aggregate(text, (now, edit) => now[..(edit.At % (now.Length + 1))] + edit.Text + now[Math.Min(now.Length, (edit.At % (now.Length + 1)) + edit.Length)..]);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static MemoryStream Stream(string text) => new(Bytes(text));
}
