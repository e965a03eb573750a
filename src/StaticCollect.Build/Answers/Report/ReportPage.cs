using System.Text;

namespace StaticCollect.Build.Answers.Report;

/// <summary>The report as one HTML file: the page of <c>src/report/</c>, with its data in it.</summary>
internal static class ReportPage
{
    private const string Template = "StaticCollect.Build.Answers.Report.report.html";

    // What stands in the template where the data go.
    private static readonly byte[] Place = Encoding.UTF8.GetBytes("{\"data\":\"of the release\"}");

    /// <summary>The bytes, in UTF-8: equal releases, equal bytes.</summary>
    public static byte[] Format(ReleaseReport report)
    {
        using var resource = typeof(ReportPage).Assembly.GetManifestResourceStream(Template)!;
        using var template = new MemoryStream();
        resource.CopyTo(template);
        var page = template.GetBuffer().AsSpan(0, (int)template.Length);
        var place = page.IndexOf(Place);
        return [.. page[..place], .. ReportJson.Format(report), .. page[(place + Place.Length)..]];
    }
}
