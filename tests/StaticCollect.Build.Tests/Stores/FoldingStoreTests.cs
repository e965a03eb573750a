using System.Globalization;
using System.Text;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Laws;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

/// <summary>
/// Stores that take names that differ in case, or in Unicode form too, for one, as those of Windows and macOS do. They are simulated, for
/// no disk of Linux is one: what is planned is done to a list of files, and the list is what the next plan sees.
/// </summary>
internal sealed class FoldingStoreTests
{
    private static readonly string[] Names =
    [
        "a.css", "A.css", "caf\u00e9.css", "cafe\u0301.css", "CAFE\u0301.CSS", "d/a.css", "D/a.css", "d/A.css", "\u00e9/a.css", "e\u0301/A.css", "a.css.gz", "A.CSS.gz", "z.css",
    ];

    /// <summary>How a store spells the name of a file that was given one, and which it takes for one.</summary>
    public enum Kind
    {
        /// <summary>As it was given last; those that differ in case.</summary>
        Ntfs,

        /// <summary>As it was given last; those that differ in case or form.</summary>
        Apfs,

        /// <summary>Decomposed; those that differ in case or form.</summary>
        HfsPlus,

        /// <summary>As the file was called whose place it takes; those that differ in case.</summary>
        Wine,
    }

    [Test]
    public void After_any_history_the_store_holds_the_release_and_what_is_foreign_and_the_next_plan_is_empty([Values] Kind kind) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, (1 << 13) - 1], Gen.Int[0, 2]).Array[1, 8].Sample(
            history =>
            {
                using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
                var world = new World(kind);
                foreach (var (what, which, text) in history)
                {
                    if (what < 2)
                        world.PutForeign(Names[which % Names.Length], isNew: what == 0);
                    else
                        world.Collect(Names.Where((_, i) => (which >> i) % 2 == 1), text);
                }
            },
            iter: CollectionLaws.Times(1000));

    private sealed class World(Kind kind)
    {
        private readonly Store _store = new(kind);
        private readonly HashSet<string> _foreign = new(StringComparer.OrdinalIgnoreCase);
        private LastRun _last = LastRun.None;

        /// <summary>Puts a file of somebody else there; in place of what is there only where it need not be new.</summary>
        public void PutForeign(string path, bool isNew)
        {
            if (_store.At(path) is null != isNew)
                return;
            _store.Put(path, Sha256.Of("foreign"u8));
            _foreign.Add(_store.Key(path));
        }

        public void Collect(IEnumerable<string> wanted, int text)
        {
            // Of two spellings one was left out when the winners were chosen.
            var files = wanted.DistinctBy(LogicalPath.Key, LogicalPath.KeyComparer).Order(StringComparer.Ordinal).Select(path => File(path, text)).ToList();
            var release = new Release(files);
            var places = files.Select(file => _store.Key(file.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var before = _store.Files.ToList();
            var plan = Plan(release);
            Do(plan);

            foreach (var file in files)
            {
                Assert.That(_store.At(file.Path)?.Hash, Is.EqualTo(file.Content.Hash), $"'{file.Path}' of the release");
                if (kind is Kind.Ntfs or Kind.Apfs)
                    Assert.That(Path.GetFileName(_store.At(file.Path)!.Path), Is.EqualTo(Path.GetFileName(file.Path)), "the name is spelled as in the release");
            }

            foreach (var file in before.Where(file => _foreign.Contains(_store.Key(file.Path))))
            {
                if (places.Contains(_store.Key(file.Path)))
                    Assert.That(plan.Diagnostics.Any(one => one.Code == Codes.NotAsLeft && one.Text.Contains("the place", StringComparison.Ordinal)), Is.True, $"it is told that '{file.Path}' is replaced");
                else if (IsBesideOne(file.Path))
                    Assert.That(plan.Diagnostics.Any(one => one.Code == Codes.StaleSibling), Is.True, $"it is told that '{file.Path}' goes");
                else
                    Assert.That(_store.At(file.Path), Is.EqualTo(file), "a file of others");
            }

            _foreign.RemoveWhere(key => places.Contains(key) || _store.At(key) is null);
            Assert.That(_store.Files.Count, Is.EqualTo(files.Count + _foreign.Count), "nothing else is there");
            _last = new LastRun
            {
                Release = release,
                Entries = [.. plan.Steps.Select(step => new RootEntry(step.File.Path, step.Kind, step.File.Content.Hash, step.MustWrite ? _store.At(step.File.Path)!.Stamp : step.Present, ""))],
            };
            var again = Plan(release);
            Assert.That(again.HasWork, Is.False, () => string.Join(", ", again.Steps.Where(step => step.MustWrite).Select(step => step.File.Path).Concat(again.Removals.Select(removal => removal.Path))));
            Assert.That(again.Diagnostics, Is.Empty);

            // There is nothing to be read: what is beside a file and not known is no encoding of it.
            bool IsBesideOne(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && places.Contains(_store.Key(path[..^3]));
        }

        private StorePlan Plan(Release release)
        {
            var listed = _store.Files.ToDictionary(file => file.Path, file => new RootFile(file.Stamp, IsLink: false), StringComparer.Ordinal);
            var root = new RootView(Here.Full("/nowhere"), listed, [], new Dictionary<string, RootFile>(StringComparer.Ordinal), []);
            var settings = new CollectSettings
            {
                ProjectFolder = Here.Full("/App"),
                ProjectName = "App",
                Root = root.Root,
                Url = "/static/",
                RecordFolder = Here.Full("/App/obj"),
                PublishFolder = Here.Full("/App/bin"),
                OutputFolders = [],
                Finders = [],
            };
            return new Planner(settings, root, _last, names: _store.Names).Plan(release);
        }

        private void Do(StorePlan plan)
        {
            foreach (var removal in plan.Removals.Where(removal => removal.GoesFirst))
                _store.Delete(removal.Path);
            foreach (var step in plan.Steps.Where(step => step.MustWrite))
                _store.Put(step.File.Path, step.File.Content.Hash);
            foreach (var removal in plan.Removals.Where(removal => !removal.GoesFirst))
                _store.Delete(removal.Path);
        }

        private static ReleaseFile File(string path, int text)
        {
            var bytes = Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));
            var source = Here.Full("/App/static/" + path);
            return new ReleaseFile(path, path, Role.Plain, new FileContent(Sha256.Of(bytes), bytes.Length, new ByteSource.Source(source, default)), CachePolicy.Revalidate, new Origin(FinderKind.Own, "App", source));
        }
    }

    private sealed record Stored(string Path, Sha256 Hash, FileStamp Stamp);

    private sealed class Store(Kind kind)
    {
        private readonly Dictionary<string, Stored> _files = new(StringComparer.OrdinalIgnoreCase);
        private int _clock;

        public FileNames Names => kind is Kind.Ntfs or Kind.Wine ? FileNames.WithoutCase : FileNames.WithoutCaseAndForm;

        public Dictionary<string, Stored>.ValueCollection Files => _files.Values;

        public string Key(string path) => Names == FileNames.WithoutCase ? path : path.Normalize(NormalizationForm.FormD);

        public Stored? At(string path) => _files.GetValueOrDefault(Key(path));

        public void Delete(string path) => _files.Remove(Key(path));

        public void Put(string path, Sha256 hash)
        {
            var name = kind == Kind.Wine && At(path) is { } before ? Path.GetFileName(before.Path) : Path.GetFileName(path);
            var folder = path[..^Path.GetFileName(path).Length];

            // A folder is spelled as it was when it was made.
            if (Files.FirstOrDefault(file => Key(FolderOf(file.Path)).Equals(Key(folder), StringComparison.OrdinalIgnoreCase)) is { } beside)
                folder = FolderOf(beside.Path);
            var spelled = kind == Kind.HfsPlus ? (folder + name).Normalize(NormalizationForm.FormD) : folder + name;
            _files[Key(path)] = new Stored(spelled, hash, new FileStamp(1, ++_clock));
        }

        private static string FolderOf(string path) => path[..^Path.GetFileName(path).Length];
    }
}
