namespace StaticCollect.Build.Answers.Report;

/// <summary>A section of the report that is a list of lines.</summary>
/// <param name="Title">Its title.</param>
/// <param name="About">What the lines are about, a sentence or two.</param>
/// <param name="Lines">The lines; none where there is nothing to tell.</param>
internal sealed record ReportNote(string Title, string About, IReadOnlyList<string> Lines);
