using StaticCollect.Build.Content;

namespace StaticCollect.Build.Views;

/// <summary>What the last run found in views, on disk. One that is missing, damaged or of another version reads as nothing.</summary>
internal static class LastViewsFile
{
    // Any change of the format, or of what is a reference, takes a new number.
    private const string Version = "StaticCollect.LastViews.1";

    /// <summary>Reads a record.</summary>
    public static IReadOnlyList<View> Read(string path) => RecordStream.Read(path, Version, Parse) ?? [];

    /// <summary>Writes a record, unless it is there already as it is.</summary>
    public static void Write(string path, IReadOnlyList<View> views) => RecordStream.Write(path, Version, writer =>
    {
        writer.Write7BitEncodedInt(views.Count);
        foreach (var view in views)
        {
            writer.Write(view.Path);
            RecordStream.Write(writer, view.Stamp);
            writer.Write(view.IsTrusted);
            writer.Write7BitEncodedInt(view.References.Count);
            foreach (var reference in view.References)
            {
                writer.Write(reference.Url);
                writer.Write(reference.IsAsset);
                writer.Write7BitEncodedInt(reference.Line);
                writer.Write7BitEncodedInt(reference.Column);
            }
        }
    });

    private static View[] Parse(BinaryReader reader)
    {
        var views = new View[RecordStream.ReadCount(reader)];
        for (var i = 0; i < views.Length; i++)
        {
            views[i] = new View(
                reader.ReadString(),
                RecordStream.ReadStamp(reader),
                reader.ReadBoolean(),
                [.. Enumerable.Range(0, RecordStream.ReadCount(reader)).Select(_ => new ViewReference(reader.ReadString(), reader.ReadBoolean(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()))]);
        }

        return views;
    }
}
