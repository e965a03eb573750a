using System.Text;

namespace StaticCollect.Build.Tests.Fuzzing;

/// <summary>Makes inputs out of others: a few changes each, of the kinds that break readers. Equal seeds, equal inputs.</summary>
internal sealed class Mutations
{
    // Longer ones cost much and find nothing that these do not.
    private const int Longest = 16 * 1024;

    private const int MostKept = 2000;

    // Ends of ranges: of bytes, of lengths in seven bits, and of Unicode.
    private static readonly byte[][] Ends =
    [
        [0], [1], [0x7F], [0x80], [0xFF], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x08], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "\u2028"u8.ToArray(),
    ];

    private readonly Random _random;
    private readonly List<byte[]> _pool;
    private readonly byte[][] _words;

    public Mutations(int seed, IEnumerable<byte[]> seeds, IEnumerable<string> words)
    {
        _random = new Random(seed);
        _pool = [.. seeds];
        _words = [.. words.Select(Encoding.UTF8.GetBytes), .. Ends];
    }

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = new List<byte>(Any(_pool));
        for (var left = 1 + (int)Math.Pow(_random.NextDouble() * 2.5, 2); left > 0; left--)
        {
            Change(input);
            if (input.Count > Longest)
                input.RemoveRange(Longest, input.Count - Longest);
        }

        return [.. input];
    }

    /// <summary>Makes further inputs out of one, too: it led to what none before did.</summary>
    public void Keep(byte[] input)
    {
        if (_pool.Count < MostKept)
            _pool.Add(input);
    }

    private void Change(List<byte> input)
    {
        var (start, length) = Range(input);
        switch (_random.Next(12))
        {
            case 0 when length > 0:
                input[start] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when length > 0:
                input[start] = (byte)_random.Next(256);
                break;
            case 2 or 3 or 4:
                input.InsertRange(start, Any(_words));
                break;
            case 5:
                input.RemoveRange(start, length);
                input.InsertRange(start, Any(_words));
                break;
            case 6 or 7:
                input.RemoveRange(start, length);
                break;
            case 8:
                input.InsertRange(_random.Next(input.Count + 1), input.GetRange(start, length));
                break;
            case 9:
                // What is nested, unclosed or repeated.
                var piece = _random.Next(2) == 0 ? Any(_words) : [.. input.GetRange(start, Math.Min(length, 30))];
                for (var times = 1 << _random.Next(9); times > 0 && input.Count < Longest; times--)
                    input.InsertRange(start, piece);
                break;
            case 10:
                var other = new List<byte>(Any(_pool));
                var (from, count) = Range(other);
                input.InsertRange(start, other.GetRange(from, count));
                break;
            default:
                input.RemoveRange(start, _random.Next(4) == 0 ? input.Count - start : length);
                break;
        }
    }

    // Mostly a short one: a long one leaves little of what it is taken from.
    private (int Start, int Length) Range(List<byte> input)
    {
        var start = _random.Next(input.Count + 1);
        var most = input.Count - start;
        return (start, _random.Next(1 + (_random.Next(4) == 0 ? most : Math.Min(most, 12))));
    }

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
