using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>The difference of two releases for programs: JSON with a line for each change, in ordinal order of logical path.</summary>
internal static class DifferenceJson
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes, in UTF-8.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="before">The release before.</param>
    /// <param name="after">The other one.</param>
    public static byte[] Format(ReleaseDifference difference, PastRelease before, PastRelease after)
    {
        var head = Json(json =>
        {
            json.WriteNumber("version", Version);
            Write(json, "before", before);
            Write(json, "after", after);
            json.WriteNumber("again", difference.Again);
            json.WriteNumber("new", difference.New);
            json.WriteStartArray("costs");
            foreach (var cost in difference.Costs)
            {
                json.WriteStartObject();
                json.WriteString("logicalPath", cost.LogicalPath);
                json.WriteNumber("files", cost.Files);
                json.WriteNumber("bytes", cost.Bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        var lines = difference.Changes.Select(change => Json(json => Write(json, change)));
        return Encoding.UTF8.GetBytes($"{head[..^1]},\"changes\":[\n{string.Join(",\n", lines)}\n]}}\n");
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, PastRelease release)
    {
        json.WriteStartObject(name);
        json.WriteString("id", release.Id);
        if (release.Number > 0)
            json.WriteNumber("number", release.Number);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FileChange change)
    {
        json.WriteString("logicalPath", change.LogicalPath);
        json.WriteString("change", change.Kind.ToString());
        Write(json, "before", change.Before);
        Write(json, "after", change.After);
        json.WriteStartArray("chain");
        foreach (var path in change.Chain)
            json.WriteStringValue(path);
        json.WriteEndArray();
        json.WriteNumber("again", change.Again);
    }

    private static void Write(Utf8JsonWriter json, string name, PublishedForms? forms)
    {
        if (forms is null)
            return;
        json.WriteStartObject(name);
        json.WriteString("path", forms.File.Path);
        json.WriteBoolean("plainName", forms.HasPlainName);
        json.WriteString("source", forms.File.Origin.SourcePath);
        json.WriteString("cache", forms.File.Cache.ToString());
        json.WriteNumber("length", forms.File.Content.Length);
        json.WriteStartObject("encodings");
        foreach (var encoding in forms.Encodings)
            json.WriteNumber(encoding.Encoding!.Name, encoding.Content.Length);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
