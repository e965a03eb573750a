using System.Globalization;
using StaticCollect.Build.Servers;

namespace StaticCollect.Build.Bench;

/// <summary>What an upload to S3 costs beside <c>aws s3 sync</c>, each into an empty bucket of Ceph's gateway on this machine.</summary>
internal sealed class UploadCosts : IDisposable
{
    private readonly Workspace _workspace;
    private readonly string _project;
    private readonly string _changed;
    private readonly List<(string What, string Who, string Requests, Costs Costs)> _rows = [];

    /// <summary>Generates the files, and a project that uploads them under two names each.</summary>
    public UploadCosts(Workspace workspace, int files)
    {
        Command.Needs(("/usr/bin/aws", "awscli"));
        _workspace = workspace;
        var sources = workspace["upload/static"];
        Tree.Write(sources, files);
        _changed = Directory.EnumerateFiles(sources, "*.css", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        _project = workspace.WriteProject("upload/Upload.csproj", withPackage: true, $"""
            <PropertyGroup>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectRoot>{Collected}</StaticCollectRoot>
              <StaticCollectS3Endpoint>{Gateway.Address}</StaticCollectS3Endpoint>
            </PropertyGroup>
            <ItemGroup><PackageReference Include="StaticCollect.Build.S3" Version="*-*" /></ItemGroup>
            """);
        new Command("dotnet", "restore", _project, "-v:q", "-nologo").Run();
    }

    private string Collected => _workspace["uploaded"];

    private static RadosGateway Gateway => RadosGateway.Shared;

    /// <inheritdoc/>
    public void Dispose() => RadosGateway.End();

    /// <summary>Uploads everything, nothing and one file, by either, as often as is asked for; prints the least of each cost.</summary>
    public void Measure(int rounds)
    {
        Run("a build that does nothing", "ours", Build("Empty", ""));
        for (var round = 0; round < rounds; round++)
        {
            var (ours, theirs) = ($"ours-{round}", $"theirs-{round}");
            foreach (var bucket in new[] { ours, theirs })
                Aws("s3", "mb", $"s3://{bucket}").Run();
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
            var (wall, cpu, memory) = (row.Min(one => one.Costs.Wall), row.Min(one => one.Costs.Cpu), row.Min(one => one.Costs.Memory));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Key.What} | {row.Key.Who} | {row.Last().Requests} | {wall:F1} | {cpu:F1} | {memory:F0} |"));
        }
    }

    private static Dictionary<string, string> Credentials => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = RadosGateway.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = RadosGateway.SecretKey,
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private static Command Aws(params string[] arguments) =>
        new("/usr/bin/aws", ["--endpoint-url", Gateway.Address.AbsoluteUri, .. arguments]) { Environment = Credentials };

    private Command Build(string target, string bucket) =>
        new("dotnet", "msbuild", _project, "-nologo", "-v:q", $"-t:{target}", $"-p:StaticCollectUploadTo=s3://{bucket}") { Environment = Credentials };

    private void Collect() => Build("CollectStatic", "").Run();

    private void Both(string what, string ours, string theirs)
    {
        Run(what, "ours", Build("UploadStatic", ours));
        Run(what, "aws s3 sync", Aws("s3", "sync", "--only-show-errors", Collected, $"s3://{theirs}"));
    }

    private void Run(string what, string who, Command command)
    {
        var before = Gateway.Requests().Count;
        var costs = command.Measure();
        var requests = Gateway.Requests().Skip(before).GroupBy(method => method, StringComparer.Ordinal).OrderBy(method => method.Key, StringComparer.Ordinal);
        _rows.Add((what, who, string.Join(", ", requests.Select(method => $"{method.Count()} {method.Key}")), costs));
    }
}
