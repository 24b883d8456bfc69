using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Mailing;

/// <summary>Takes in what a mail service tells of a mail after it took it over. When it returns, it is recorded.</summary>
public sealed partial class DeliveryReports(IProposalStore store, ProposalRunner runner, IProcessEngine engine, ILogger<DeliveryReports> logger)
{
    /// <summary>A report that comes again, as such reports do, is ignored; so is one about a proposal that is not known here.</summary>
    public async Task TakeAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        var events = await store.ReadEventsAsync(report.Proposal, cancellationToken);
        if (events.Count == 0)
        {
            Log.Unknown(logger, report.Proposal);
            return;
        }

        if (events.Any(record => IsKnown(record, report))) return;
        var what = EffectText.DescribeId(report.EffectId);
        Command command = report.Failure is null
            ? new Command.ReportDelivery(report.EffectId, what, report.At)
            : new Command.ReportFailure(report.EffectId, what, FailureText.Of(report.Failure), report.At);
        await runner.ExecuteAsync(report.Proposal, command, null, cancellationToken);
        Log.Taken(logger, report.Proposal, report.EffectId, report.Failure is null ? "delivered" : "failed");
        // A failure is told to somebody; that a mail arrived is told to nobody.
        if (report.Failure is not null) await engine.HintAsync(report.Proposal, logger, cancellationToken);
    }

    static bool IsKnown(EventRecord record, DeliveryReport report) =>
        record.Type is "delivered" or "delivery-failed" && ProposalCodec.ReadEvent(record.Body) switch
        {
            Event.Delivered delivered => report.Failure is null && delivered.EffectId == report.EffectId,
            Event.DeliveryFailed failed => report.Failure is not null && failed.EffectId == report.EffectId,
            _ => false,
        };

    static partial class Log
    {
        [LoggerMessage(1041, LogLevel.Information, "Proposal {Id}: {Effect} {Happened}, says the mail service")]
        public static partial void Taken(ILogger logger, ProposalId id, string effect, string happened);

        [LoggerMessage(1042, LogLevel.Warning, "The mail service reports on a mail about {Id}, and there is no such proposal here")]
        public static partial void Unknown(ILogger logger, ProposalId id);
    }
}

/// <param name="EffectId">Of the effect that sent the mail.</param>
/// <param name="Failure">Why it will never arrive, in the service's words; null if it has arrived.</param>
public sealed record DeliveryReport(ProposalId Proposal, string EffectId, string? Failure, DateTimeOffset At);
