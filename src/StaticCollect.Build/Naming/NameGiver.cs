using StaticCollect.Build.Content;
using StaticCollect.Build.References;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>
/// Gives names, component by component: a file's name follows from its final bytes, and those from the names of the
/// files that it refers to, which have theirs already.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="analyses">What reading each of them told.</param>
/// <param name="targets">For each file the target of each of its sites; -1 where there is none.</param>
/// <param name="isRenamed">Whether each file gets a name with a fingerprint.</param>
/// <param name="last">What the last run knew.</param>
/// <param name="neighbours">The files beside these that they refer to, see <see cref="Resolution.NeighbourOf"/>.</param>
/// <param name="given">The fingerprints that files have as long as nothing in them is rewritten, where somebody gave them.</param>
internal sealed class NameGiver(
    IReadOnlyList<StaticFile> files,
    IReadOnlyList<FileAnalysis> analyses,
    IReadOnlyList<int[]> targets,
    IReadOnlyList<bool> isRenamed,
    LastNaming last,
    IReadOnlyList<Neighbour> neighbours,
    IReadOnlyList<string>? given = null)
{
    private const int Digits = 12;

    private readonly FinalFile?[] _final = new FinalFile?[files.Count];
    private readonly int[]?[] _component = new int[]?[files.Count];

    /// <summary>What became of a file whose component is done.</summary>
    public FinalFile this[int file] => _final[file]!;

    /// <summary>What a file whose component is done is published as.</summary>
    public FileContent ContentOf(int file) => new(
        this[file].Hash,
        this[file].Length,
        this[file].IsRewritten
            ? new ByteSource.Edited(files[file].SourcePath, analyses[file].Hash, Edits(file))
            : new ByteSource.Source(files[file].SourcePath, analyses[file].Stamp));

    /// <summary>The nodes that must be done before a file: those whose name or bytes its own bytes depend on.</summary>
    public int[] DependenciesOf(int file)
    {
        if (targets[file].Length == 0)
            return [];
        var dependencies = new HashSet<int>();
        for (var i = 0; i < targets[file].Length; i++)
        {
            var target = targets[file][i];
            if (target >= 0 && (isRenamed[target] || analyses[file].Sites[i].IntegrityStart >= 0))
                dependencies.Add(target);
        }

        return [.. dependencies.Order()];
    }

    /// <summary>Names the files of one component.</summary>
    public void Name(int[] component)
    {
        foreach (var file in component)
            _component[file] = component;
        if (component.Length == 1 && targets[component[0]].Length == 0)
        {
            // Most files name no other: their name follows from their bytes alone.
            NameOne(component[0], key: default);
            return;
        }

        var isCycle = component.Length > 1 || DependenciesOf(component[0]).Contains(component[0]);
        var key = Key(component);
        if (component.All(file => last.FinalOf(files[file])?.Key == key))
        {
            foreach (var file in component)
                _final[file] = last.FinalOf(files[file]);
        }
        else if (isCycle)
        {
            NameCycle(component, key);
        }
        else
        {
            NameOne(component[0], key);
        }
    }

    private void NameOne(int file, Sha256 key)
    {
        var edits = Edits(file);
        var (hash, length) = edits.Count > 0 ? Rewrite(file, edits) : (analyses[file].Hash, analyses[file].Stamp.Length);
        var fingerprint = edits.Count == 0 && given is not null ? given[file] : hash.Digits(Digits);
        _final[file] = new FinalFile(key, fingerprint, hash, length, IsRewritten: edits.Count > 0);
    }

    private (Sha256 Hash, long Length) Rewrite(int file, List<Edit> edits)
    {
        var bytes = Edit.Apply(BytesOf(file), edits);
        return (Sha256.Of(bytes), bytes.Length);
    }

    private ReadOnlySpan<byte> BytesOf(int file) => ContentReader.ReadSource(files[file].SourcePath, analyses[file].Hash);

    /// <summary>
    /// The bytes of the members depend on their names and their names on the bytes. So the names are made of what does
    /// not: each text with the references out of the component final, and those inside it by logical path.
    /// </summary>
    private void NameCycle(int[] component, Sha256 key)
    {
        var inside = component.ToHashSet();
        var normal = component.Select(file => Normal(file, inside)).ToArray();
        var all = Sha256.OfTexts([.. component
            .Select((file, i) => (files[file].LogicalPath, Hash: normal[i].Hex))
            .OrderBy(member => member.LogicalPath, StringComparer.Ordinal)
            .SelectMany(member => new[] { member.LogicalPath, member.Hash })]);
        for (var i = 0; i < component.Length; i++)
        {
            var file = component[i];
            var fingerprint = Sha256.OfTexts(all.Hex, normal[i].Hex, files[file].LogicalPath).Digits(Digits);
            _final[file] = new FinalFile(key, fingerprint, analyses[file].Hash, analyses[file].Stamp.Length, IsRewritten: false);
        }

        foreach (var file in component)
        {
            if (Edits(file) is not { Count: > 0 } edits)
                continue;
            var (hash, length) = Rewrite(file, edits);
            _final[file] = _final[file]! with { Hash = hash, Length = length, IsRewritten = true };
        }
    }

    /// <summary>
    /// The hash of a member's text without the names that are not known yet. Where they are missing is part of it: a
    /// text in which such a path stands of itself is another one.
    /// </summary>
    private Sha256 Normal(int file, HashSet<int> inside)
    {
        var parts = new List<string>();
        var shift = 0;
        foreach (var edit in Edits(file, inside).OrderBy(edit => edit.Start))
        {
            if (edit.Text[0] == '[')
                parts.Add($"{edit.Start + shift}");
            shift += edit.Text.Length;
        }

        return Sha256.OfTexts([Sha256.Of(Edit.Apply(BytesOf(file), Edits(file, inside))).Hex, .. parts]);
    }

    private List<Edit> Edits(int file, HashSet<int>? inside = null)
    {
        var edits = new List<Edit>();
        for (var i = 0; i < targets[file].Length; i++)
        {
            var site = analyses[file].Sites[i];
            var target = targets[file][i];
            if (target < Resolution.Left)
            {
                var neighbour = neighbours[Resolution.NeighbourOf(target)];
                Rename(site, neighbour.Fingerprint);
                if (site.IntegrityStart >= 0 && neighbour.Rewritten.IsKnown)
                    edits.Add(new Edit(site.IntegrityStart, site.IntegrityLength, neighbour.Rewritten.Integrity));
                continue;
            }

            if (target == Resolution.Left)
                continue;
            if (isRenamed[target])
                Rename(site, inside?.Contains(target) == true ? $"[{files[target].LogicalPath}]" : _final[target]!.Fingerprint);

            // Bytes cannot hold a hash of themselves: inside a component what stands there is left.
            if (site.IntegrityStart >= 0 && _component[target] != _component[file] && _final[target] is { IsRewritten: true } final)
                edits.Add(new Edit(site.IntegrityStart, site.IntegrityLength, final.Hash.Integrity));
        }

        return edits;

        void Rename(ReferenceSite site, string name)
        {
            if (site.Standing is null)
                edits.Add(new Edit(site.InsertAt, 0, name[0] == '[' ? name : "." + name));
            else if (site.Standing != name)
                edits.Add(new Edit(site.InsertAt, site.Standing.Length, name));
        }
    }

    /// <summary>Everything that the final bytes and names of a component follow from.</summary>
    private Sha256 Key(int[] component)
    {
        var parts = new List<string>();
        var inside = component.ToHashSet();
        foreach (var file in component)
        {
            parts.Add(files[file].LogicalPath);
            parts.Add(analyses[file].Hash.Hex);
            for (var i = 0; i < targets[file].Length; i++)
            {
                var target = targets[file][i];
                if (target < Resolution.Left)
                    parts.Add(KeyOf(neighbours[Resolution.NeighbourOf(target)]));
                else if (target == Resolution.Left)
                    parts.Add("-");
                else if (inside.Contains(target))
                    parts.Add($"in {files[target].LogicalPath} {isRenamed[target]}");
                else
                    parts.Add(isRenamed[target] || analyses[file].Sites[i].IntegrityStart >= 0 ? $"{isRenamed[target]} {_final[target]!.Fingerprint} {_final[target]!.Hash} {_final[target]!.IsRewritten}" : "=");
            }
        }

        return Sha256.OfTexts([.. parts]);

        static string KeyOf(Neighbour neighbour) => $"out {neighbour.FingerprintedPath} {neighbour.Rewritten}";
    }
}
