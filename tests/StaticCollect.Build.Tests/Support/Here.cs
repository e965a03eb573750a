using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Support;

/// <summary>Paths and links as this system has them.</summary>
internal static class Here
{
    private const string NoLinks = "Wine: it says that it made a symbolic link, and makes none.";

    private static readonly Lazy<bool> CanLink = new(TryToLink);

    /// <summary>Whether this user can make symbolic links here.</summary>
    public static bool MakesLinks => CanLink.Value;

    /// <summary>A full path of this system from one that begins with <c>/</c>: on Windows it lies on a drive.</summary>
    public static string Full(string path) =>
        OperatingSystem.IsWindows() && path.StartsWith('/') ? "C:" + path.Replace('/', '\\') : path;

    /// <summary>Ends the test where it wants symbolic links and nobody can make them.</summary>
    public static void Needs(LinkMode mode)
    {
        if (mode == LinkMode.Symbolic && NotUnderWineAttribute.IsWine)
            Assert.Ignore(NoLinks);
    }

    /// <summary>Makes a symbolic link; where the system lets nobody make one, the test ends here.</summary>
    public static void Link(string path, string target)
    {
        target = OperatingSystem.IsWindows() ? target.Replace('/', '\\') : target;
        try
        {
            // A link to a folder is another thing than one to a file on Windows.
            if (Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)))
                Directory.CreateSymbolicLink(path, target);
            else
                File.CreateSymbolicLink(path, target);
        }
        catch (IOException e) when (OperatingSystem.IsWindows())
        {
            Assert.Ignore($"Symbolic links need the developer mode of Windows, or an administrator: {e.Message}");
        }

        if (NotUnderWineAttribute.IsWine && new FileInfo(path).LinkTarget is null)
            Assert.Ignore(NoLinks);
    }

    private static bool TryToLink()
    {
        using var tree = new TempTree();
        try
        {
            return File.CreateSymbolicLink(tree["link"], tree["file"]) is { } && new FileInfo(tree["link"]).LinkTarget is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
