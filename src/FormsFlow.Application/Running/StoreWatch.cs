using FormsFlow.Application.Ports;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// That the store cannot be used is one trouble, whoever meets it: the engine, a form's turn or a page. It is said once for each cause, and
/// is over when the engine could write again.
/// </summary>
public sealed partial class StoreWatch(Troubles troubles, ILogger<StoreWatch> logger)
{
    /// <summary>The store's entry among the <see cref="Troubles"/>.</summary>
    public const string Key = "store";

    public bool IsPresent => troubles.Current.Any(trouble => trouble.Key == Key);

    public void Report(StoreUnavailableException e)
    {
        var reason = FailureText.Of(e);
        if (troubles.Report(Key, reason, e.Passes)) Log.Unavailable(logger, reason);
    }

    /// <returns>Whether there was one.</returns>
    public bool Solve() => troubles.Solve(Key);

    static partial class Log
    {
        [LoggerMessage(1547, LogLevel.Error, "The store cannot be used; it is tried again until it can: {Reason}")]
        public static partial void Unavailable(ILogger logger, string reason);
    }
}
