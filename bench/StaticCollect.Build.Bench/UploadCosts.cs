using System.Diagnostics;
using System.Globalization;
using StaticCollect.Build.Servers;

namespace StaticCollect.Build.Bench;

/// <summary>What an upload to S3 costs beside <c>aws s3 sync</c>, each into an empty bucket of Ceph's gateway on this machine.</summary>
internal sealed class UploadCosts : IDisposable
{
    private const string Time = "/usr/bin/time";
    private readonly Site _site;
    private readonly string _project;
    private readonly string _changed;
    private readonly List<(string What, string Who, string Requests, double[] Costs)> _rows = [];

    /// <summary>Generates the files.</summary>
    public UploadCosts(int files)
    {
        if (!File.Exists(Time) || !File.Exists("/usr/bin/aws"))
            throw new InvalidOperationException("This needs two more programs: apt-get install time awscli");
        _site = new Site(files);
        _changed = Directory.EnumerateFiles(_site.Sources, "*.css", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        _project = _site.WriteUpload(Gateway.Address);
    }

    private static RadosGateway Gateway => RadosGateway.Shared;

    /// <inheritdoc/>
    public void Dispose()
    {
        _site.Dispose();
        RadosGateway.End();
    }

    /// <summary>Uploads everything, nothing and one file, by either, as often as is asked for; prints the least of each cost.</summary>
    public void Measure(int rounds)
    {
        Run("a build that does nothing", "ours", Build("Empty", ""));
        for (var round = 0; round < rounds; round++)
        {
            var (ours, theirs) = ($"ours-{round}", $"theirs-{round}");
            foreach (var bucket in new[] { ours, theirs })
                Site.Run("aws", ["--endpoint-url", Gateway.Address.AbsoluteUri, "s3", "mb", $"s3://{bucket}"], Credentials);
            Collect();
            Both("first upload", ours, theirs);
            Both("nothing to do", ours, theirs);
            File.AppendAllText(_changed, string.Create(CultureInfo.InvariantCulture, $"/* {round} */\n"));
            Collect();
            Both("one file changed", ours, theirs);
            Console.Error.WriteLine($"Round {round + 1} of {rounds} is done.");
        }

        Console.WriteLine("| | of | requests | seconds | processor (s) | memory (MB) |\n|---|---|---|---:|---:|---:|");
        foreach (var row in _rows.GroupBy(row => (row.What, row.Who)))
        {
            var least = Enumerable.Range(0, 3).Select(cost => row.Min(one => one.Costs[cost])).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Key.What} | {row.Key.Who} | {row.Last().Requests} | {least[0]:F1} | {least[1]:F1} | {least[2]:F0} |"));
        }
    }

    private static Dictionary<string, string> Credentials => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = RadosGateway.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = RadosGateway.SecretKey,
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private string[] Build(string target, string bucket) =>
        ["dotnet", "msbuild", _project, "-nologo", "-v:q", $"-t:{target}", $"-p:StaticCollectUploadTo=s3://{bucket}"];

    private void Collect() => Site.Run("dotnet", Build("CollectStatic", "")[1..]);

    private void Both(string what, string ours, string theirs)
    {
        Run(what, "ours", Build("UploadStatic", ours));
        Run(what, "aws s3 sync", ["aws", "--endpoint-url", Gateway.Address.AbsoluteUri, "s3", "sync", "--only-show-errors", _site.Root(0, "uploaded"), $"s3://{theirs}"]);
    }

    private void Run(string what, string who, string[] command)
    {
        var before = Gateway.Requests().Count;
        var costs = Path.Combine(Path.GetDirectoryName(_project)!, "costs");
        var watch = Stopwatch.StartNew();
        Site.Run(Time, ["-f", "%U %S %M", "-o", costs, .. command], Credentials);
        var seconds = watch.Elapsed.TotalSeconds;
        var numbers = File.ReadAllText(costs).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
        var requests = Gateway.Requests().Skip(before).GroupBy(method => method, StringComparer.Ordinal).OrderBy(method => method.Key, StringComparer.Ordinal);
        _rows.Add((what, who, string.Join(", ", requests.Select(method => $"{method.Count()} {method.Key}")), [seconds, numbers[0] + numbers[1], numbers[2] / 1000]));
    }
}
