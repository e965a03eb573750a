using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Answers;

/// <summary>Everything that is known of one file.</summary>
/// <param name="LogicalPath">Its logical path.</param>
internal sealed record Explanation(string LogicalPath)
{
    /// <summary>Who offers it; <see langword="null"/> where nobody does any more.</summary>
    public Offers? Offers { get; init; }

    /// <summary>Why the winner is not published as a file of its own; <see langword="null"/> where it is.</summary>
    public string? WhyNoFile { get; init; }

    /// <summary>What is published; <see langword="null"/> where it is no file of its own.</summary>
    public PublishedForms? Forms { get; init; }

    /// <summary>Full path of the bundler's manifest that says that its name holds a hash; <see langword="null"/> where none does.</summary>
    public string? Witness { get; init; }

    /// <summary>Where it names other files.</summary>
    public IReadOnlyList<ReferencePlace> RefersTo { get; init; } = [];

    /// <summary>Where other files name it.</summary>
    public IReadOnlyList<ReferencePlace> ReferredToBy { get; init; } = [];

    /// <summary>What is wrong in it.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    /// <summary>Since when it is what it is; <see langword="null"/> where nothing was published yet.</summary>
    public Age? Age { get; init; }
}
