using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Says what is wrong with a source file: one code for one mistake, whoever stumbled on it.</summary>
internal static class SourceProblems
{
    /// <summary>Says that something among the sources is neither a file nor a folder: reading it would never end, or do something.</summary>
    public static Diagnostic NoFile(string path, string app, CollectSettings settings) => Diagnostic.Warning(Codes.NoFile,
        $"'{settings.Show(path)}' of '{app}' is a pipe, a socket or a device, or a link to one, and is left out: only files are collected. Move or delete it, or leave it out with StaticCollectIgnore.");

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
