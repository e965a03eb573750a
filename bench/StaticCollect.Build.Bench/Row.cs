using System.Diagnostics;
using System.Globalization;

namespace StaticCollect.Build.Bench;

/// <summary>One thing that is measured.</summary>
/// <param name="name">What it is called in the table.</param>
/// <param name="beside">The thing it is measured against.</param>
/// <param name="run">Does it, for one round.</param>
internal sealed class Row(string name, string? beside, Action<int> run)
{
    private readonly List<double> _wall = [];
    private readonly List<double> _cpu = [];

    public string Name => name;

    public string? Beside => beside;

    /// <summary>The median, in milliseconds.</summary>
    public double Wall => Median(_wall);

    /// <summary>The median over all cores, in milliseconds; what other programs take, on Linux only.</summary>
    public double Cpu => Median(_cpu);

    public void Measure(int round, bool isCounted)
    {
        GC.Collect();
        var cpu = CpuTime();
        var watch = Stopwatch.StartNew();
        run(round);
        var wall = watch.Elapsed.TotalMilliseconds;
        if (!isCounted)
            return;
        _wall.Add(wall);
        _cpu.Add(CpuTime() - cpu);
    }

    /// <summary>What this process and the programs that it has run to their end took, in milliseconds.</summary>
    private static double CpuTime()
    {
        var own = Environment.CpuUsage.TotalTime.TotalMilliseconds;
        if (!File.Exists("/proc/self/stat"))
            return own;

        // The fields behind the name; 13 and 14 are the time of the children, in hundredths of a second.
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return own + (10 * (Field(13) + Field(14)));

        double Field(int index) => double.Parse(fields[index], CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
