using System.Runtime.InteropServices;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace StaticCollect.Build.Tests.Support;

/// <summary>Leaves a test out where the Windows is Wine's, which lacks something that the real one has. On Windows it runs.</summary>
/// <param name="reason">What it lacks.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NotUnderWineAttribute(string reason) : NUnitAttribute, IApplyToTest
{
    /// <summary>Whether this runs under Wine.</summary>
    public static bool IsWine { get; } =
        OperatingSystem.IsWindows() && NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll.dll"), "wine_get_version", out _);

    /// <inheritdoc/>
    public void ApplyToTest(Test test)
    {
        if (!IsWine || test.RunState == RunState.NotRunnable)
            return;
        test.RunState = RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, $"Wine: {reason}");
    }
}
