namespace StaticCollect.Build.Emitters.Servers;

/// <summary>
/// Writes the configuration of one web server. To teach the product a new one, implement this and add it to
/// <see cref="KnownServers"/>. Implementations hold no state, and equal input gives equal text.
/// </summary>
internal interface IServerConfig
{
    /// <summary>The name in <c>StaticCollectServerConfig</c>, e.g. <c>nginx</c>.</summary>
    string Name { get; }

    /// <summary>
    /// What the names of its files end in: each is the static root's path below the web root with one of these, e.g. <c>.caddy</c>. They
    /// never change, since a file that is no longer wanted is found by its name.
    /// </summary>
    IReadOnlyList<string> Suffixes { get; }

    /// <summary>The text of each file, in the order of <see cref="Suffixes"/>; each line ends in a line feed.</summary>
    IReadOnlyList<string> Texts(ServedFiles served);
}
