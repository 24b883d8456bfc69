namespace FormsFlow.SheetsEmulator.Api;

/// <summary>A request on its way, for hooks.</summary>
public sealed record EmulatedRequest(string Method, bool IsWrite, string SpreadsheetId, string? Range);

/// <summary>Lets a test step in between two requests, for example to sort the sheet after a read and before the write that follows.</summary>
public sealed class RequestHooks
{
    /// <summary>Runs before a request is performed.</summary>
    public Func<EmulatedRequest, CancellationToken, Task>? Before { get; set; }

    /// <summary>Runs after it was performed and before it is answered.</summary>
    public Func<EmulatedRequest, CancellationToken, Task>? After { get; set; }
}
