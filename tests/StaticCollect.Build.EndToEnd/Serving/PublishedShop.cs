using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>The Shop of the samples, published with everything on: once for the whole run, and once more with other files.</summary>
/// <param name="Folder">Where it was published to.</param>
/// <param name="Release">Its <c>release.json</c>.</param>
public sealed record PublishedShop(string Folder, string Release)
{
    private static readonly Lazy<PublishedShop> OfFirst = new(() => Publish("shop"));
    private static readonly Lazy<PublishedShop> OfSecond = new(PublishChanged);

    /// <summary>As it lies in the repository.</summary>
    public static PublishedShop First => OfFirst.Value;

    /// <summary>With another style sheet, which every page names.</summary>
    public static PublishedShop Second => OfSecond.Value;

    /// <summary>Its static root.</summary>
    public string Root => Path.Combine(Folder, "wwwroot/static");

    private static PublishedShop PublishChanged()
    {
        // One publish of the project at a time; what the first has compiled serves both.
        _ = First;
        var changed = Path.Combine(PackedPackage.WorkFolder, "shop-changed");
        Directory.CreateDirectory(Path.Combine(changed, "css"));
        var site = File.ReadAllText(Path.Combine(PackedPackage.Repository, "samples/Shop/static/css/site.css"));
        File.WriteAllText(Path.Combine(changed, "css/site.css"), site + "\n:root { --which: second; }\n");
        var targets = Path.Combine(PackedPackage.WorkFolder, "shop-changed.targets");
        File.WriteAllText(targets, $"""
            <Project>
              <ItemGroup Condition="'$(MSBuildProjectName)' == 'Shop'"><StaticCollectDirectory Include="{changed}" /></ItemGroup>
            </Project>
            """);
        return Publish("shop-second", "--no-build", $"-p:CustomAfterMicrosoftCommonTargets={targets}");
    }

    private static PublishedShop Publish(string name, params string[] more)
    {
        var folder = Path.Combine(PackedPackage.WorkFolder, name);
        var published = Command.Run(
            PackedPackage.Repository,
            "dotnet",
            ["publish", "samples/Shop", "-o", folder, "-p:StaticCollectFingerprint=true", "-p:StaticCollectCompress=gzip%3Bbr", "-p:StaticCollectServerConfig=nginx%3Bcaddy", "-v:m", "-nologo", .. more]);
        Assert.That(published.ExitCode, Is.Zero, published.Output);

        // That of this publish: no other was to this folder.
        var records = new DirectoryInfo(Path.Combine(PackedPackage.Repository, "samples/Shop/obj/staticcollect"));
        var release = Path.Combine(PackedPackage.WorkFolder, $"{name}.release.json");
        File.Copy(records.GetFiles("release.json", SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc)!.FullName, release);
        return new PublishedShop(folder, release);
    }
}
