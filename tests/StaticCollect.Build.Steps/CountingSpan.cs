using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

#pragma warning disable IDE0130 // The readers must find this type before that of the framework.
namespace StaticCollect.Build.References;
#pragma warning restore IDE0130

/// <summary>How many characters were looked at.</summary>
internal static class Looks
{
    [ThreadStatic]
    private static long _count;

    public static long Count => _count;

    public static void Add(int characters) => _count += characters;
}

/// <summary>
/// Stands for the framework's span in the readers, which lie in this namespace: the same, but each look at a character
/// counts. Cutting costs nothing; a search costs what it passes over; what is handed to the framework is read as a whole.
/// </summary>
[SuppressMessage("Naming", "CA1716", Justification = "It has the name of what it stands for.")]
internal readonly ref struct ReadOnlySpan<T>
    where T : unmanaged, IEquatable<T>, IComparable<T>
{
    private readonly System.ReadOnlySpan<T> _span;

    private ReadOnlySpan(System.ReadOnlySpan<T> span) => _span = span;

    public int Length => _span.Length;

    public bool IsEmpty => _span.IsEmpty;

    public T this[int at]
    {
        get
        {
            Looks.Add(1);
            return _span[at];
        }
    }

    public static implicit operator ReadOnlySpan<T>(System.ReadOnlySpan<T> span) => new(span);

    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new(span);

    public static implicit operator ReadOnlySpan<T>(T[] array) => new(array);

    public static implicit operator ReadOnlySpan<T>(string text) =>
        new(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<char, T>(ref MemoryMarshal.GetReference(text.AsSpan())), text.Length));

    public static implicit operator System.ReadOnlySpan<T>(ReadOnlySpan<T> span)
    {
        Looks.Add(span.Length);
        return span._span;
    }

    public ReadOnlySpan<T> Slice(int start) => new(_span[start..]);

    public ReadOnlySpan<T> Slice(int start, int length) => new(_span.Slice(start, length));

    public int IndexOf(T value) => Passed(_span.IndexOf(value));

    public int IndexOf(System.ReadOnlySpan<T> value) => Passed(_span.IndexOf(value));

    public int IndexOfAny(T one, T another) => Passed(_span.IndexOfAny(one, another));

    public int IndexOfAny(T one, T another, T third) => Passed(_span.IndexOfAny(one, another, third));

    public int IndexOfAny(System.ReadOnlySpan<T> values) => Passed(_span.IndexOfAny(values));

    public int IndexOfAny(SearchValues<T> values) => Passed(_span.IndexOfAny(values));

    public int IndexOfAnyExcept(SearchValues<T> values) => Passed(_span.IndexOfAnyExcept(values));

    public int IndexOfAnyExcept(System.ReadOnlySpan<T> values) => Passed(_span.IndexOfAnyExcept(values));

    public int IndexOfAnyExceptInRange(T low, T high) => Passed(_span.IndexOfAnyExceptInRange(low, high));

    public int LastIndexOf(T value) => PassedFromEnd(_span.LastIndexOf(value));

    public int LastIndexOf(System.ReadOnlySpan<T> value) => PassedFromEnd(_span.LastIndexOf(value));

    public int LastIndexOfAny(T one, T another) => PassedFromEnd(_span.LastIndexOfAny(one, another));

    public bool Contains(T value) => IndexOf(value) >= 0;

    public bool StartsWith(System.ReadOnlySpan<T> value)
    {
        Looks.Add(Math.Min(value.Length, Length));
        return _span.StartsWith(value);
    }

    public bool StartsWith(string value, StringComparison comparison)
    {
        Looks.Add(Math.Min(value.Length, Length));
        return MemoryMarshal.Cast<T, char>(_span).StartsWith(value, comparison);
    }

    public bool EndsWith(System.ReadOnlySpan<T> value)
    {
        Looks.Add(Math.Min(value.Length, Length));
        return _span.EndsWith(value);
    }

    public bool SequenceEqual(System.ReadOnlySpan<T> other)
    {
        Looks.Add(Length == other.Length ? Length : 0);
        return _span.SequenceEqual(other);
    }

    public ReadOnlySpan<T> Trim(System.ReadOnlySpan<T> values)
    {
        var trimmed = _span.Trim(values);
        Looks.Add(Math.Min(Length, Length - trimmed.Length + 2));
        return new(trimmed);
    }

    public T[] ToArray()
    {
        Looks.Add(Length);
        return _span.ToArray();
    }

    public System.ReadOnlySpan<T>.Enumerator GetEnumerator()
    {
        Looks.Add(Length);
        return _span.GetEnumerator();
    }

    private int Passed(int found)
    {
        Looks.Add(found < 0 ? Length : found + 1);
        return found;
    }

    private int PassedFromEnd(int found)
    {
        Looks.Add(found < 0 ? Length : Length - found);
        return found;
    }
}
