using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>From rows of which it is known whose they are to proposals: the id is written and read back, and only then anything begins.</summary>
public sealed partial class ResponseIntake
{
    /// <returns>What was done; and false if rows moved meanwhile, so that it has to be gone through again.</returns>
    async Task<(IntakeReport Report, bool Settled)> ApplyAsync(
        Form form, IResponseSheet sheet, SheetWatch watch, IReadOnlyList<RowMatch> matches, CancellationToken cancellationToken)
    {
        var verified = await ClaimAsync(form, sheet, watch, matches, cancellationToken);
        var report = IntakeReport.Idle;
        foreach (var match in verified.Where(match => match.Ownership is RowOwnership.Edited))
        {
            var edit = new Command.EditResponse(match.Row.Reading, time.GetUtcNow());
            await runner.ExecuteAsync(match.Id, edit, match.Row.Identity, cancellationToken);
            await engine.HintAsync(match.Id, logger, cancellationToken);
            report += new IntakeReport(0, 1, 0);
        }

        var arrivals = verified.Where(match => match.Ownership is RowOwnership.New or RowOwnership.Claimed).ToList();
        var taken = await SubmitAsync(form, arrivals, cancellationToken);
        foreach (var match in verified)
            watch.Remember(match.Row.Number, match.Id.Value, match.Row.Timestamp, isOpen: true);

        report += new IntakeReport(taken, 0, verified.Count(match => match.Ownership is RowOwnership.Restored));
        return (report, verified.Count == matches.Count);
    }

    /// <summary>Writes ids into their rows and reads the rows back.</summary>
    /// <returns>The matches whose row carries the id now, and is the row that was meant.</returns>
    async Task<IReadOnlyList<RowMatch>> ClaimAsync(
        Form form, IResponseSheet sheet, SheetWatch watch, IReadOnlyList<RowMatch> matches, CancellationToken cancellationToken)
    {
        var claims = matches.Where(match => match.MustWrite).ToList();
        if (claims.Count == 0) return matches;

        await sheet.WriteAsync([.. claims.Select(claim => new CellWrite(claim.Row.Number, OwnColumns.Id, claim.Id.Value))], cancellationToken);
        var after = (await ReadAsync(sheet, watch, [.. claims.Select(claim => claim.Row.Number)], null, cancellationToken)).ToDictionary(row => row.Number);
        var verified = matches.Where(match => !match.MustWrite || IsCarriedOut(match, after.GetValueOrDefault(match.Row.Number))).ToList();
        if (verified.Count < matches.Count) Log.Moved(logger, form.Key, matches.Count - verified.Count);
        return verified;
    }

    static bool IsCarriedOut(RowMatch match, ResponseRow? after) => after?.Id == match.Id && after.Identity == match.Row.Identity;

    async Task<int> SubmitAsync(Form form, IReadOnlyCollection<RowMatch> arrivals, CancellationToken cancellationToken)
    {
        var taken = 0;
        // The same answers twice are told apart by which came first: those one after another, all others at once.
        var alike = arrivals.GroupBy(match => match.Row.Reading.Proposal.ContentHash);
        await Parallel.ForEachAsync(alike, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken }, async (group, token) =>
        {
            foreach (var match in group.OrderBy(match => match.Row.Reading.Proposal.SubmittedAt).ThenBy(match => match.Row.Number))
            {
                var reading = match.Row.Reading;
                var earlier = match.CopyOf ?? (reading.IsReadable ? await FindEarlierAsync(form, match, token) : null);
                var submit = new Command.SubmitResponse(match.Id, form.Key, reading, form.Process, earlier, time.GetUtcNow());
                if (await runner.SubmitAsync(submit, match.Row.Identity, token)) Interlocked.Increment(ref taken);
                await engine.HintAsync(match.Id, logger, token);
            }
        });
        return taken;
    }

    /// <summary>A proposal with the same answers that is in review or was approved.</summary>
    async Task<ProposalId?> FindEarlierAsync(Form form, RowMatch match, CancellationToken cancellationToken)
    {
        var same = await store.FindByContentAsync(form.Key, match.Row.Reading.Proposal.ContentHash, cancellationToken);
        return same.FirstOrDefault(entry => entry.Id != match.Id && entry.Status is ProposalStatus.InReview or ProposalStatus.Approved)?.Id;
    }
}
