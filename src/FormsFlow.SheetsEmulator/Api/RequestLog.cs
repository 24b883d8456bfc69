namespace FormsFlow.SheetsEmulator.Api;

/// <summary>One request as it was answered.</summary>
/// <param name="Method">Such as <c>values.batchGet</c>, <c>token</c>, or <c>?</c> for an unknown path.</param>
/// <param name="IsWrite">Whether it counts against the write quota.</param>
/// <param name="SpreadsheetId">From the path.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Status">The answer's status; 0 when there was none.</param>
/// <param name="RequestBytes">The body as it came over the wire.</param>
/// <param name="ResponseBytes">The body as it went over the wire.</param>
/// <param name="ResponseLength">The body before compression.</param>
/// <param name="At">When it was answered.</param>
public sealed record LoggedRequest(
    string Method, bool IsWrite, string SpreadsheetId, string Path, int Status, long RequestBytes, long ResponseBytes, long ResponseLength, DateTimeOffset At);

/// <summary>The latest requests, for tests and measurements. Totals count all; the list keeps the last ten thousand.</summary>
public sealed class RequestLog
{
    private const int Kept = 10_000;
    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _requests = new();
    private readonly Dictionary<string, (int Count, long Bytes)> _totals = new(StringComparer.Ordinal);

    public IReadOnlyList<LoggedRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>By method: how many requests, and bytes of their answers on the wire.</summary>
    public IReadOnlyDictionary<string, (int Count, long Bytes)> Totals
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, (int, long)>(_totals, StringComparer.Ordinal);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _requests.Clear();
            _totals.Clear();
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            if (_requests.Count == Kept)
                _requests.Dequeue();
            _requests.Enqueue(request);
            var (count, bytes) = _totals.GetValueOrDefault(request.Method);
            _totals[request.Method] = (count + 1, bytes + request.ResponseBytes);
        }
    }
}
