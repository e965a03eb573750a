using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Emitters;

/// <summary>
/// The headers of a file in development, in the form that <c>StaticWebAssetEndpoint</c> items have. ASP.NET Core sends those
/// of the file as it is now wherever it takes the file for changed; but it compares what a browser has with what is told
/// here, and would answer 304 to one that has the file as it was built. So what is told here is what no browser has, and
/// no time of a file: each answer is the file, with its own length, time and hash.
/// </summary>
internal static class DevelopmentHeaders
{
    private const string Later = "Fri, 31 Dec 9999 23:59:59 GMT";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The headers of a file.</summary>
    public static string Of(StaticFile file)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartArray();
            Write(json, "Cache-Control", "no-cache");
            Write(json, "Content-Length", file.Stamp.Length.ToString(CultureInfo.InvariantCulture));
            Write(json, "Content-Type", MediaTypes.Header(MediaTypes.Of(file.LogicalPath)));
            Write(json, "ETag", string.Create(CultureInfo.InvariantCulture, $"\"{file.Stamp.Ticks:x}-{file.Stamp.Length:x}\""));
            Write(json, "Last-Modified", Later);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("Name", name);
        json.WriteString("Value", value);
        json.WriteEndObject();
    }
}
