namespace StaticCollect.Build.References;

/// <summary>
/// A language whose files can name other files. To teach the product a new one, implement this and add it to
/// <see cref="ReferenceLanguages"/>.
/// </summary>
internal interface IReferenceLanguage
{
    /// <summary>
    /// Finds each reference of a file, in ascending order and without overlaps. Every byte string is valid input:
    /// what cannot be understood ends in an <see cref="UnparsableException"/>, never in a guess.
    /// </summary>
    /// <param name="file">The bytes of the file, a byte order mark included.</param>
    /// <exception cref="UnparsableException">The text is not of this language; says where.</exception>
    FoundReferences Find(ReadOnlySpan<byte> file);
}

/// <summary>A file that is not of the language its name promises.</summary>
internal sealed class UnparsableException(string message, int offset) : Exception(message)
{
    /// <summary>Where reading failed, in bytes from the start of the file.</summary>
    public int Offset { get; } = offset;
}
