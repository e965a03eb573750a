using System.Text;

namespace StaticCollect.Build.Content;

/// <summary>One change of a file's bytes.</summary>
/// <param name="Start">Where, in bytes.</param>
/// <param name="Length">How many bytes go; 0 to insert only.</param>
/// <param name="Text">What comes in their place.</param>
internal readonly record struct Edit(int Start, int Length, string Text)
{
    /// <summary>Changes bytes and nothing around them.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="edits">The edits; they must not overlap.</param>
    public static byte[] Apply(byte[] bytes, IReadOnlyList<Edit> edits)
    {
        using var result = new MemoryStream(bytes.Length + (edits.Count * 16));
        var at = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            result.Write(bytes, at, edit.Start - at);
            result.Write(Encoding.UTF8.GetBytes(edit.Text));
            at = edit.Start + edit.Length;
        }

        result.Write(bytes, at, bytes.Length - at);
        return result.ToArray();
    }
}
