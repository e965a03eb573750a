using System.Globalization;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Settings;

/// <summary>
/// Reads the values of properties. One that is not allowed is reported, naming the property, the value and the allowed
/// ones, and the default takes its place.
/// </summary>
/// <param name="project">The properties.</param>
/// <param name="report">Takes what is wrong.</param>
internal sealed class PropertyReader(RawItem project, Action<Diagnostic> report)
{
    /// <summary>One of the values of a property, compared without case; reports any other.</summary>
    public T Choice<T>(string property, T fallback)
        where T : struct, Enum
    {
        if (project[property] is not { } value)
            return fallback;
        foreach (var name in Enum.GetNames<T>())
        {
            if (name.Equals(value, StringComparison.OrdinalIgnoreCase))
                return Enum.Parse<T>(name);
        }

        NotAllowed(property, value, string.Join(", ", Enum.GetNames<T>()));
        return fallback;
    }

    /// <summary>The values of a property between semicolons, each once; reports any that is not one of the known.</summary>
    public IReadOnlyList<T> Choices<T>(string property)
        where T : struct, Enum
    {
        var chosen = new List<T>();
        foreach (var name in List(property))
        {
            if (!Enum.GetNames<T>().Contains(name, StringComparer.OrdinalIgnoreCase))
                NotAllowed(property, name, string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant());
            else if (Enum.Parse<T>(name, ignoreCase: true) is var value && !chosen.Contains(value))
                chosen.Add(value);
        }

        return chosen;
    }

    /// <summary>True or false.</summary>
    public bool Switch(string property, bool fallback)
    {
        if (project[property] is not { } value)
            return fallback;
        if (bool.TryParse(value, out var isOn))
            return isOn;
        NotAllowed(property, value, "true, false");
        return fallback;
    }

    /// <summary>A whole number between two others.</summary>
    public int Number(string property, int fallback, int least, int most)
    {
        if (project[property] is not { } value)
            return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        NotAllowed(property, value, $"a whole number from {least} to {most}");
        return fallback;
    }

    /// <summary>The parts of a value between semicolons.</summary>
    public string[] List(string property) =>
        (project[property] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reports a value, with the allowed ones.</summary>
    public void NotAllowed(string property, string value, string allowed) =>
        report(Diagnostic.Error(Codes.ValueNotAllowed, $"{property} is '{value}', which is not allowed. Allowed: {allowed}."));

    /// <summary>The known things that a list of names stands for, each once, in the order of the names.</summary>
    public IReadOnlyList<T> Known<T>(string property, Func<string, T?> find, IEnumerable<string> names)
        where T : class
    {
        var known = new List<T>();
        foreach (var name in List(property))
        {
            if (find(name) is not { } found)
                NotAllowed(property, name, string.Join(", ", names));
            else if (!known.Contains(found))
                known.Add(found);
        }

        return known;
    }
}
