using System.ComponentModel.DataAnnotations;

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

    /// <summary>How long one attempt may take. Google itself gives up after 180 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one request is tried again before it counts as failed. Quotas renew every minute, so this spans two.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest pause between two attempts, unless Google names a longer one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(32);
}
