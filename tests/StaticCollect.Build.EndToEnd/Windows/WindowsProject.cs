using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>Projects that are built and published by the .NET SDK for Windows.</summary>
internal static class WindowsProject
{
    /// <summary>A console project that needs no restore of its own.</summary>
    public static TestProject Restored(string content = "")
    {
        WindowsDotnet.Require();
        return Support.Restored.Console(content, forWindows: true);
    }

    /// <summary>A console project.</summary>
    public static TestProject Console(string content = "", string folderName = "App")
    {
        WindowsDotnet.Require();
        return TestProject.Console(content, folderName, forWindows: true);
    }

    /// <summary>An ASP.NET Core project.</summary>
    public static TestProject Web(string content = "")
    {
        WindowsDotnet.Require();
        return TestProject.Web(content, forWindows: true);
    }
}
