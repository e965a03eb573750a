using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging;

// Builds a target of a project, as 'dotnet msbuild' does: OldestHost PROJECT TARGET.
// The engine looks for its command-line program beside its tools; here the tools lie beside this one.
Environment.SetEnvironmentVariable("MSBUILD_EXE_PATH", typeof(Project).Assembly.Location);
Console.WriteLine($"MSBuild {ProjectCollection.Version} on {Environment.Version}");

using var projects = new ProjectCollection();
var request = new BuildRequestData(
    Path.GetFullPath(args[0]), new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase), toolsVersion: null, [args[1]], hostServices: null);
var parameters = new BuildParameters(projects) { Loggers = [new ConsoleLogger(LoggerVerbosity.Normal)] };
return BuildManager.DefaultBuildManager.Build(parameters, request).OverallResult == BuildResultCode.Success ? 0 : 1;
