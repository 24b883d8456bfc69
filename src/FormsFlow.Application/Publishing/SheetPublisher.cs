using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// Brings the sheet in line with the proposals that changed: one read, one write, one read to make sure, and the dashboard,
/// however many changed. A row is found by the id in it; what a sort in the very moment of writing misplaced is put right.
/// </summary>
public sealed partial class SheetPublisher(
    IProposalStore store, IResponseSheets sheets, Installation installation, LinkMaker links, DashboardHead head, ILogger<SheetPublisher> logger)
{
    const int MostAtOnce = 10_000;

    /// <summary>Somebody who sorts faster than this is written to again at the next publishing.</summary>
    const int MostRounds = 4;

    /// <returns>How many proposals the sheet now shows as they are.</returns>
    public Task<int> PublishAsync(string formKey, CancellationToken cancellationToken) => PublishAsync(formKey, [], cancellationToken);

    /// <param name="wrong">Proposals that did not change, and of which the sheet shows something else than it should.</param>
    /// <returns>How many proposals the sheet now shows as they are.</returns>
    public async Task<int> PublishAsync(string formKey, IReadOnlyCollection<ProposalId> wrong, CancellationToken cancellationToken)
    {
        var changed = await store.ListUnpublishedAsync(formKey, MostAtOnce, cancellationToken);
        var form = installation.Form(formKey);
        var sheet = sheets.Of(formKey);
        var note = $"publishing/{formKey}";
        if (changed.Count == 0 && wrong.Count == 0)
        {
            if (await head.IsOutOfDateAsync(form, cancellationToken)) await WriteDashboardAsync(sheet, form, [], note, cancellationToken);
            return 0;
        }

        var unfinished = Unfinished.Read(await store.ReadNoteAsync(note, cancellationToken));
        var lines = new SheetLines(store, form, installation, links);
        foreach (var entry in changed) await lines.AddAsync(entry.Id, cancellationToken);
        foreach (var id in wrong.Concat(unfinished.Lines)) await lines.AddAsync(id, cancellationToken);
        var due = lines.All.Select(line => line.Id).ToHashSet();

        var rows = new RowWriting(sheet, form, lines, unfinished.Rows);
        if (await rows.NextAsync(cancellationToken) is { Count: > 0 } writes)
        {
            // Should the power go between a write and the look at what came of it, the next publishing looks at every row.
            unfinished = unfinished with { Rows = true };
            await store.WriteNoteAsync(note, unfinished.ToString(), cancellationToken);
            if (!await SettleAsync(sheet, formKey, rows, writes, cancellationToken)) return 0;
        }

        due.ExceptWith(rows.Ambiguous);
        if (due.Count > 0) await WriteDashboardAsync(sheet, form, InOrder(due.Select(lines.Of), rows), note, cancellationToken);
        if (unfinished != Unfinished.Nothing && rows.Ambiguous.Count == 0) await store.WriteNoteAsync(note, "", cancellationToken);
        if (due.Count == 0) return 0;
        await store.MarkPublishedAsync([.. due.Select(id => (id, lines.Of(id).Version))], cancellationToken);
        Log.Published(logger, formKey, due.Count);
        return due.Count;
    }

    /// <returns>False if rows kept moving under the writing.</returns>
    async Task<bool> SettleAsync(
        IResponseSheet sheet, string form, RowWriting rows, IReadOnlyCollection<CellWrite> writes, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (round > 0) Log.Misplaced(logger, form, writes.Count);
            await sheet.WriteAsync(writes, cancellationToken);
            writes = await rows.NextAsync(cancellationToken);
            if (writes.Count == 0) return true;
        }

        Log.Unsettled(logger, form, MostRounds);
        return false;
    }

    /// <summary>What is new goes below the rest in the order in which it was sent in.</summary>
    static IReadOnlyList<DashboardLine> InOrder(IEnumerable<SheetLine> lines, RowWriting rows) =>
    [
        .. lines.OrderBy(line => line.SubmittedAt).ThenBy(line => line.Id.Value, StringComparer.Ordinal)
            .Select(line => line.DashboardWith(rows.Present.Contains(line.Id))),
    ];

    async Task WriteDashboardAsync(IResponseSheet sheet, Form form, IReadOnlyList<DashboardLine> lines, string note, CancellationToken cancellationToken)
    {
        try
        {
            var dashboard = await head.OfAsync(form, lines, cancellationToken);
            await sheet.WriteDashboardAsync(dashboard, cancellationToken);
            await head.NoteAsync(form, dashboard, cancellationToken);
        }
        catch (SheetUnavailableException e) when (e.PublishAgain.Count > 0)
        {
            var lost = e.PublishAgain.Select(text => ProposalId.TryParse(text, out var id) ? id : (ProposalId?)null).OfType<ProposalId>();
            await store.WriteNoteAsync(note, new Unfinished(Rows: false, [.. lost]).ToString(), cancellationToken);
            throw;
        }
    }

    static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Form {Form}: the sheet shows what changed; proposals: {Count}")]
        public static partial void Published(ILogger logger, string form, int count);

        [LoggerMessage(1202, LogLevel.Warning, "Form {Form}: rows moved while they were written; cells that are written again: {Count}")]
        public static partial void Misplaced(ILogger logger, string form, int count);

        [LoggerMessage(1203, LogLevel.Warning, "Form {Form}: rows kept moving through {Rounds} rounds of writing; publishing goes on at the next poll")]
        public static partial void Unsettled(ILogger logger, string form, int rounds);
    }
}
