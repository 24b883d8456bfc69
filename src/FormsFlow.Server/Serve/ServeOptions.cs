namespace FormsFlow.Server.Serve;

/// <summary>The settings under <c>Server</c>, which only this host reads, as they are written: texts. <see cref="ServeReader"/> understands them.</summary>
public sealed class ServeOptions
{
    public const string Section = "Server";

    /// <summary>Where the pages are served; a reverse proxy in front of it speaks TLS to the world.</summary>
    public string? Listen { get; set; }

    /// <summary>
    /// Reverse proxies whose word on the caller's address, scheme and host is taken: addresses and networks such as
    /// <c>10.0.0.5, 192.168.0.0/24</c>, separated by commas; <c>none</c>. Default: this machine.
    /// </summary>
    public string? KnownProxies { get; set; }
}

/// <summary>The settings under <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary><c>Sqlite</c> (the default) or <c>AzureTables</c>; the latter's own settings are under <c>Storage:AzureTables</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>The SQLite file, in a folder that exists.</summary>
    public string? Path { get; set; }
}
