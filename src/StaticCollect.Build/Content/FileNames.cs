namespace StaticCollect.Build.Content;

/// <summary>Which names of files a system takes for one.</summary>
internal enum FileNames
{
    /// <summary>Equal ones alone, as Linux does.</summary>
    AsWritten,

    /// <summary>Those that differ in case only, too, as Windows does.</summary>
    WithoutCase,

    /// <summary>Those that differ in case or Unicode form only, as macOS does.</summary>
    WithoutCaseAndForm,
}
