using StaticCollect.Build.Content;

namespace StaticCollect.Build.Stores;

/// <summary>
/// The web root in the publish folder. The SDK copies a file there only where it is newer than what lies there, and what
/// lies there may be a rewritten one of an earlier publish, newer than the source that it was made of.
/// </summary>
/// <param name="publishFolder">Full path of the publish folder.</param>
internal sealed class PublishedWebRoot(string publishFolder)
{
    private static readonly DateTime LongAgo = new(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Whether there are files of the app: outside the static root, and beside those that the framework brings.</summary>
    public bool HasFilesOfApp(string staticRoot)
    {
        var webRoot = Path.Combine(publishFolder, "wwwroot");
        return Directory.Exists(webRoot)
            && Directory.EnumerateFiles(webRoot, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Any(path => !FilePath.IsAtOrBelow(path, staticRoot) && !FilePath.IsAtOrBelow(path, Path.Combine(webRoot, "_framework")));
    }

    /// <summary>Sees to it that the SDK copies a file, and its encodings, unless what lies there is a copy of it.</summary>
    /// <param name="path">Path of the file below the web root.</param>
    /// <param name="source">What is known of the file that is to be published.</param>
    public void LetCopy(string path, FileStamp source)
    {
        var published = Path.Combine(publishFolder, "wwwroot", path.Replace('/', Path.DirectorySeparatorChar));
        if (FileStamp.Of(published) is not { } there || there.Ticks <= source.Ticks)
            return;
        FileSystem.SetTime(published, LongAgo);
        foreach (var encoding in ContentEncodings.All.Select(encoding => published + encoding.Suffix).Where(File.Exists))
            FileSystem.SetTime(encoding, LongAgo);
    }

    /// <summary>
    /// Puts a file of the SDK back into the place of a collected one that went. The SDK has left it out, since what lay there
    /// was newer.
    /// </summary>
    /// <param name="source">Full path of the file.</param>
    /// <param name="target">Full path of its place.</param>
    public static void GiveBack(string source, string target)
    {
        if (!File.Exists(source) || Path.Exists(target))
            return;
        var folder = Path.GetDirectoryName(target)!;
        FileSystem.MakeFolder(folder);
        var temporary = Path.Combine(folder, RootView.TemporaryName());
        FileSystem.Copy(source, temporary);
        FileSystem.Move(temporary, target);
    }
}
