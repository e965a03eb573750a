using System.Text.RegularExpressions;
using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests.Laws;

/// <summary>What can happen to a site and its store.</summary>
internal enum Happening
{
    EditAsset,
    RemoveAsset,
    EditPage,
    RemovePage,
    EditScript,
    RemoveScript,
    CompressOtherwise,
    ChangeHeaders,
    Upload,
    Kill,
    WaitDays,
    RollBack,
    AddForeign,
}

/// <summary>One of them.</summary>
internal sealed record Event(Happening What, int Which, int How);

/// <summary>
/// A site whose pages name its files, a store, and a reader who looks at the store after each of its changes: every page
/// that was served lately names only what is there.
/// </summary>
internal sealed partial class StoreWorld : IDisposable
{
    private readonly int[] _assets = new int[6];
    private readonly int[] _pages = new int[4];
    private readonly int[] _scripts = new int[3];
    private readonly List<(int[] Assets, int[] Pages, int[] Scripts)> _earlier = [];
    private readonly Dictionary<string, DateTimeOffset> _served = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _foreign = new(StringComparer.Ordinal);
    private int _level;

    public StoreWorld(bool listTellsAll)
    {
        Store = new MemoryStore { ListTellsAll = listTellsAll, AfterChange = Read, BeforeChange = Guard };
        (_assets[0], _pages[0], _scripts[0]) = (1, 1, 1);
        Build();
    }

    public Shop Shop { get; } = new();

    public MemoryStore Store { get; }

    public void Happen(Event e)
    {
        switch (e.What)
        {
            case Happening.EditAsset:
                _assets[e.Which % _assets.Length] = 1 + (e.How % 5);
                break;
            case Happening.RemoveAsset:
                _assets[e.Which % _assets.Length] = 0;
                break;
            case Happening.EditPage:
                _pages[e.Which % _pages.Length] = 1 + (e.How % 63);
                break;
            case Happening.RemovePage:
                _pages[e.Which % _pages.Length] = 0;
                break;
            case Happening.EditScript:
                _scripts[e.Which % _scripts.Length] = 1 + (e.How % 63);
                break;
            case Happening.RemoveScript:
                _scripts[e.Which % _scripts.Length] = 0;
                break;
            case Happening.CompressOtherwise:
                _level = e.How % 3;
                break;
            case Happening.ChangeHeaders:
                Shop.Headers.Clear();
                Shop.Headers.Add(new HeaderRule("Content-Language", new Build.Settings.Glob("*.html"), e.How % 2 == 0 ? "en" : "de"));
                break;
            case Happening.Upload:
                Upload();
                break;
            case Happening.Kill:
                Kill(e.Which % 12, e.How % 2 == 0);
                break;
            case Happening.WaitDays:
                Shop.Time.Advance(TimeSpan.FromDays(e.How % 9));
                break;
            case Happening.RollBack when _earlier.Count > 0:
                var (assets, pages, scripts) = _earlier[e.How % _earlier.Count];
                assets.CopyTo(_assets, 0);
                pages.CopyTo(_pages, 0);
                scripts.CopyTo(_scripts, 0);
                break;
            case Happening.AddForeign:
                var name = $"foreign-{e.Which}.txt";
                _foreign[name] = $"of others {e.How}";
                Store.Meddle(name, _foreign[name]);
                break;
        }
    }

    /// <summary>Uploads what there is, and looks at the store.</summary>
    public RecordingLog Upload()
    {
        Build();
        var log = Shop.Upload(Store).GetAwaiter().GetResult();
        Assert.That(log.Diagnostics, Is.Empty);
        _earlier.Add(([.. _assets], [.. _pages], [.. _scripts]));
        Settle();
        return log;
    }

    /// <summary>The store has what the release says, and a second upload finds nothing to do.</summary>
    private void Settle()
    {
        foreach (var (path, text) in Shop.Snapshot())
            Assert.That(Store.Objects.GetValueOrDefault(path)?.Text, Is.EqualTo(text), path);
        foreach (var (path, text) in _foreign)
            Assert.That(Store.Objects.GetValueOrDefault(path)?.Text, Is.EqualTo(text), path);
        var language = Shop.Headers.Count > 0 ? Shop.Headers[0].Value : null;
        foreach (var path in Shop.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)))
            Assert.That(Store.Objects[path].Headers, Is.EqualTo(new ObjectHeaders("text/html; charset=utf-8", "no-cache", ContentLanguage: language)));

        var listed = Ledger().Entries;
        Assert.That(Store.Objects.Keys.Except(listed.Keys, StringComparer.Ordinal).Except(_foreign.Keys, StringComparer.Ordinal), Is.EqualTo(new[] { Planning.Ledger.Path }), "Each object has an owner.");
        Store.Changes.Clear();
        var again = Shop.Upload(Store).GetAwaiter().GetResult();
        Assert.That(Store.Changes, Is.Empty);
        Assert.That(again.Summaries, Has.One.StartsWith("Nothing to upload: "));
    }

    public Ledger Ledger() => Store.Objects.TryGetValue(Planning.Ledger.Path, out var ledger) ? LedgerFile.Read(new MemoryStream(ledger.Bytes))! : Planning.Ledger.Empty;

    public void Dispose() => Shop.Dispose();

    private void Kill(int changes, bool losesAnswer)
    {
        Build();
        (Store.ChangesToLive, Store.LosesAnswer) = (changes, losesAnswer);
        try
        {
            _ = Shop.Upload(Store).GetAwaiter().GetResult();
        }
        catch (KilledException)
        {
            // As it should be, where there was more to do.
        }

        Store.ChangesToLive = null;
    }

    /// <summary>
    /// The release: assets with fingerprints, of which later ones name earlier ones; scripts and pages under their own
    /// names, which name assets and scripts.
    /// </summary>
    private void Build()
    {
        Shop.Empty();
        var names = new List<string>();
        for (var i = 0; i < _assets.Length; i++)
        {
            if (_assets[i] == 0)
                continue;
            var name = Shop.Fingerprinted($"a{i}.css", $"asset {i} version {_assets[i]} {(names.Count > 0 ? $"[{names[^1]}]" : "")}");
            Shop.Encoded(name, ContentEncodings.Brotli, $"encoding {_level} of {name}");
            names.Add(name);
        }

        for (var i = 0; i < _scripts.Length; i++)
        {
            if (_scripts[i] == 0)
                continue;
            Shop.Plain($"s{i}.js", $"script {i} {Named(_scripts[i], names)}");
            names.Add($"s{i}.js");
        }

        for (var i = 0; i < _pages.Length; i++)
        {
            if (_pages[i] > 0)
                Shop.Plain($"p{i}.html", $"page {i} {Named(_pages[i], names)}");
        }

        Shop.Manifest(string.Join(' ', names.Select(name => $"[{name}]"))).Release();
    }

    private static string Named(int bits, List<string> names) =>
        string.Join(' ', names.Where((_, i) => (bits >> (i % 6) & 1) == 1).Select(name => $"[{name}]"));

    /// <summary>What a reader sees now.</summary>
    private void Read()
    {
        var now = Shop.Time.GetUtcNow();
        foreach (var (path, one) in Store.Objects.Where(pair => pair.Key.EndsWith(".html", StringComparison.Ordinal) || pair.Key is "staticfiles.json"))
            _served[$"{path}: {one.Text}"] = now;
        foreach (var (page, last) in _served.ToList())
        {
            if (last + Shop.Retention.Time <= now)
                _served.Remove(page);
            else
                Assert.That(Missing(page), Is.Empty, $"{page}, as it was served {now - last} ago. Then:\n{string.Join('\n', Store.Changes)}");
        }
    }

    /// <summary>What a page names and is not there, directly or by what it names.</summary>
    private IEnumerable<string> Missing(string text) => Name().Matches(text).Select(match => match.Groups["name"].Value)
        .SelectMany(name => Store.Objects.TryGetValue(name, out var one) ? name.EndsWith(".css", StringComparison.Ordinal) ? Missing(one.Text) : Direct(one.Text) : [name]);

    private IEnumerable<string> Direct(string text) => Name().Matches(text).Select(match => match.Groups["name"].Value).Where(name => !Store.Objects.ContainsKey(name));

    /// <summary>What no upload may do.</summary>
    private void Guard(string path, MemoryObject? to)
    {
        Assert.That(_foreign.Keys, Does.Not.Contain(path), "What others put is theirs.");
        if (path == Planning.Ledger.Path)
            return;
        var there = Store.Objects.GetValueOrDefault(path);
        if (to is null)
        {
            Assert.That(Ledger().Entries.GetValueOrDefault(path)?.Retired, Is.Not.Null, $"'{path}' is deleted only where a ledger has listed it as no longer current.");
            return;
        }

        Assert.That(Ledger().Entries.Keys, Does.Contain(path), "Nothing is put that nobody owns.");
        if (there is null)
            return;
        if (Fingerprint().IsMatch(path))
            Assert.That(to.Text, Is.EqualTo(there.Text), "A name of its bytes.");
        Assert.That((to.Text, to.Headers), Is.Not.EqualTo((there.Text, there.Headers)), "Nothing is sent that is there.");
    }

    [GeneratedRegex(@"\[(?<name>[^\]]+)\]", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\.[0-9a-f]{12}\.css$", RegexOptions.None, 1000)]
    private static partial Regex Fingerprint();
}
