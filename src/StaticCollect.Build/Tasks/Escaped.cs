using System.Buffers;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace StaticCollect.Build.Tasks;

/// <summary>Makes items whose texts may hold characters that mean something to MSBuild.</summary>
internal static class Escaped
{
    // MSBuild reads what a task gives it as escaped text: each of these must be written as %XX to mean itself.
    // A backslash in a name is one elsewhere than on Windows, and MSBuild would make a slash of it.
    private static readonly SearchValues<char> Special = SearchValues.Create(OperatingSystem.IsWindows() ? "%*?@$();'" : "%*?@$();'\\");

    /// <summary>An item.</summary>
    public static ITaskItem Item(string include, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var item = new TaskItem(Text(include));
        Add(item, metadata);
        return item;
    }

    /// <summary>Adds metadata to an item.</summary>
    public static void Add(ITaskItem item, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        foreach (var (name, value) in metadata)
            item.SetMetadata(name, Text(value));
    }

    /// <summary>The escaped form of a text.</summary>
    public static string Text(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
            return text;
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (Special.Contains(c))
                escaped.Append('%').Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
