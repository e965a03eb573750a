namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>What the servers of the tests ask of this machine.</summary>
internal static class Machine
{
    /// <summary>Ends the program where something is missing.</summary>
    public static void Lacks(string what) => throw new InvalidOperationException(what);
}
