using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>
/// What the last run knew, on disk: one compact file for each static root, below <c>obj</c>. One that is missing, damaged or
/// of another version reads as <see cref="LastRun.None"/>, which makes the next run do everything.
/// </summary>
internal static class LastRunFile
{
    // Any change of the format, or of what a run writes for the same settings, takes a new number.
    private const string Version = "StaticCollect.LastRun.4";

    /// <summary>Reads it.</summary>
    public static LastRun Read(string path) => RecordStream.Read(path, Version, Parse) ?? LastRun.None;

    /// <summary>Writes it, unless it is already there as it is.</summary>
    public static void Write(string path, LastRun run) => RecordStream.Write(path, Version, writer => Format(run, writer));

    private static void Format(LastRun run, BinaryWriter writer)
    {
        var texts = new TextWriter(writer);
        run.Inputs.Write(writer);
        List(writer, run.Release.Files, file => Format(file, writer, texts));
        List(writer, run.Diagnostics, diagnostic =>
        {
            writer.Write(diagnostic.Code);
            writer.Write((byte)diagnostic.Severity);
            writer.Write(diagnostic.Text);
            writer.Write(diagnostic.File ?? "");
            writer.Write7BitEncodedInt(diagnostic.Line);
            writer.Write7BitEncodedInt(diagnostic.Column);
            writer.Write(diagnostic.Lost is not null);
            if (diagnostic.Lost is { } lost)
                Format(lost, writer);
        });
        List(writer, run.Entries, entry =>
        {
            texts.Write(entry.Path);
            writer.Write((byte)entry.Kind);
            entry.Hash.Write(writer);
            RecordStream.Write(writer, entry.Stamp);
            texts.Write(entry.Target);
        });
        List(writer, run.Siblings, sibling =>
        {
            writer.Write(sibling.Path);
            RecordStream.Write(writer, sibling.Stamp);
            sibling.Original.Write(writer);
        });
        List(writer, run.Comparisons, comparison =>
        {
            writer.Write(comparison.PathA);
            RecordStream.Write(writer, comparison.StampA);
            writer.Write(comparison.PathB);
            RecordStream.Write(writer, comparison.StampB);
            writer.Write(comparison.Equal);
        });
        List(writer, run.Emitted, emitted =>
        {
            writer.Write(emitted.Path);
            RecordStream.Write(writer, emitted.Stamp);
        });
    }

    private static LastRun Parse(BinaryReader reader)
    {
        var texts = new TextReader(reader);
        return new LastRun
        {
            Inputs = Sha256.Read(reader),
            Release = new Release(List(reader, () => ReadFile(reader, texts))),
            Diagnostics = List(reader, () => new Diagnostic(
                reader.ReadString(),
                (Severity)reader.ReadByte(),
                reader.ReadString(),
                reader.ReadString() is { Length: > 0 } file ? file : null,
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt())
            {
                Lost = reader.ReadBoolean() ? new LostReference(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString()) : null,
            }),
            Entries = List(reader, () => new RootEntry(
                texts.Read(), (EntryKind)reader.ReadByte(), Sha256.Read(reader), RecordStream.ReadStamp(reader), texts.Read())),
            Siblings = List(reader, () => new CheckedSibling(reader.ReadString(), RecordStream.ReadStamp(reader), Sha256.Read(reader))),
            Comparisons = List(reader, () => new Comparison(
                reader.ReadString(), RecordStream.ReadStamp(reader), reader.ReadString(), RecordStream.ReadStamp(reader), reader.ReadBoolean())),
            Emitted = List(reader, () => new EmittedFile(reader.ReadString(), RecordStream.ReadStamp(reader))),
        };
    }

    private static void Format(LostReference lost, BinaryWriter writer)
    {
        writer.Write(lost.Package);
        writer.Write(lost.Version);
        writer.Write(lost.Source);
        writer.Write(lost.Reference);
    }

    private static void Format(ReleaseFile file, BinaryWriter writer, TextWriter texts)
    {
        texts.Write(file.Path);
        texts.Write(file.LogicalPath);
        writer.Write((byte)file.Role);
        file.Content.Hash.Write(writer);
        writer.Write7BitEncodedInt64(file.Content.Length);
        writer.Write((byte)file.Cache);
        writer.Write((sbyte)(file.Origin.Finder is { } finder ? (int)finder : -1));
        texts.Write(file.Origin.App);
        texts.Write(file.Origin.SourcePath);
        texts.Write(file.Encoding?.Name ?? "");
        writer.Write(file.Fingerprint ?? "");
        writer.Write(file.HasWindowsLineEnds);
        writer.Write(file.RewrittenFrom.IsKnown);
        if (file.RewrittenFrom.IsKnown)
            file.RewrittenFrom.Write(writer);
        List(writer, file.References, texts.WriteText);
        List(writer, file.Missing, texts.WriteMissing);
    }

    private static ReleaseFile ReadFile(BinaryReader reader, TextReader texts) => new(
        texts.Read(),
        texts.Read(),
        (Role)reader.ReadByte(),
        new FileContent(Sha256.Read(reader), reader.Read7BitEncodedInt64(), ByteSource.Stored.Instance),
        (CachePolicy)reader.ReadByte(),
        new Origin(reader.ReadSByte() is >= 0 and var finder ? (FinderKind)finder : null, texts.Read(), texts.Read()))
    {
        Encoding = texts.Read() is { Length: > 0 } encoding ? ContentEncodings.Find(encoding) : null,
        Fingerprint = reader.ReadString() is { Length: > 0 } fingerprint ? fingerprint : null,
        HasWindowsLineEnds = reader.ReadBoolean(),
        RewrittenFrom = reader.ReadBoolean() ? Sha256.Read(reader) : default,
        References = List(reader, texts.ReadText),
        Missing = List(reader, texts.ReadMissing),
    };

    private static void List<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<T> write)
    {
        writer.Write7BitEncodedInt(items.Count);
        foreach (var item in items)
            write(item);
    }

    private static T[] List<T>(BinaryReader reader, Func<T> read)
    {
        var count = RecordStream.ReadCount(reader);
        if (count == 0)
            return [];
        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
            items[i] = read();
        return items;
    }

    /// <summary>Writes each text once, and its number from then on: forms of one file share most of theirs.</summary>
    private sealed class TextWriter
    {
        private readonly BinaryWriter _writer;
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public TextWriter(BinaryWriter writer)
        {
            _writer = writer;
            WriteText = Write;
            WriteMissing = Write;
        }

        // Each file has lists of these: they share one delegate.
        public Action<string> WriteText { get; }

        public Action<MissingReference> WriteMissing { get; }

        public void Write(string text)
        {
            if (_known.TryGetValue(text, out var number))
            {
                _writer.Write7BitEncodedInt(number);
                return;
            }

            _writer.Write7BitEncodedInt(_known.Count);
            _writer.Write(text);
            _known.Add(text, _known.Count);
        }

        private void Write(MissingReference reference)
        {
            Write(reference.Url);
            Write(reference.Path);
            _writer.Write7BitEncodedInt(reference.Line);
            _writer.Write7BitEncodedInt(reference.Column);
        }
    }

    /// <summary>Reads what a <see cref="TextWriter"/> wrote.</summary>
    private sealed class TextReader
    {
        private readonly BinaryReader _reader;
        private readonly List<string> _known = [];

        public TextReader(BinaryReader reader)
        {
            _reader = reader;
            ReadText = Read;
            ReadMissing = () => new MissingReference(Read(), Read(), _reader.Read7BitEncodedInt(), _reader.Read7BitEncodedInt());
        }

        // Each file has lists of these: they share one delegate.
        public Func<string> ReadText { get; }

        public Func<MissingReference> ReadMissing { get; }

        public string Read()
        {
            var number = _reader.Read7BitEncodedInt();
            if (number == _known.Count)
                _known.Add(_reader.ReadString());
            return _known[number];
        }
    }
}
