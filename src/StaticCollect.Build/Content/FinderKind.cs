namespace StaticCollect.Build.Content;

/// <summary>The kinds of finders, named as in <c>StaticCollectFinders</c>.</summary>
internal enum FinderKind
{
    /// <summary>The static folder of each package in the restore graph.</summary>
    Package,

    /// <summary>The static folder of each referenced project.</summary>
    Project,

    /// <summary>The static folders of the project's apps.</summary>
    App,

    /// <summary>The project's own static folder.</summary>
    Own,

    /// <summary>The folders of <c>StaticCollectDirectory</c> items.</summary>
    Directory,

    /// <summary>The files of <c>StaticCollectFile</c> items.</summary>
    File,

    /// <summary>What the SDK's static web assets resolved for publish; off unless named.</summary>
    StaticWebAsset,

    /// <summary>What the SDK publishes below the static root: always there, and not one of those that can be named.</summary>
    WebRoot,
}
