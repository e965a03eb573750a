namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>Runs <c>dotnet</c> so that file modes hold: to root every file is open, and tests often run as root.</summary>
public static class Unprivileged
{
    /// <summary>Collects by hand without restoring; must fail.</summary>
    public static CommandResult FailWithoutPrivileges(this TestProject project, params string[] arguments)
    {
        string[] dotnet = ["dotnet", .. Restored.Build("CollectStatic"), .. arguments];
        var result = Environment.IsPrivilegedProcess
            ? project.Run("setpriv", ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", .. dotnet])
            : project.Run(dotnet[0], dotnet[1..]);
        Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
        return result;
    }
}
