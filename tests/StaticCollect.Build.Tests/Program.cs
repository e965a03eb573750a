using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace StaticCollect.Build.Tests;

/// <summary>
/// Runs tests of this assembly without the test platform, which does not run everywhere the tests do:
/// <c>dotnet StaticCollect.Build.Tests.dll NAMESPACE...</c>, or names of fixtures. A line for each test, then the totals.
/// </summary>
internal static class Program
{
    private static int Main(string[] names)
    {
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        var options = new Dictionary<string, object>(StringComparer.Ordinal);
        if (names.Length > 0)
            options["LOAD"] = names.ToList();
        runner.Load(typeof(Program).Assembly, options);
        var result = runner.Run(new Listener(), TestFilter.Empty);
        Console.WriteLine($"{result.PassCount} passed, {result.FailCount} failed, {result.SkipCount} skipped, {GC.CollectionCount(0)} collections of garbage");
        return result.FailCount + result.InconclusiveCount == 0 ? 0 : 1;
    }

    private sealed class Listener : ITestListener
    {
        public void TestStarted(ITest test)
        {
            if (!test.IsSuite)
                Say($"Started {test.FullName}");
        }

        public void TestFinished(ITestResult result)
        {
            if (!result.Test.IsSuite || (result.ResultState.Status == TestStatus.Failed && result.ResultState.Site is FailureSite.SetUp or FailureSite.TearDown))
                Say($"{result.ResultState.Status} {result.Test.FullName} {result.Duration:0.00}s {result.Message?.ReplaceLineEndings(" | ")} {(result.ResultState.Status == TestStatus.Failed ? result.StackTrace?.ReplaceLineEndings(" | ") : "")}");
        }

        public void TestOutput(TestOutput output)
        {
            // What a test prints is for whoever looks at it by itself.
        }

        public void SendMessage(TestMessage message)
        {
            // The same.
        }

        private static void Say(string line)
        {
            Console.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
