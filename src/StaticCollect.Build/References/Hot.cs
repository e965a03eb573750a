using System.Runtime.CompilerServices;

namespace StaticCollect.Build.References;

/// <summary>
/// How what runs once for each byte or token is compiled. A build is over before the runtime has watched such code and made it
/// fast, and the watching takes longer than the work: half a second with ten thousand files.
/// </summary>
internal static class Hot
{
    /// <summary>Made fast when it is first called, some milliseconds for all that read one language.</summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization;

    /// <summary>A part of whatever calls it.</summary>
    public const MethodImplOptions Step = MethodImplOptions.AggressiveInlining;
}
