namespace FormsFlow.GoogleSheets;

/// <summary>How FormsFlow reaches Google.</summary>
public sealed class GoogleOptions
{
    public const string Section = "Google";

    /// <summary>The service account's key: the whole JSON that Google's console hands out. Either this or <see cref="CredentialsFile"/>.</summary>
    public string? Credentials { get; set; }

    /// <summary>The path of a file that holds the service account's key.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>Where the Sheets API is; Google if empty. Set it only to reach an emulator: <c>http://localhost:5010/</c>.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>How long one attempt may take, 1 s to 5 min. Google itself gives up after 180 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one request is tried again before it counts as failed, up to 1 h. Quotas renew every minute, so this spans two.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest pause between two attempts, 1 ms to 10 min, unless Google names a longer one.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(32);

    /// <summary>Settings that could not be read at all, each with what would be right.</summary>
    internal IReadOnlyList<string> Unreadable { get; set; } = [];
}
