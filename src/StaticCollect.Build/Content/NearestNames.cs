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

    /// <summary>How many letters must be added, dropped or changed to make one name of the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < b.Length; j++)
            {
                var above = row[j + 1];
                row[j + 1] = Math.Min(Math.Min(above, row[j]) + 1, diagonal + (a[i] == b[j] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
