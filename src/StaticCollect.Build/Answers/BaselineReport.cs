using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Answers;

/// <summary>Tells what a baseline says that does not hold any more: in a line for each package that is another now, and one for the rest.</summary>
internal static class BaselineReport
{
    private const string Reference = "reference";
    private const string Cure = "write it anew with dotnet build -t:WriteStaticBaseline.";

    /// <summary>Tells.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="now">Every reference that leads nowhere now.</param>
    public static IEnumerable<Diagnostic> Of(CollectSettings settings, Baseline baseline, IReadOnlyCollection<LostReference> now)
    {
        var file = settings.Show(settings.BaselinePath);
        var keys = now.Select(Baseline.Key).ToHashSet();
        var gone = baseline.Entries.Where(entry => IsLookedFor(entry, settings) && !keys.Contains(Baseline.Key(entry))).ToList();
        foreach (var package in now.Where(baseline.IsOfAnotherVersion).GroupBy(reference => (reference.Package, reference.Version)).OrderBy(group => group.Key.Package, StringComparer.Ordinal))
        {
            var (name, version) = package.Key;
            var known = string.Join(", ", baseline.Entries.Where(entry => entry.Package == name).Select(entry => entry.Version).Distinct(StringComparer.Ordinal));
            var added = package.Where(reference => !baseline.Knows(reference)).Distinct().ToList();
            var left = gone.RemoveAll(entry => entry.Package == name);
            var (lead, are, were) = (added.Count == 1 ? "leads" : "lead", added.Count == 1 ? "is" : "are", left == 1 ? "is" : "are");
            yield return added.Count + left == 0
                ? Told(Severity.Message, $"The baseline '{file}' knows '{name}' {known}, and it is {version} now; the same references lead nowhere. When you like, {Cure}")
                : Told(Severity.Warning, $"The baseline '{file}' knows '{name}' {known}, and it is {version} now: {Wording.Count(added.Count, Reference)} that {lead} nowhere {are} new{Example(added)}, and {left} of before {were} no more. Look at them, and {Cure}");
        }

        if (gone.Count > 0)
        {
            var (others, lead) = gone.Count == 1 ? ("", "leads") : ($" and {gone.Count - 1} more", "lead");
            yield return Told(Severity.Warning, $"The baseline '{file}' knows '{gone[0].Reference}' in '{gone[0].Source}'{others}, which {lead} nowhere no more. So that nothing hides there, {Cure}");
        }
    }

    // What nobody looks for is not gone.
    private static bool IsLookedFor(LostReference entry, CollectSettings settings) =>
        Path.GetExtension(entry.Source) is ".cshtml" or ".razor" ? settings.Views is not null
        : settings.Fingerprint is { MissingReference: not MissingReferencePolicy.Ignore } || settings.WebRoot is { Mode: WebRootMode.InPlace, Rules.MissingReference: not MissingReferencePolicy.Ignore };

    private static string Example(List<LostReference> added) => added.Count == 0 ? "" : $" ('{added[0].Reference}' in '{added[0].Source}')";

    private static Diagnostic Told(Severity severity, string text) => new(Codes.BaselineOutdated, severity, text);
}
