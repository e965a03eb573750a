using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Stores;

/// <summary>
/// Whose a static root is. What a run knows lies below <c>obj</c> of its project, so two projects with one root would
/// overwrite and remove each other's files and know nothing of it. A file beside the root tells the name of the project: by
/// name, since a build server may check one project out anywhere, and since it tells nothing of the machine.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
internal sealed class RootOwner(CollectSettings settings)
{
    private const string WebRoot = "wwwroot";
    private const string Start = "This static root belongs to the project ";
    private const string End = ". StaticCollect.Build keeps other projects out of it.\n";

    // A record is a line; whatever is longer is none.
    private const int MostBytes = 4096;

    /// <summary>Full path of the record.</summary>
    public string Path { get; } = PathOf(FilePath.Real(settings.Root));

    /// <summary>The error where the root is another project's; <see langword="null"/> where it is nobody's, empty, or our own.</summary>
    public Diagnostic? Check() => Read() is { } owner && !IsOurs(owner) && Directory.Exists(settings.Root) && !FileSystem.IsEmpty(settings.Root)
        ? Diagnostic.Error(
            Codes.RootOfAnother,
            $"The static root '{settings.Show(settings.Root)}' is that of the project '{owner}', whose files this one would overwrite and remove. Set StaticCollectRoot of one of them to a folder of its own. If '{owner}' is gone or has another name now, delete '{settings.Show(Path)}'.")
        : null;

    /// <summary>Whether the root is known to be ours.</summary>
    public bool IsNoted => IsOurs(Read());

    /// <summary>Notes that the root is ours. Where nothing may be written beside it nothing is noted, and all else goes on.</summary>
    public void Take()
    {
        if (IsNoted)
            return;
        try
        {
            AtomicFile.Write(Path, Encoding.UTF8.GetBytes($"{Start}{Name}{End}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever comes next notes it.
        }
    }

    /// <summary>Gives the root back.</summary>
    public void Leave()
    {
        if (IsNoted)
            AtomicFile.TryDelete(Path);
    }

    // A project is called by the name of its file, which may be spelled otherwise where case does not count.
    private bool IsOurs(string? owner) => owner is not null && FilePath.Same(owner, Name);

    // A name with a line break would be two lines of the record.
    private string Name => Printable.Of(settings.ProjectName);

    private string? Read()
    {
        if (FileStamp.Of(Path) is not { Length: > 0 and <= MostBytes })
            return null;
        return FileSystem.TryReadAllBytes(Path) is { } bytes
            && Encoding.UTF8.GetString(bytes) is var text
            && text.StartsWith(Start, StringComparison.Ordinal)
            && text.EndsWith(End, StringComparison.Ordinal)
            && text.Length > Start.Length + End.Length
            ? text[Start.Length..^End.Length]
            : null;
    }

    /// <summary>
    /// Beside the web root that holds the static root, since what lies in it may be downloaded; else beside the static root. It
    /// follows from the root alone, so that all projects find it.
    /// </summary>
    private static string PathOf(string root)
    {
        var names = new List<string>();
        var folder = root;
        for (var above = root; System.IO.Path.GetDirectoryName(above) is { } next; above = next)
        {
            var name = System.IO.Path.GetFileName(above);
            if (FilePath.Same(name, WebRoot))
            {
                folder = above;
                break;
            }

            names.Insert(0, name.Replace(".", "..", StringComparison.Ordinal));
        }

        var below = folder == root ? System.IO.Path.GetFileName(root) : string.Join('.', names);
        if (Encoding.UTF8.GetByteCount(below) > PathLimits.Name / 2)
            below = Sha256.OfTexts(below).Digits(12);
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(folder) ?? folder, $".{below}.staticcollect");
    }
}
