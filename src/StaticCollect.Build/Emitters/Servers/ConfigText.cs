using System.Text;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>Text that grows by lines, each ended by a line feed on every system.</summary>
internal sealed class ConfigText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public ConfigText Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>Adds lines that already end in line feeds, and an empty one before them.</summary>
    public ConfigText Part(ConfigText part)
    {
        _text.Append('\n').Append(part._text);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
