using System.Globalization;
using CsCheck;
using NUnit.Framework.Internal;

namespace StaticCollect.Build.Upload.Tests.Laws;

/// <summary>
/// What holds for every history of releases, uploads that are killed at any change of the store, and waiting: see
/// <see cref="StoreWorld"/> for what is looked at after each change and after each upload.
/// </summary>
public class UploadLaws
{
    private static readonly Gen<Happening> Happenings = Gen.Frequency(
        (8, Gen.OneOf(Happening.EditAsset, Happening.EditPage, Happening.EditScript)),
        (3, Gen.OneOf(Happening.RemoveAsset, Happening.RemovePage, Happening.RemoveScript)),
        (2, Gen.OneOf(Happening.CompressOtherwise, Happening.ChangeHeaders, Happening.AddForeign)),
        (6, Gen.Const(Happening.Upload)),
        (6, Gen.Const(Happening.Kill)),
        (3, Gen.Const(Happening.WaitDays)),
        (2, Gen.Const(Happening.RollBack)));

    private static readonly Gen<Event[]> Histories =
        Gen.Select(Happenings, Gen.Int[0, 30], Gen.Int[0, 1000], (what, which, how) => new Event(what, which, how)).Array[0, 40];

    [Test]
    public void After_any_history_an_upload_makes_the_store_what_the_release_says_and_no_page_ever_lacked_a_file([Values] bool listTellsAll)
    {
        var (uploads, deletions) = (0, 0);
        Histories.Sample(
            history =>
            {
                using var isolated = new TestExecutionContext.IsolatedContext();
                using var world = new StoreWorld(listTellsAll);
                foreach (var e in history)
                    world.Happen(e);
                _ = world.Upload();
                Interlocked.Increment(ref uploads);
                Interlocked.Add(ref deletions, world.Store.Requests.GetValueOrDefault("delete"));
            },
            iter: Times(300));
        Assert.That(deletions, Is.GreaterThan(uploads / 20), "Histories are long enough for something to go.");
    }

    private static int Times(int worlds) =>
        worlds * int.Parse(Environment.GetEnvironmentVariable("STATICCOLLECT_LAWS") ?? "1", CultureInfo.InvariantCulture);
}
