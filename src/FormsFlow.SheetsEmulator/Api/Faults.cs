namespace FormsFlow.SheetsEmulator.Api;

/// <summary>How a request goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Answers the status; nothing was done.</summary>
    Status,

    /// <summary>Does what was asked, then answers the status.</summary>
    StatusAfterDoing,

    /// <summary>Never answers; nothing was done.</summary>
    Hang,

    /// <summary>Closes the connection without an answer; nothing was done.</summary>
    Close,

    /// <summary>Does what was asked and closes the connection in the middle of the answer.</summary>
    CloseHalfway,

    /// <summary>Answers properly, but late.</summary>
    Delay,
}

/// <summary>A failure to come.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Status">The HTTP status, for the two kinds that answer one.</param>
/// <param name="RetryAfter">Seconds for a Retry-After header.</param>
/// <param name="DelayMilliseconds">How late, for <see cref="FaultKind.Delay"/>.</param>
/// <param name="Method">Only this method, such as <c>values.batchUpdate</c>; or <c>read</c>, <c>write</c>, <c>token</c>. Null: any of the API.</param>
/// <param name="SpreadsheetId">Only this spreadsheet.</param>
/// <param name="Times">How many requests it hits.</param>
/// <param name="Skip">How many matching requests it lets pass first.</param>
public sealed record Fault(
    FaultKind Kind, int Status = 503, int? RetryAfter = null, int DelayMilliseconds = 0, string? Method = null, string? SpreadsheetId = null, int Times = 1, int Skip = 0);

/// <summary>Failures that tests order. The first that matches a request is spent on it.</summary>
public sealed class Faults
{
    private readonly List<Fault> _faults = [];

    public void Add(Fault fault)
    {
        lock (_faults)
            _faults.Add(fault);
    }

    public void Clear()
    {
        lock (_faults)
            _faults.Clear();
    }

    /// <summary>Those still to come.</summary>
    public IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (_faults)
                return [.. _faults];
        }
    }

    internal Fault? Take(string method, bool write, string spreadsheetId)
    {
        lock (_faults)
        {
            for (var i = 0; i < _faults.Count; i++)
            {
                var fault = _faults[i];
                var matches = fault.Method switch
                {
                    null => method is not "token",
                    "read" => !write && method is not "token",
                    "write" => write,
                    var name => name == method,
                };
                if (!matches || (fault.SpreadsheetId is { } id && id != spreadsheetId))
                    continue;
                if (fault.Skip > 0)
                {
                    _faults[i] = fault with { Skip = fault.Skip - 1 };
                    continue;
                }
                if (fault.Times <= 1)
                    _faults.RemoveAt(i);
                else
                    _faults[i] = fault with { Times = fault.Times - 1 };
                return fault;
            }
            return null;
        }
    }
}
