using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>JSON that people read and compare: an object whose last member is an array with a line for each element.</summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes, in UTF-8.</summary>
    /// <param name="head">Writes the members before the array.</param>
    /// <param name="name">Name of the array.</param>
    /// <param name="elements">Its elements.</param>
    /// <param name="write">Writes the members of one.</param>
    public static byte[] Format<T>(Action<Utf8JsonWriter> head, string name, IEnumerable<T> elements, Action<Utf8JsonWriter, T> write)
    {
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        head(json);
        json.Flush();
        bytes.Write(Encoding.UTF8.GetBytes($",\"{name}\":["));
        var separator = "\n";
        foreach (var element in elements)
        {
            bytes.Write(Encoding.UTF8.GetBytes(separator));
            separator = ",\n";
            json.Reset(bytes);
            json.WriteStartObject();
            write(json, element);
            json.WriteEndObject();
            json.Flush();
        }

        bytes.Write("\n]}\n"u8);
        return bytes.ToArray();
    }
}
