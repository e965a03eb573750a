using System.Globalization;

namespace StaticCollect.Build.Bench;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Command">What is run, for a round.</param>
internal sealed record Row(string Name, Func<int, Command> Command)
{
    private readonly List<Costs> _costs = [];

    /// <summary>The row whose costs are taken off first: what would be paid without the thing itself.</summary>
    public string? NetOf { get; init; }

    /// <summary>The rows that this one is measured beside.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>What must be there before it runs, and is not measured.</summary>
    public Action<int>? Prepare { get; init; }

    /// <summary>What it should cost, in words.</summary>
    public string Goal { get; init; } = "";

    /// <summary>The medians.</summary>
    public Costs Median => new(Middle(one => one.Wall), Middle(one => one.Cpu), Middle(one => one.Memory));

    public void Measure(int round, bool isCounted)
    {
        Prepare?.Invoke(round);
        var costs = Command(round).Measure();
        if (isCounted)
            _costs.Add(costs);
    }

    private double Middle(Func<Costs, double> cost)
    {
        var sorted = _costs.Select(cost).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>Things that are measured beside each other.</summary>
/// <param name="Title">What the table is headed with.</param>
/// <param name="Lanes">The rows; those of one lane need what the ones before them left, those of two do not.</param>
internal sealed record Scenario(string Title, params Row[][] Lanes)
{
    /// <summary>Measures the rows in turn, the lanes in the other order each round.</summary>
    /// <param name="rounds">How many rounds count.</param>
    /// <param name="warmsUp">Whether one goes before them and is not counted.</param>
    public void Measure(int rounds, bool warmsUp)
    {
        for (var round = warmsUp ? 0 : 1; round <= rounds; round++)
        {
            foreach (var row in (round % 2 == 0 ? Lanes : Lanes.Reverse()).SelectMany(lane => lane))
                row.Measure(round, isCounted: round > 0);
            Console.Error.WriteLine($"{Title}: round {round} of {rounds} is done.");
        }
    }

    /// <summary>Prints the medians, less what would be paid anyway, and how many times those of the rows beside they are.</summary>
    public void Print()
    {
        var rows = Lanes.SelectMany(lane => lane).ToList();
        var net = rows.ToDictionary(row => row.Name, Net, StringComparer.Ordinal);
        Console.WriteLine($"\n### {Title}\n\n| | wall (s) | CPU (s) | memory (MB) | wall, CPU beside | goal |\n|---|---:|---:|---:|---|---|");
        foreach (var row in rows)
        {
            var costs = net[row.Name];
            var beside = row.Beside.Select(name => Text($"{costs.Wall / net[name].Wall:F2}, {costs.Cpu / net[name].Cpu:F2} {name}"));
            Console.WriteLine(Text($"| {row.Name} | {costs.Wall:F2} | {costs.Cpu:F2} | {costs.Memory:F0} | {string.Join("; ", beside)} | {row.Goal} |"));
        }

        Costs Net(Row row)
        {
            var (whole, off) = (row.Median, row.NetOf is null ? default : rows.Single(other => other.Name == row.NetOf).Median);
            return new(whole.Wall - off.Wall, whole.Cpu - off.Cpu, whole.Memory - off.Memory);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
