namespace StaticCollect.Build.Settings;

/// <summary>The web servers that configuration can be written for, named as in <c>StaticCollectServerConfig</c>.</summary>
internal enum WebServer
{
    /// <summary>The Apache HTTP Server.</summary>
    Apache,

    /// <summary>Caddy.</summary>
    Caddy,

    /// <summary>nginx.</summary>
    Nginx,
}
