namespace StaticCollect.Build.Diagnostics;

/// <summary>
/// The codes of all diagnostics. 0xxx is about this package itself, 1xxx is about settings, 2xxx about finding, 3xxx about references, 4xxx about writing, 5xxx about uploading.
/// A code never changes its meaning; each has a page of the same name in <c>docs/diagnostics</c>.
/// </summary>
internal static class Codes
{
    /// <summary>A fault of this package: nothing that the user did.</summary>
    public const string Fault = "SC0001";

    /// <summary>A property has a value that is not allowed.</summary>
    public const string ValueNotAllowed = "SC1001";

    /// <summary>A source folder named by the user is not there.</summary>
    public const string SourceFolderMissing = "SC1002";

    /// <summary>A file named by a <c>StaticCollectFile</c> item is not there.</summary>
    public const string SourceFileMissing = "SC1003";

    /// <summary>A logical path or prefix would leave the static root.</summary>
    public const string LogicalPathNotAllowed = "SC1004";

    /// <summary>A wildcard in an item was expanded by MSBuild and cannot be read back.</summary>
    public const string WildcardExpanded = "SC1005";

    /// <summary>The project is not restored, or its assets file cannot be read.</summary>
    public const string AssetsFileMissing = "SC1006";

    /// <summary><c>FindStatic</c> or <c>ExplainStatic</c> was called without <c>StaticCollectPath</c>.</summary>
    public const string PathToFindMissing = "SC1007";

    /// <summary>The package runs in a host that cannot load .NET tasks. Raised by the targets file.</summary>
    public const string HostTooOld = "SC1008";

    /// <summary>A release that is to be compared is not there, or cannot be read.</summary>
    public const string ReleaseUnreadable = "SC1009";

    /// <summary>A property, item or metadata of the project file is none of this package's, and nothing else reads it.</summary>
    public const string UnknownName = "SC1010";

    /// <summary>The baseline is not there, is not named, or cannot be understood.</summary>
    public const string BaselineUnreadable = "SC1011";

    /// <summary>One logical path from two sources.</summary>
    public const string Clash = "SC2001";

    /// <summary>Two logical paths that are one file on Windows and macOS.</summary>
    public const string ClashOfSpelling = "SC2002";

    /// <summary>A file where another source needs a folder.</summary>
    public const string FileAgainstFolder = "SC2003";

    /// <summary>A folder or file among the sources cannot be read.</summary>
    public const string Unreadable = "SC2004";

    /// <summary>A link among the sources leads back to a folder that it lies in.</summary>
    public const string LinkLoop = "SC2005";

    /// <summary>A link among the sources points to nothing.</summary>
    public const string BrokenLink = "SC2006";

    /// <summary>A name that Windows cannot write.</summary>
    public const string NameNotPortable = "SC2007";

    /// <summary>A path that is too long to write.</summary>
    public const string PathTooLong = "SC2008";

    /// <summary>A precompressed file among the sources does not hold what its name promises.</summary>
    public const string StalePrecompressed = "SC2009";

    /// <summary>A package brings files to the root of the site, outside the folders of its name.</summary>
    public const string PackageAtRoot = "SC2010";

    /// <summary>There are more files than a development server gives routes of their own.</summary>
    public const string TooManyForRoutes = "SC2011";

    /// <summary>The SDK's list of routes cannot be read.</summary>
    public const string RoutesUnreadable = "SC2012";

    /// <summary>A pipe, a socket or a device among the sources.</summary>
    public const string NoFile = "SC2013";

    /// <summary>A name among the sources is no UTF-8.</summary>
    public const string NameNotUnicode = "SC2014";

    /// <summary>A folder is no source folder, as its name differs from that of source folders in case.</summary>
    public const string FolderSpelling = "SC2015";

    /// <summary>Folders that Windows and macOS take for one.</summary>
    public const string FoldersAlike = "SC2016";

    /// <summary>A name that a URL cannot hold as it looks.</summary>
    public const string UrlName = "SC2017";

    /// <summary>Windows line ends under names that follow from the bytes.</summary>
    public const string LineEnds = "SC2018";

    /// <summary>A very large file.</summary>
    public const string LargeFile = "SC2019";

    /// <summary>A reference leads to a file that is not collected.</summary>
    public const string MissingReference = "SC3001";

    /// <summary>A file cannot be read for references.</summary>
    public const string Unparsable = "SC3002";

    /// <summary>An import that is put together at run time finds a module by its plain name.</summary>
    public const string ComputedImport = "SC3003";

    /// <summary>A name that promises the same bytes for ever has others than in an earlier release.</summary>
    public const string BrokenPromise = "SC3004";

    /// <summary>Entries of the baseline do not hold any more, or are of another version of a package.</summary>
    public const string BaselineOutdated = "SC3005";

    /// <summary>A view refers to a file that is not collected.</summary>
    public const string ViewReference = "SC3301";

    /// <summary>The static root is a place that must not be collected into.</summary>
    public const string RootRefused = "SC4001";

    /// <summary>Another collection into the same static root does not end.</summary>
    public const string RootInUse = "SC4002";

    /// <summary>A file could not be written.</summary>
    public const string WriteFailed = "SC4003";

    /// <summary>A source file changed while it was collected.</summary>
    public const string SourceChanged = "SC4004";

    /// <summary>Something that no collection wrote stands in the way in the static root.</summary>
    public const string RootBlocked = "SC4005";

    /// <summary>Hard links are not possible here; the files were copied.</summary>
    public const string HardLinkImpossible = "SC4006";

    /// <summary>The static root does not lie below the web root, so ASP.NET Core cannot serve it by itself.</summary>
    public const string EndpointsNotMerged = "SC4007";

    /// <summary>A file beside a collected one has the name of an encoding of it and is none.</summary>
    public const string StaleSibling = "SC4008";

    /// <summary>Two routes of the app have one address or one label.</summary>
    public const string RouteTwice = "SC4009";

    /// <summary>The static root is another project's.</summary>
    public const string RootOfAnother = "SC4010";

    /// <summary>Files in the static root are not as a collection left them.</summary>
    public const string NotAsLeft = "SC4011";

    /// <summary>No code of a web app serves its files.</summary>
    public const string NobodyServes = "SC4012";

    /// <summary>Where to upload is not known, or no package that is there knows how.</summary>
    public const string NowhereToUpload = "SC5001";

    /// <summary>There is no release to upload.</summary>
    public const string NoRelease = "SC5002";

    /// <summary>A file of the static root is not what the release says.</summary>
    public const string NotAsReleased = "SC5003";

    /// <summary>An object whose name says that it never changes has other bytes.</summary>
    public const string ImmutableOverwritten = "SC5004";

    /// <summary>A plan deletes more than is allowed.</summary>
    public const string TooManyDeletions = "SC5005";

    /// <summary>A plan does not fit any more, or is none.</summary>
    public const string PlanOutdated = "SC5006";

    /// <summary>Another upload goes on in place of this one.</summary>
    public const string AnotherUpload = "SC5007";

    /// <summary>The store has changed while an upload ran.</summary>
    public const string StoreMoved = "SC5008";

    /// <summary>There are no credentials for a store.</summary>
    public const string NoCredentials = "SC5009";

    /// <summary>A store refuses the credentials.</summary>
    public const string CredentialsRefused = "SC5010";

    /// <summary>A bucket or container is not there.</summary>
    public const string NoBucket = "SC5011";

    /// <summary>The clock of the machine is wrong.</summary>
    public const string WrongClock = "SC5012";

    /// <summary>A store cannot be reached.</summary>
    public const string Unreachable = "SC5013";

    /// <summary>A store does not do what it is asked.</summary>
    public const string StoreFailed = "SC5014";

    /// <summary>A store cannot put on a condition.</summary>
    public const string NoConditions = "SC5015";

    /// <summary>What tells of earlier uploads cannot be read.</summary>
    public const string LedgerUnreadable = "SC5016";

    /// <summary>A store is not what the release says.</summary>
    public const string StoreDiffers = "SC5017";

    /// <summary>A live site does not serve what the release says.</summary>
    public const string SiteDiffers = "SC5018";

    /// <summary>An object is larger than the store takes in one piece.</summary>
    public const string ObjectTooLarge = "SC5019";
}
