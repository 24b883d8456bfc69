using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>A wake-up is a hint: what was recorded stays recorded when the engine cannot be reached, and the sweep finds it.</summary>
static partial class WakeUp
{
    public static async Task HintAsync(this IProcessEngine engine, ProposalId id, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await engine.WakeAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Lost(logger, id, e.GetType().Name, FailureText.Of(e));
        }
    }

    static partial class Log
    {
        [LoggerMessage(1030, LogLevel.Warning, "Proposal {Id} could not be woken ({Error}: {Reason}); the next sweep finds it")]
        public static partial void Lost(ILogger logger, ProposalId id, string error, string reason);
    }
}
