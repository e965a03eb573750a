using System.Globalization;
using StaticCollect.Build.Content;
using StaticCollect.Build.Emitters.Servers;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Answers;

/// <summary>An explanation in words.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="places">Where files name others.</param>
internal sealed class ExplanationText(CollectSettings settings, ILookup<string, ReferencePlace> places)
{
    /// <summary>The lines, the first of which names the file.</summary>
    public IEnumerable<string> Lines(Explanation file)
    {
        yield return Head(file);
        foreach (var line in file.Offers?.Lines(settings) ?? [])
            yield return line;
        if (file.WhyNoFile is not null)
            yield return $"  {file.WhyNoFile}";
        foreach (var line in file.Forms is { } forms ? Published(forms, file) : [])
            yield return line;
        foreach (var problem in file.Problems)
            yield return $"  {problem.Code} in line {problem.Line}, column {problem.Column}: {problem.Text}";
        if (file.Age is { } age)
            yield return $"  {Since(age)}";
    }

    private IEnumerable<string> Published(PublishedForms forms, Explanation file) =>
    [
        Bytes(forms),
        Encodings(forms),
        .. Cache(forms, file),
        .. Places("Refers to", file.RefersTo, place => place.To),
        .. Places("Referred to by", file.ReferredToBy, place => place.From),
    ];

    private static string Head(Explanation file) =>
        file.Offers is null ? $"'{file.LogicalPath}' is not collected any more:"
        : file.Forms is not { } forms ? $"'{file.LogicalPath}':"
        : forms.File.Path == file.LogicalPath ? $"'{file.LogicalPath}' is published under its own name:"
        : $"'{file.LogicalPath}' is published as '{forms.File.Path}'{(forms.HasPlainName ? " and under its own name" : "")}:";

    private static string Bytes(PublishedForms forms)
    {
        var content = forms.File.Content;
        var exactly = content.Length < 1000 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({content.Length:N0} bytes)");
        var rewritten = forms.File.RewrittenFrom.IsKnown ? "; references in it are rewritten" : "";
        return $"  {Diagnostics.Wording.Size(content.Length)}{exactly} of {forms.File.MediaType}, integrity {content.Hash.Integrity}{rewritten}.";
    }

    private string Encodings(PublishedForms forms)
    {
        var length = forms.File.Content.Length;
        return forms.Encodings.Count > 0
            ? $"  Sent as {string.Join(", ", forms.Encodings.Select(Encoded))}."
            : $"  Sent without an encoding: {WhyNone(settings.Compression, forms)}.";

        string Encoded(Releases.ReleaseFile encoding) => string.Create(CultureInfo.InvariantCulture,
            $"{encoding.Encoding!.Name} in {Diagnostics.Wording.Size(encoding.Content.Length)}, which saves {100 * (length - encoding.Content.Length) / length} %");
    }

    private static string WhyNone(CompressionSettings? rules, PublishedForms forms) =>
        rules is null ? "StaticCollectCompress names none"
        : rules.SkipExtensions.Contains(Path.GetExtension(forms.File.LogicalPath)) ? "files of this type are not compressed (StaticCollectCompressSkip)"
        : !rules.Includes(forms.File.LogicalPath, forms.File.Content.Length) ? "it is too short, or too long"
        : string.Create(CultureInfo.InvariantCulture, $"none saves {rules.MinimumSaving} % (StaticCollectCompressMinimumSaving)");

    private IEnumerable<string> Cache(PublishedForms forms, Explanation file)
    {
        if (forms.File.Cache == CachePolicy.Immutable)
            yield return $"  Cache-Control of '{forms.File.Path}' is '{ServedFiles.ForEver}': {WhyForEver(forms, file)}.";
        if (forms.File.Cache == CachePolicy.Revalidate || (forms.File.Path != forms.File.LogicalPath && forms.HasPlainName))
            yield return $"  Cache-Control of '{forms.File.LogicalPath}' is '{ServedFiles.AskFirst}': {WhyAsked(forms)}.";
    }

    private string WhyForEver(PublishedForms forms, Explanation file) =>
        forms.File.Fingerprint is not null ? "other bytes get another name"
        : file.Witness is { } manifest ? $"'{settings.Show(manifest)}' tells that its name holds a hash"
        : file.Offers?.Winner.IsNamedByHash == true ? "its name holds the SDK's fingerprint"
        : "StaticCollectAlreadyFingerprinted tells that its name holds a hash";

    private string WhyAsked(PublishedForms forms) =>
        forms.File.Fingerprint is not null ? "other bytes come under the same name"
        : settings.Fingerprint is not { } rules ? "StaticCollectFingerprint is off, and other bytes come under the same name"
        : rules.WhyKept(forms.File.LogicalPath) is { } kept ? $"it keeps its name, by the pattern '{kept.Pattern}', and other bytes come under the same name"
        : "it keeps its name beside the script that it is the map of, and other bytes come under the same name";

    private IEnumerable<string> Places(string what, IReadOnlyList<ReferencePlace> found, Func<ReferencePlace, string> other) =>
        found.Count == 0
            ? [$"  {what} no file."]
            : [$"  {what}:", .. found.Select(place => $"    '{other(place)}' at {At(place)}")];

    private string At(ReferencePlace place) => string.Create(CultureInfo.InvariantCulture, $"{settings.Show(place.SourcePath)}({place.Line},{place.Column})");

    private string Since(Age age)
    {
        if (age.Before is null)
            return $"The same in every release that is known, back to {age.Since}.";
        var change = age.Change!;
        if (change.Before is not { } was)
            return $"New in {age.Since}.";
        if (change.After is not { } becomes)
            return $"Removed in {age.Since}; in {age.Before} it was '{was.File.Path}'.";
        var why = change.Kind == ChangeKind.Follows
            ? DifferenceText.Why(change, age.Difference!, (from, to) => places[from].FirstOrDefault(place => place.To == to) is { } place ? $" at {At(place)}" : "")
            : $"it {DifferenceText.Fate(change.Kind)}";
        var name = was.File.Path == becomes.File.Path ? "" : $" In {age.Before} it was '{was.File.Path}'.";
        return $"Changed in {age.Since}: {why}.{name}";
    }
}
