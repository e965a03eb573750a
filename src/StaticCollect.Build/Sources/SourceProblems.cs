using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Says what is wrong with a source file: one code for one mistake, whoever stumbled on it.</summary>
internal static class SourceProblems
{
    /// <summary>The line for the user.</summary>
    public static Diagnostic Describe(SourceException e, CollectSettings settings)
    {
        var source = settings.Show(e.Path);
        return e.Problem switch
        {
            SourceProblem.Unreadable => Diagnostic.Error(Codes.Unreadable,
                $"The file '{source}' cannot be read: {Diagnostic.Reason(e)} Grant access to it, or leave it out with StaticCollectIgnore."),
            SourceProblem.Gone => Diagnostic.Error(Codes.SourceChanged,
                $"'{source}' went away while it was collected. Publish again once nothing writes to its folder."),
            _ => Diagnostic.Error(Codes.SourceChanged,
                $"'{source}' changed while it was collected. Publish again once nothing writes to it."),
        };
    }
}
