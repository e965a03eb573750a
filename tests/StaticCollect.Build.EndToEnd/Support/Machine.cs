namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>What a test needs of the machine it runs on.</summary>
public static class Machine
{
    /// <summary>Leaves a test out where the machine cannot run it; in continuous integration that is a failure.</summary>
    public static void Lacks(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(what);
        Assert.Ignore(what);
    }
}
