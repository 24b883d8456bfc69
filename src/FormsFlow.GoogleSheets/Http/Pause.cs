using System.Net;
using System.Net.Http.Headers;

namespace FormsFlow.GoogleSheets.Http;

/// <summary>How long to wait before the next attempt: arithmetic, apart from clocks and dice.</summary>
public static class Pause
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Answers that another attempt may change. Google uses 408 and 425 nowhere, proxies do.</summary>
    public static bool IsWorthwhile(HttpStatusCode status) => (int)status is 408 or 425 or 429 or 500 or 502 or 503 or 504;

    /// <summary>
    /// 1, 2, 4 … s up to <paramref name="longest"/>, each shortened by up to half so that many clients do not come back at once;
    /// never less than the server asked for. Null when that would go beyond <paramref name="budget"/>.
    /// </summary>
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="elapsed">Since the first attempt began.</param>
    /// <param name="dice">From 0 to 1.</param>
    public static TimeSpan? Before(
        int failures, TimeSpan elapsed, TimeSpan budget, TimeSpan longest, RetryConditionHeaderValue? retryAfter, DateTimeOffset now, double dice)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 20));
        var pause = (doubled < longest ? doubled : longest) * (1 - dice / 2);
        var asked = Asked(retryAfter, now);
        if (asked > pause) pause = asked + First * dice;
        return elapsed + pause <= budget ? pause : null;
    }

    /// <summary>How long the server asks to be left alone; nothing or less if it does not.</summary>
    public static TimeSpan Asked(RetryConditionHeaderValue? retryAfter, DateTimeOffset now) => retryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => TimeSpan.Zero,
    };
}
