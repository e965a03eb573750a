namespace StaticCollect.Build.Fingerprinting.References;

/// <summary>Which language a file is read as, by its name.</summary>
public static class ReferenceLanguages
{
    /// <summary>The language of a file, or <see langword="null"/> for a file that never names another one.</summary>
    /// <param name="logicalPath">The logical path of the file; its extension is compared without case.</param>
    public static IReferenceLanguage? Of(string logicalPath) => null;
}
