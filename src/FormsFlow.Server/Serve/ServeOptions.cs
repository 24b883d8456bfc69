namespace FormsFlow.Server.Serve;

/// <summary>The settings under <c>Server</c>, which only this host reads.</summary>
public sealed class ServeOptions
{
    public const string Section = "Server";

    /// <summary>Where the pages are served; a reverse proxy in front of it speaks TLS to the world.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";
}

/// <summary>The settings under <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The SQLite file, in a folder that exists.</summary>
    public string Path { get; set; } = "formsflow.db";
}
