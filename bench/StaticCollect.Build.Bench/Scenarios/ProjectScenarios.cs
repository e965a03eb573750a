using System.Globalization;

namespace StaticCollect.Build.Bench.Scenarios;

/// <summary>What whole projects pay.</summary>
internal static class ProjectScenarios
{
    /// <summary>What reading a project costs, with the package and without.</summary>
    public static Scenario Evaluation(Workspace workspace)
    {
        var site = new Site(workspace, "evaluation");
        return new(
            "Evaluation of a project",
            [site.Evaluate("without the package", withPackage: false)],
            [site.Evaluate("with the package", withPackage: true) with { Beside = ["without the package"] }]);
    }

    /// <summary>A publish of what is built, with so many referenced projects, in the head of which the package is.</summary>
    public static Scenario References(Workspace workspace, int count)
    {
        foreach (var withPackage in new[] { true, false })
        {
            var group = withPackage ? "with" : "without";
            for (var i = 0; i < count; i++)
            {
                workspace.WriteProject($"references/{group}/Lib{i}/Lib{i}.csproj", withPackage: false, "<PropertyGroup><OutputType>Library</OutputType></PropertyGroup>");
                workspace.Write($"references/{group}/Lib{i}/Program.cs", $"namespace Lib{i}; public static class One;");
                Tree.Write(workspace[$"references/{group}/Lib{i}/static/lib{i}/a.css"], "a { color: red }"u8.ToArray());
            }

            var references = string.Concat(Enumerable.Range(0, count).Select(i => $"<ProjectReference Include=\"../Lib{i}/Lib{i}.csproj\" />"));
            var head = workspace.WriteProject($"references/{group}/Head/Head.csproj", withPackage, $"<ItemGroup>{references}</ItemGroup>");
            new Command("dotnet", "build", head, "-c", "Release", "-v:q", "-nologo").Run();
            Publish(group).Command(0).Run();
        }

        return new(
            string.Create(CultureInfo.InvariantCulture, $"{count} referenced projects, publish --no-build, nothing to do"),
            [Publish("without")],
            [Publish("with") with { Beside = ["without"], Goal = "0.05 s more" }]);

        Row Publish(string group) => new(group, _ => new("dotnet", "publish", workspace[$"references/{group}/Head/Head.csproj"], "--no-build", "-v:q", "-nologo"));
    }

    /// <summary>As many references that lead nowhere as files.</summary>
    public static Scenario BrokenReferences(Workspace workspace, int[] counts)
    {
        var lanes = new List<Row[]> { new[] { new Site(workspace, "broken-none").Empty } };
        foreach (var count in counts)
        {
            var site = new Site(workspace, $"broken-{count}");
            for (var i = 0; i < count; i++)
                Tree.Write(Path.Combine(site.Sources, $"s{i}.css"), System.Text.Encoding.UTF8.GetBytes($".a {{ background: url(picture{i}x.png) }}\n"));
            var name = count.ToString("N0", CultureInfo.InvariantCulture);
            lanes.Add(
            [
                site.Collect($"{name}, fresh", "hashed", "-p:StaticCollectFingerprint=true", "-clp:ErrorsOnly"),
                site.Collect($"{name}, nothing to do", "hashed", "-p:StaticCollectFingerprint=true", "-clp:ErrorsOnly"),
            ]);
        }

        return new("References that lead nowhere, one in each file", [.. lanes]);
    }

    /// <summary>A whole publish of a web app with so many files: the SDK's static web assets, and ours with endpoints for the same.</summary>
    public static Scenario WebApp(Workspace workspace, int count, bool isCompressed)
    {
        var name = $"web-{count}";
        var rows = new List<Row[]>();
        foreach (var (row, folder) in new[] { ("no files", ""), ("the SDK's static web assets", "wwwroot"), ("ours, with endpoints", "static") })
        {
            var group = folder.Length == 0 ? "none" : folder;
            var isOurs = folder == "static";
            var project = workspace.WriteProject($"{name}/{group}/Web.csproj", isOurs, $"""
                <PropertyGroup>
                  <EnableDefaultItems>true</EnableDefaultItems>
                  <CompressionEnabled>{isCompressed}</CompressionEnabled>
                  <StaticCollectFingerprint>true</StaticCollectFingerprint>
                  <StaticCollectCompress>{(isCompressed ? "gzip;br" : "")}</StaticCollectCompress>
                </PropertyGroup>
                """, "Microsoft.NET.Sdk.Web");
            File.WriteAllText(project, File.ReadAllText(project).Replace("""<Compile Include="Program.cs" />""", "", StringComparison.Ordinal));
            if (folder.Length > 0)
                Tree.Write(workspace[$"{name}/{group}/{folder}"], count);
            new Command("dotnet", "restore", project, "-v:q", "-nologo").Run();
            rows.Add([new(row, round => new("dotnet", "publish", project, "--no-restore", "-v:q", "-nologo",
                $"-p:IntermediateOutputPath={workspace.Round(round, $"{name}/{group}-obj")}/",
                $"-p:OutDir={workspace.Round(round, $"{name}/{group}-bin")}/",
                $"-p:StaticCollectCacheDirectory={workspace.Round(round, $"{name}/{group}-cache")}/",
                "-o", workspace.Round(round, $"{name}/{group}")))
            {
                NetOf = folder.Length == 0 ? null : "no files",
                Beside = isOurs ? ["the SDK's static web assets"] : [],
                Goal = isOurs ? "half of the SDK's" : "",
            }]);
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"A web app with {count:N0} files{(isCompressed ? ", with gzip and Brotli" : "")}"), [.. rows]);
    }
}
