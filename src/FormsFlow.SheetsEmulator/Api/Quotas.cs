using System.Collections.Concurrent;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Requests per minute.</summary>
/// <param name="ReadsPerProject">Reads of all accounts of a project.</param>
/// <param name="WritesPerProject">Writes of all accounts of a project.</param>
/// <param name="ReadsPerUser">Reads of one account.</param>
/// <param name="WritesPerUser">Writes of one account.</param>
public sealed record QuotaLimits(int ReadsPerProject = 300, int WritesPerProject = 300, int ReadsPerUser = 60, int WritesPerUser = 60);

/// <summary>Google's quotas, refilled at every full minute of the clock. Off while <see cref="Limits"/> is null.</summary>
public sealed class Quotas(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Who, bool Write), (long Minute, int Count)> _used = new();

    public QuotaLimits? Limits { get; set; }

    /// <summary>Counts a request, or refuses it.</summary>
    internal void Spend(string account, bool write)
    {
        if (Limits is not { } limits)
            return;
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var (perUser, perProject) = write ? (limits.WritesPerUser, limits.WritesPerProject) : (limits.ReadsPerUser, limits.ReadsPerProject);
        if (!Fits(account, write, minute, perUser))
            throw ApiException.QuotaExceeded(write, perUser: true, perUser);
        if (!Fits("", write, minute, perProject))
            throw ApiException.QuotaExceeded(write, perUser: false, perProject);
    }

    private bool Fits(string who, bool write, long minute, int limit) =>
        _used.AddOrUpdate((who, write), (minute, 1), (_, used) => used.Minute == minute ? (minute, used.Count + 1) : (minute, 1)).Count <= limit;
}
