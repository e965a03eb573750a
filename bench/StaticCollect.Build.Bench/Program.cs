using System.Globalization;
using StaticCollect.Build.Bench;
using StaticCollect.Build.Bench.Scenarios;

var isSmall = args.Contains("--small");
var rounds = Number("--rounds", isSmall ? 1 : 5);
var only = Text("--only");
using var workspace = new Workspace(Text("--packages"));
if (args.Contains("--uploads"))
{
    using var uploads = new UploadCosts(workspace, Number("--files", 5_000));
    uploads.Measure(Number("--rounds", 3));
    return;
}

Site.NeedsPeers();
(string Name, Func<IEnumerable<Scenario>> Make)[] scenarios = isSmall
    ?
    [
        ("evaluation", () => [ProjectScenarios.Evaluation(workspace)]),
        ("files", () => [FileScenarios.Files(workspace, 100)]),
        ("encodings", () => [EncodingScenarios.Encodings(workspace, 50)]),
        ("web", () => [ProjectScenarios.WebApp(workspace, 50, isCompressed: true)]),
        ("references", () => [ProjectScenarios.References(workspace, 1)]),
        ("broken", () => [ProjectScenarios.BrokenReferences(workspace, [10])]),
        ("growth", () => [FileScenarios.Growth(workspace, 10)]),
    ]
    :
    [
        ("evaluation", () => [ProjectScenarios.Evaluation(workspace)]),
        ("files", () => [FileScenarios.Files(workspace, Number("--files", 10_000))]),
        ("large", () => [FileScenarios.LargeFiles(workspace, 10, 100_000_000)]),
        ("packages", () => FileScenarios.RealPackages(workspace)),
        ("encodings", () => [EncodingScenarios.Encodings(workspace, 1_000)]),
        ("references", () => [ProjectScenarios.References(workspace, 50)]),
        ("broken", () => [ProjectScenarios.BrokenReferences(workspace, [500, 1_000, 2_000])]),
        ("web", () => [ProjectScenarios.WebApp(workspace, 10_000, isCompressed: false), ProjectScenarios.WebApp(workspace, 1_000, isCompressed: true)]),
        ("growth", () => new[] { 100, 1_000, 10_000, 100_000 }.Select(count => FileScenarios.Growth(workspace, count))),
    ];

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds{(isSmall ? "" : " and one to warm up")}, on {Environment.ProcessorCount} cores."));
foreach (var (_, make) in scenarios.Where(scenario => only is null || only.Split(',').Contains(scenario.Name)))
{
    foreach (var scenario in make())
    {
        scenario.Measure(rounds, warmsUp: !isSmall);
        scenario.Print();
    }
}

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;

int Number(string name, int fallback) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
