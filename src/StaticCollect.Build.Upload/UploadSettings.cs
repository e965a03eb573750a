using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload;

/// <summary>Everything that decides an upload, but for the store itself: checked and complete.</summary>
/// <param name="Collect">The settings of the collection.</param>
/// <param name="Address">Where to.</param>
internal sealed record UploadSettings(CollectSettings Collect, StoreAddress Address)
{
    /// <summary>Full path of the release.</summary>
    public required string ReleasePath { get; init; }

    /// <summary>Full path of the plan.</summary>
    public required string PlanPath { get; init; }

    /// <summary>Whether the user names the plan, which is then carried out and no other.</summary>
    public bool IsPlanGiven { get; init; }

    /// <summary>A plan that deletes more is refused.</summary>
    public int MaxDeletes { get; init; }

    /// <summary>How long objects stay that no page names any more.</summary>
    public required Retention Retention { get; init; }

    /// <summary>The encoding that takes the place of each file that has it; <see langword="null"/> where encodings lie beside.</summary>
    public IContentEncoding? Encoding { get; init; }

    /// <summary>Headers by pattern.</summary>
    public IReadOnlyList<HeaderRule> Headers { get; init; } = [];

    /// <summary>Whether what the ledger says of an object is believed where the object is in the state that the ledger knows.</summary>
    public bool TrustsLedger { get; init; } = true;

    /// <summary>The live site; <see langword="null"/> where only the store is looked at.</summary>
    public Uri? VerifyUrl { get; init; }

    /// <summary>Of how many objects the bytes are read again.</summary>
    public int VerifySample { get; init; }
}

/// <summary>A kind of store, as users name it.</summary>
/// <param name="Scheme">What its addresses begin with.</param>
/// <param name="Names">How many names come before the prefix.</param>
/// <param name="Form">What its addresses look like.</param>
/// <param name="Package">The package that knows it.</param>
internal sealed record StoreKind(string Scheme, int Names, string Form, string Package)
{
    /// <summary>S3 and what speaks its protocol.</summary>
    public static StoreKind S3 { get; } = new("s3", 1, "s3://bucket/prefix", "StaticCollect.Build.S3");

    /// <summary>Azure Blob Storage.</summary>
    public static StoreKind Azure { get; } = new("azure", 2, "azure://account/container/prefix", "StaticCollect.Build.AzureStorage");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StoreKind> All { get; } = [S3, Azure];
}
