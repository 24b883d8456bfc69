namespace FormsFlow.Application.Ports;

/// <summary>
/// Who begins an effect claims it: until the attempt ends, or for this long if its process died, nobody else attempts it. So two processes
/// that serve one store send a mail once, however slow the mail server is.
/// </summary>
public static class EffectClaim
{
    /// <summary>Five minutes: longer than any attempt may take, see <see cref="LongestAttempt"/>.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMinutes(5);

    /// <summary>An attempt that takes this long is given up, so that its end is noted before somebody else may begin.</summary>
    public static TimeSpan LongestAttempt { get; } = Length - TimeSpan.FromSeconds(30);

    /// <param name="begunAt">When the latest attempt began that has not ended; null if there is none.</param>
    /// <returns>False also for an attempt of the future: the clock was set back since.</returns>
    public static bool Holds(DateTimeOffset? begunAt, DateTimeOffset now) => begunAt is { } begun && begun <= now && now < begun + Length;
}
