using StaticCollect.Build.Settings;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>A header that the user gives to some objects.</summary>
/// <param name="Name">Its name, one of <see cref="Names"/>.</param>
/// <param name="Pattern">Which objects.</param>
/// <param name="Value">Its value.</param>
internal sealed record HeaderRule(string Name, Glob Pattern, string Value)
{
    /// <summary>The headers that every store keeps with an object and that are not the release's to say.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Cache-Control", "Content-Disposition", "Content-Language", "Content-Type"];

    /// <summary>The headers with this one.</summary>
    public ObjectHeaders Apply(ObjectHeaders headers) => Name switch
    {
        "Cache-Control" => headers with { CacheControl = Value },
        "Content-Disposition" => headers with { ContentDisposition = Value },
        "Content-Language" => headers with { ContentLanguage = Value },
        _ => headers with { ContentType = Value },
    };
}
