using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>What an object is to pages, which decides when it is put.</summary>
internal enum Kind
{
    /// <summary>Its name changes with its bytes, so that nothing names it yet.</summary>
    Immutable,

    /// <summary>An encoding of one of those.</summary>
    Encoding,

    /// <summary>A file under its own name, or an encoding of one.</summary>
    Plain,

    /// <summary>A page, which names all the others, or an encoding of one.</summary>
    Page,

    /// <summary>A manifest, which scripts and servers read to find all the others.</summary>
    Manifest,
}

/// <summary>An object as the release wants it in the store.</summary>
/// <param name="Path">Its path from the prefix on.</param>
/// <param name="Kind">What it is to pages.</param>
/// <param name="Source">The path of its bytes below the static root: another one where the encoding lies in its place.</param>
/// <param name="Hash">The SHA-256 of its bytes.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Headers">What it is served with.</param>
/// <param name="Promise">The SHA-256 of what its name promises for ever, decoded; not known where it promises nothing.</param>
internal sealed record WantedObject(string Path, Kind Kind, string Source, Sha256 Hash, long Length, ObjectHeaders Headers, Sha256 Promise);
