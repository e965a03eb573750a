using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers.Report;

/// <summary>
/// The report as the page reads it (<c>src/report/page/release.js</c>): JSON in which a file is its number, and a row of values
/// where names of members would be most of it. No text in it can end the element that it stands in, or begin one.
/// </summary>
internal sealed class ReportJson
{
    // All letters as they are, but not < and & and what else has a meaning in HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ReleaseReport _report;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, int> _numbers;
    private readonly IReadOnlyList<int> _forms;

    private ReportJson(ReleaseReport report, Utf8JsonWriter json)
    {
        (_report, _json) = (report, json);
        _numbers = report.Files.ToDictionary(file => file.LogicalPath, file => file.Number, StringComparer.Ordinal);
        _forms = [0, .. Enumerable.Range(1, ContentEncodings.All.Count).Where(i => report.Encodings.Contains(ContentEncodings.All[i - 1]))];
    }

    /// <summary>The bytes, in UTF-8.</summary>
    public static byte[] Format(ReleaseReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
            new ReportJson(report, json).Write();
        return stream.ToArray();
    }

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteString("project", _report.Project);
        _json.WriteString("url", _report.Url);
        Write("release", _report.Release);
        if (_report.Before is { } before)
            Write("before", before);
        List("encodings", _report.Encodings, encoding => _json.WriteStringValue(encoding.Name));
        Row("kept", () =>
        {
            _json.WriteNumberValue(_report.Kept.Count);
            _json.WriteNumberValue(_report.Kept.Sum(file => file.Content.Length));
        });
        WriteFiles();
        _json.WritePropertyName("byApp");
        Write(_report.ByApp);
        _json.WritePropertyName("byFolder");
        Write(_report.ByFolder);
        WriteFindings();
        if (_report.Difference is { } difference)
            Write(difference);
        _json.WriteEndObject();
    }

    private void Write(string name, PastRelease release)
    {
        _json.WriteStartObject(name);
        _json.WriteString("id", release.Id);
        if (release.Number > 0)
            _json.WriteNumber("number", release.Number);
        _json.WriteEndObject();
    }

    private void WriteFiles()
    {
        var bringers = new Numbering<Bringer>();
        var types = new Numbering<string>();
        List("files", _report.Files, file => Row(() =>
        {
            _json.WriteStringValue(file.LogicalPath);
            _json.WriteNumberValue(bringers.Of(file.Bringer));
            _json.WriteNumberValue(types.Of(file.File.MediaType));
            Bytes(file.Sizes, withAll: file.Forms.Encodings.Count > 0);
            _json.WriteStringValue(file.File.Fingerprint ?? "");
            _json.WriteNumberValue((file.File.Cache == CachePolicy.Immutable ? 1 : 0) + (file.Forms.HasPlainName ? 2 : 0));
            foreach (var reference in file.File.References.Where(_numbers.ContainsKey))
                _json.WriteNumberValue(_numbers[reference]);
        }));
        List("bringers", bringers.All, bringer => Row(() =>
        {
            _json.WriteStringValue(bringer.Finder.ToString());
            _json.WriteStringValue(bringer.App);
            _json.WriteStringValue(bringer.Source);
            _json.WriteStringValue(bringer.Prefix);
        }));
        List("types", types.All, _json.WriteStringValue);
    }

    private void Write(SizeNode node) => Row(() =>
    {
        _json.WriteStringValue(node.Name);
        _json.WriteStringValue(node.Finder);
        _json.WriteNumberValue(node.Count);
        Bytes(node.Sizes, withAll: true);
        Row(() =>
        {
            foreach (var folder in node.Folders)
                Write(folder);
        });
        Numbers(node.Files);
    });

    private void WriteFindings()
    {
        List("missing", _report.Files.SelectMany(file => file.File.Missing.Select(reference => (file, reference))), missing => Row(() =>
        {
            _json.WriteNumberValue(missing.file.Number);
            _json.WriteStringValue(missing.reference.Url);
            _json.WriteStringValue(missing.reference.Path);
            _json.WriteNumberValue(missing.reference.Line);
            _json.WriteNumberValue(missing.reference.Column);
        }));
        List("duplicates", _report.Duplicates, duplicates => Row(() =>
        {
            _json.WriteNumberValue(duplicates.Wasted);
            Numbers(duplicates.Files);
        }));
        List("libraries", _report.Libraries, library => Row(() =>
        {
            _json.WriteStringValue(library.Name);
            foreach (var (version, files) in library.Versions)
            {
                _json.WriteStringValue(version);
                Numbers(files);
            }
        }));
        _json.WritePropertyName("largest");
        Numbers(_report.Largest);
        _json.WritePropertyName("uncompressed");
        Numbers(_report.Uncompressed);
        _json.WritePropertyName("unreferenced");
        Numbers(_report.Unreferenced);
        List("notes", _report.Notes, note =>
        {
            _json.WriteStartObject();
            _json.WriteString("title", note.Title);
            _json.WriteString("about", note.About);
            List("lines", note.Lines, _json.WriteStringValue);
            _json.WriteEndObject();
        });
    }

    private void Write(ReleaseDifference difference)
    {
        _json.WriteStartObject("difference");
        _json.WriteNumber("again", difference.Again);
        _json.WriteNumber("new", difference.New);
        List("costs", difference.Costs, cost => Row(() =>
        {
            _json.WriteStringValue(cost.LogicalPath);
            _json.WriteNumberValue(cost.Files);
            _json.WriteNumberValue(cost.Bytes);
        }));
        List("changes", difference.Changes, change => Row(() =>
        {
            _json.WriteStringValue(change.LogicalPath);
            _json.WriteStringValue(change.Kind.ToString());
            _json.WriteNumberValue(change.Before?.File.Content.Length ?? 0);
            _json.WriteNumberValue(change.After?.File.Content.Length ?? 0);
            _json.WriteNumberValue(change.Again);
            foreach (var path in change.Chain.Skip(1))
                _json.WriteStringValue(path);
        }));
        _json.WriteEndObject();
    }

    // A file without encodings weighs the same in each.
    private void Bytes(Sizes sizes, bool withAll) => Row(() =>
    {
        foreach (var form in withAll ? _forms : [0])
            _json.WriteNumberValue(sizes.Bytes[form]);
    });

    private void Numbers(IReadOnlyList<ReportedFile> files) => Row(() =>
    {
        foreach (var file in files)
            _json.WriteNumberValue(file.Number);
    });

    private void List<T>(string name, IEnumerable<T> items, Action<T> write) => Row(name, () =>
    {
        foreach (var item in items)
            write(item);
    });

    private void Row(string name, Action write)
    {
        _json.WritePropertyName(name);
        Row(write);
    }

    private void Row(Action write)
    {
        _json.WriteStartArray();
        write();
        _json.WriteEndArray();
    }

    /// <summary>Values that come again and again, each with the number of its first coming.</summary>
    private sealed class Numbering<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> _known = [];
        private readonly List<T> _all = [];

        public IReadOnlyList<T> All => _all;

        public int Of(T value)
        {
            if (_known.TryAdd(value, _all.Count))
                _all.Add(value);
            return _known[value];
        }
    }
}
