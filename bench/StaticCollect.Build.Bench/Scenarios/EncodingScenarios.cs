using System.Globalization;

namespace StaticCollect.Build.Bench.Scenarios;

/// <summary>Encodings of many files, beside the commands that make them.</summary>
internal static class EncodingScenarios
{
    /// <summary>gzip and Brotli at their best, of so many files with fingerprints.</summary>
    public static Scenario Encodings(Workspace workspace, int count)
    {
        var site = new Site(workspace, $"encodings-{count}");
        Tree.Write(site.Sources, count);
        const string Commands = "gzip -9 and brotli -q 11";
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} files with gzip and Brotli"),
            [site.Empty],
            [site.OnTexts(Commands, "commands", "find '$1' -type f -print0 | xargs -0 sh -c 'gzip -9 -k \"$@\"; brotli -q 11 -k \"$@\"' sh")],
            [site.OnTexts("WhiteNoise", "whitenoise", "/usr/bin/python3 -m whitenoise.compress -q '$1'") with { Beside = [Commands] }],
            [
                site.Collect("plain, fresh", "plain"),
                site.Collect("plain, nothing to do", "plain"),
            ],
            [site.Collect("fingerprints, fresh", "hashed", "-p:StaticCollectFingerprint=true")],
            [
                Encoded("fresh", "encoded", "fingerprints, fresh") with { Beside = [Commands, "WhiteNoise"], Goal = "CPU 1.05 of the commands, net of fingerprints" },
                Encoded("nothing to do", "encoded", site.Empty.Name) with { Beside = ["plain, nothing to do"], Goal = "CPU 0.06 s; plain 0.05" },
                Encoded("from the cache", "cached", site.Empty.Name) with { Beside = ["fingerprints, fresh"], Goal = "1.3 of without encodings" },
            ]);

        Row Encoded(string row, string name, string netOf)
        {
            var collect = site.Collect(row, name, "-p:StaticCollectFingerprint=true", "-p:StaticCollectCompress=gzip%3Bbr");
            return collect with
            {
                // An empty cache for each round.
                Command = round =>
                {
                    var command = collect.Command(round);
                    return command with { Arguments = [.. command.Arguments, $"-p:StaticCollectCacheDirectory={workspace.Round(round, $"encodings-{count}/cache")}"] };
                },
                NetOf = netOf,
            };
        }
    }
}
