using System.Globalization;
using System.Text;

namespace StaticCollect.Build.Bench;

/// <summary>Generated source files: the same ones each time.</summary>
internal static class Tree
{
    /// <summary>Writes files into a folder, a third each images, style sheets that name an image, and modules that import another.</summary>
    public static void Write(string folder, int count)
    {
        // The fixed seed is the point: equal files in every run.
        var random = new Random(1);
        for (var i = 0; i < count; i++)
            Write(Path.Combine(folder, Name(i)), Content(i, random));
    }

    /// <summary>Writes a file that is older than what looks at it: a younger one is looked into again by the next run.</summary>
    public static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
    }

    private static string Name(int i) => (i % 3) switch
    {
        0 => $"d{i / 99 % 100}/s{i}.css",
        1 => $"d{i / 99 % 100}/m{i}.js",
        _ => $"d{i / 99 % 100}/i{i}.png",
    };

    private static byte[] Content(int i, Random random)
    {
        if (i % 3 == 2)
        {
            var image = new byte[2048 + random.Next(12 * 1024)];
            random.NextBytes(image);
            return image;
        }

        var text = new StringBuilder(i % 3 == 1 && i >= 3 && (i - 3) / 99 == i / 99 ? $"import \"./m{i - 3}.js\";\n" : "");
        for (var line = 0; line < 130; line++)
        {
            if (i % 3 == 0)
                text.Append(CultureInfo.InvariantCulture, $".c{i}-{line} {{ color: #{random.Next(1 << 24):x6}; margin: {line}px }}\n");
            else
                text.Append(CultureInfo.InvariantCulture, $"export function f{line}(a) {{ return a * {random.Next(1000)} + {line}; }}\n");
        }

        if (i % 3 == 0 && (i / 99) == ((i - 1) / 99) && i > 1)
            text.Append(CultureInfo.InvariantCulture, $".c{i} {{ background: url(i{i - 1}.png) }}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
