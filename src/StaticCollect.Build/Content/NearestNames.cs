namespace StaticCollect.Build.Content;

/// <summary>Finds the names that differ from another one by a slip of the pen.</summary>
internal static class NearestNames
{
    /// <summary>Those of some things whose names are near, the nearest first; a quarter of the letters may be others.</summary>
    /// <param name="name">The name.</param>
    /// <param name="things">The things, in the order in which equally near ones are wanted.</param>
    /// <param name="nameOf">The name of each.</param>
    public static IEnumerable<string> Of(string name, IEnumerable<string> things, Func<string, string> nameOf) => things
        .Select(thing => (Thing: thing, Distance: Distance(nameOf(thing), name)))
        .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 4))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Thing);

    /// <summary>How many letters must be added, dropped, changed or swapped with the next to make one name of the other.</summary>
    private static int Distance(string a, string b)
    {
        var (last, row, next) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 0; i < a.Length; i++)
        {
            next[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                next[j + 1] = Math.Min(Math.Min(row[j + 1], next[j]) + 1, row[j] + (a[i] == b[j] ? 0 : 1));
                if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
                    next[j + 1] = Math.Min(next[j + 1], last[j - 1] + 1);
            }

            (last, row, next) = (row, next, last);
        }

        return row[^1];
    }
}
