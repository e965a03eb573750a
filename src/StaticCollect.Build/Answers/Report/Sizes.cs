using StaticCollect.Build.Content;

namespace StaticCollect.Build.Answers.Report;

/// <summary>What files weigh: as they are, and in each encoding, where one that does not have it counts as it is.</summary>
internal sealed class Sizes
{
    private readonly long[] _bytes = new long[ContentEncodings.All.Count + 1];

    /// <summary>As they are, then in each of <see cref="ContentEncodings.All"/>.</summary>
    public IReadOnlyList<long> Bytes => _bytes;

    /// <summary>As they are.</summary>
    public long Identity => _bytes[0];

    /// <summary>What one file weighs.</summary>
    public static Sizes Of(PublishedForms file)
    {
        var sizes = new Sizes();
        Array.Fill(sizes._bytes, file.File.Content.Length);
        for (var i = 0; i < ContentEncodings.All.Count; i++)
        {
            if (file.Encodings.FirstOrDefault(encoding => encoding.Encoding == ContentEncodings.All[i]) is { } encoded)
                sizes._bytes[i + 1] = encoded.Content.Length;
        }

        return sizes;
    }

    /// <summary>What files weigh together.</summary>
    public static Sizes Sum(IEnumerable<Sizes> all)
    {
        var sum = new Sizes();
        foreach (var sizes in all)
        {
            for (var i = 0; i < sum._bytes.Length; i++)
                sum._bytes[i] += sizes._bytes[i];
        }

        return sum;
    }
}
