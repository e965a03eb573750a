using System.Diagnostics;
using System.Reflection;

namespace StaticCollect.Build.Diagnostics;

/// <summary>Says that something went wrong that nobody foresaw: a mistake in this package, and none of the user's.</summary>
internal static class Fault
{
    /// <summary>The line for the user: whose fault it is, what to report, and where the rest stands.</summary>
    public static Diagnostic Describe(Exception exception) => Diagnostic.Error(
        Codes.Fault,
        $"StaticCollect.Build {Version} has failed over a fault of its own, {exception.GetType().Name} in {Place(exception)}: {Diagnostic.Reason(exception)} You did nothing wrong: please report this line to the authors of the package, with what a publish with -v:detailed shows behind it.");

    private static string Version => typeof(Fault).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The innermost method of ours that the exception came through.</summary>
    private static string Place(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && type.Assembly == typeof(Fault).Assembly)
                return $"{type.Name}.{method.Name}";
        }

        return "code of others";
    }
}
