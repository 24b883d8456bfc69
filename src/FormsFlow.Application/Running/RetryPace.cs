using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Application.Running;

/// <summary>How long to wait between attempts: 15 s, doubling up to half an hour, spread by a fifth so that a thousand do not come back at once.</summary>
public static class RetryPace
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>Between two attempts, give or take the spread.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);


    /// <summary>About five days: a mail service that is away over a long weekend costs the weekend and no mail.</summary>
    const int MostAttempts = 240;

    public static bool IsHopeless(int attempts) => attempts >= MostAttempts;

    /// <param name="attempt">The one that failed, from 1.</param>
    /// <param name="key">What is retried: the spread is the same each time it is asked for.</param>
    public static TimeSpan DelayAfter(int attempt, string key) => DelayAfter(attempt, key, First, Longest);

    /// <inheritdoc cref="DelayAfter(int, string)"/>
    /// <param name="first">After the first failure; doubled after each further one.</param>
    /// <param name="longest">Not more than this, give or take the spread.</param>
    public static TimeSpan DelayAfter(int attempt, string key, TimeSpan first, TimeSpan longest)
    {
        var doubled = first * Math.Pow(2, Math.Min(attempt - 1, 12));
        var bounded = doubled < longest ? doubled : longest;
        var spread = SHA256.HashData(Encoding.UTF8.GetBytes($"{key}/{attempt}"))[0] / 255.0;
        return bounded * (0.8 + (0.4 * spread));
    }
}
