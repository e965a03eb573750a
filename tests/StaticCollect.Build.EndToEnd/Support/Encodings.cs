using System.IO.Compression;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>What browsers make of encoded answers.</summary>
public static class Encodings
{
    /// <summary>The body of an answer, decoded as its header says.</summary>
    public static byte[] Decode(byte[] body, HttpResponseMessage response) =>
        Decode(body, response.Content.Headers.ContentEncoding.SingleOrDefault());

    /// <summary>Bytes, decoded.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="encoding"><c>gzip</c>, <c>br</c>, or nothing.</param>
    public static byte[] Decode(byte[] body, string? encoding)
    {
        using var encoded = new MemoryStream(body);
        using Stream decoder = encoding switch
        {
            null => encoded,
            "gzip" => new GZipStream(encoded, CompressionMode.Decompress),
            "br" => new BrotliStream(encoded, CompressionMode.Decompress),
            _ => throw new NotSupportedException($"Nobody asked for '{encoding}'."),
        };
        using var decoded = new MemoryStream();
        decoder.CopyTo(decoded);
        return decoded.ToArray();
    }

    /// <summary>Bytes as a front-end build would put them beside a file: in other words than ours, and more of them.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return encoded.ToArray();
    }
}
