using System.Globalization;
using StaticCollect.Build.Bench;

if (args.Contains("--uploads"))
{
    using var uploads = new UploadCosts(Number("--files", 5_000));
    uploads.Measure(Number("--rounds", 3));
    return;
}

var files = Number("--files", 10_000);
var rounds = Number("--rounds", 5);
var only = Words("--only").ToHashSet(StringComparer.Ordinal);
using var site = new Site(files);

// Each row is measured against the one named beside it. What it needs was left by an earlier one of the same round.
Row[] rows =
[
    new("cp -r", null, round => Site.Run("cp", "-r", site.Sources, site.Root(round, "cp"))),
    new("collect", "cp -r", round => site.Collect(round, "plain")),
    new("find -printf", null, round => Site.Run("find", site.Sources, site.Root(round, "plain"), "-printf", "%p %s %T@\\n")),
    new("collect again", "find -printf", round => site.Collect(round, "plain")),
    new("fingerprint", "collect", round => site.Collect(round, "fingerprint", ("StaticCollectFingerprint", "true"))),
    new("fingerprint again", "collect again", round => site.Collect(round, "fingerprint", ("StaticCollectFingerprint", "true"))),
    new("compress", "collect", round => site.Collect(round, "compress", [.. Site.Compressed, ("StaticCollectCacheDirectory", site.Root(round, "cache"))])),
    new("compress from cache", "collect", round => site.Collect(round, "cached", [.. Site.Compressed, ("StaticCollectCacheDirectory", site.Root(round, "cache"))])),
    new("everything", "collect", round => site.Collect(round, "app/wwwroot/everything", Site.Everything)),
    new("everything again", "collect again", round => site.Collect(round, "app/wwwroot/everything", Site.Everything)),
    new("empty build", null, round => site.Build(round, "Empty")),
    new("build, collect", "empty build", round => site.Build(round, "CollectStatic")),
    new("build, collect again", "empty build", round => site.Build(round, "CollectStatic")),
];

Console.WriteLine($"{files} files, {rounds} rounds and one to warm up, on {Environment.ProcessorCount} cores.");
for (var round = 0; round <= rounds; round++)
{
    foreach (var row in Order(round))
        row.Measure(round, isCounted: round > 0);
    Console.Error.WriteLine($"Round {round} of {rounds} is done.");
}

Console.WriteLine("\n| what | wall (ms) | CPU (ms) | beside | wall ratio | CPU ratio |\n|---|---:|---:|---|---:|---:|");
foreach (var row in rows)
{
    var beside = Array.Find(rows, other => other.Name == row.Beside);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Name} | {row.Wall:F0} | {row.Cpu:F0} | {row.Beside} | {Ratio(row.Wall, beside?.Wall)} | {Ratio(row.Cpu, beside?.Cpu)} |"));
}

// What stands beside each other changes places from round to round; what needs the result of another stays behind it.
IEnumerable<Row> Order(int round)
{
    var groups = new[] { rows[..1], rows[1..4], rows[4..6], rows[6..8], rows[8..10], rows[10..] };
    return (round % 2 == 0 ? groups : groups.Reverse()).SelectMany(group => group).Where(row => only.Count == 0 || only.Contains(row.Name));
}

static string Ratio(double value, double? beside) =>
    beside is > 0 ? (value / beside.Value).ToString("F2", CultureInfo.InvariantCulture) : "";

string[] Words(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1].Split(',') : [];

int Number(string name, int fallback)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
}
