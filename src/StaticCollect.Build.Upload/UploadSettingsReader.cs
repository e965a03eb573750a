using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload;

/// <summary>Checks the settings of an upload and fills in the defaults. All mistakes are reported, not only the first.</summary>
internal static class UploadSettingsReader
{
    /// <summary>Reads the settings; <see langword="null"/> where nobody knows where to upload to.</summary>
    /// <param name="raw">The properties.</param>
    /// <param name="headers"><c>StaticCollectUploadHeader</c> items.</param>
    /// <param name="collect">The settings of the collection.</param>
    /// <param name="kind">The kind of store that is at hand.</param>
    /// <param name="report">Takes what is wrong.</param>
    public static UploadSettings? Read(RawItem raw, IReadOnlyList<RawItem> headers, CollectSettings collect, StoreKind kind, Action<Diagnostic> report)
    {
        var properties = new PropertyReader(raw, report);
        var address = Address(raw, kind, properties, report);
        var encoding = properties.Known("StaticCollectUploadEncoding", ContentEncodings.Find, ContentEncodings.All.Select(known => known.Name));
        if (encoding.Count > 1)
            properties.NotAllowed("StaticCollectUploadEncoding", raw["StaticCollectUploadEncoding"]!, "one of them, since an object has one encoding");
        var retention = new Retention(
            properties.Number("StaticCollectKeepReleases", 2, 0, 1000),
            TimeSpan.FromDays(properties.Number("StaticCollectUploadKeepDays", 7, 0, 36500)));
        var maxDeletes = properties.Number("StaticCollectUploadMaxDeletes", 256, 0, int.MaxValue);
        var sample = raw["StaticCollectVerifySample"]?.Equals("all", StringComparison.OrdinalIgnoreCase) == true
            ? int.MaxValue
            : properties.Number("StaticCollectVerifySample", 100, 0, int.MaxValue);
        var trusts = properties.Switch("StaticCollectUploadTrustLedger", true);
        _ = properties.Switch("StaticCollectUpload", false);
        var rules = headers.Select(item => Rule(item, properties)).OfType<HeaderRule>().ToList();
        var url = Url(raw, properties);
        return address is null ? null : new UploadSettings(collect, address)
        {
            ReleasePath = Full("StaticCollectUploadRelease") ?? LastRelease(collect),
            PlanPath = Full("StaticCollectUploadPlan") ?? Path.Combine(collect.StateFolder, "upload.plan.json"),
            IsPlanGiven = raw["StaticCollectUploadPlan"] is not null,
            MaxDeletes = maxDeletes,
            Retention = retention,
            Encoding = encoding.Count > 0 ? encoding[0] : null,
            Headers = rules,
            TrustsLedger = trusts,
            VerifyUrl = url,
            VerifySample = sample,
        };

        string? Full(string property) => raw[property] is { } path ? Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), collect.ProjectFolder) : null;
    }

    /// <summary>
    /// The release that was collected last into the static root. What another checkout has collected lies in a folder that is called after
    /// the full path of its root: that is taken where it is the only one of a root of that name.
    /// </summary>
    private static string LastRelease(CollectSettings collect)
    {
        const string Name = "release.json";
        var own = Path.Combine(collect.StateFolder, Name);
        if (File.Exists(own) || !Directory.Exists(collect.RecordFolder))
            return own;
        var folder = Path.GetFileName(collect.StateFolder);
        var start = folder[..(folder.LastIndexOf('-') + 1)];
        var others = Directory.EnumerateDirectories(collect.RecordFolder)
            .Where(other => Path.GetFileName(other).StartsWith(start, StringComparison.Ordinal) && Path.GetFileName(other).Length == folder.Length)
            .Select(other => Path.Combine(other, Name))
            .Where(File.Exists)
            .Take(2)
            .ToList();
        return others.Count == 1 ? others[0] : own;
    }

    private static StoreAddress? Address(RawItem raw, StoreKind kind, PropertyReader properties, Action<Diagnostic> report)
    {
        if (raw["StaticCollectUploadTo"] is not { } to)
        {
            report(Diagnostic.Error(Codes.NowhereToUpload, $"Where to upload is not known. Set StaticCollectUploadTo to {kind.Form}."));
            return null;
        }

        if (StoreKind.All.FirstOrDefault(other => other != kind && to.StartsWith(other.Scheme + "://", StringComparison.OrdinalIgnoreCase)) is { } another)
        {
            report(Diagnostic.Error(Codes.NowhereToUpload, $"StaticCollectUploadTo begins with {another.Scheme}://, and the project does not have the package that uploads there. Add a reference to {another.Package}."));
            return null;
        }

        // What is no address is not shown: it may hold a key.
        var address = StoreAddress.Parse(to, kind.Scheme, kind.Names);
        if (address is null)
            report(Diagnostic.Error(Codes.ValueNotAllowed, $"StaticCollectUploadTo is not of the form {kind.Form}. Keys and tokens do not belong there: they come from the environment."));
        return address;
    }

    private static HeaderRule? Rule(RawItem item, PropertyReader properties)
    {
        var name = HeaderRule.Names.FirstOrDefault(known => known.Equals(item.Include, StringComparison.OrdinalIgnoreCase));
        if (name is null)
            properties.NotAllowed("StaticCollectUploadHeader", item.Include, string.Join(", ", HeaderRule.Names) + "; a store keeps no others with an object");
        else if (item["Value"] is null || item["Value"]!.Any(char.IsControl))
            properties.NotAllowed("Value of StaticCollectUploadHeader", item["Value"] ?? "", "the value of the header, in one line");
        else
            return new HeaderRule(name, new Glob(item["Pattern"] ?? "**"), item["Value"]!);
        return null;
    }

    private static Uri? Url(RawItem raw, PropertyReader properties)
    {
        if (raw["StaticCollectVerifyUrl"] is not { } text)
            return null;
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
            return url;
        properties.NotAllowed("StaticCollectVerifyUrl", text, "the address at which the static root is served, such as https://cdn.example.com/static/");
        return null;
    }
}
