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
    public static byte[] Apply(ReadOnlySpan<byte> bytes, IReadOnlyList<Edit> edits)
    {
        var result = GC.AllocateUninitializedArray<byte>(bytes.Length + edits.Sum(edit => Encoding.UTF8.GetByteCount(edit.Text) - edit.Length));
        var (from, to) = (0, 0);
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            bytes[from..edit.Start].CopyTo(result.AsSpan(to));
            to += edit.Start - from;
            to += Encoding.UTF8.GetBytes(edit.Text, result.AsSpan(to));
            from = edit.Start + edit.Length;
        }

        bytes[from..].CopyTo(result.AsSpan(to));
        return result;
    }
}
