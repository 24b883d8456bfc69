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
    IProposalStore store, IResponseSheets sheets, Installation installation, LinkMaker links, TimeProvider time, ILogger<SheetPublisher> logger)
{
    const int MostAtOnce = 10_000;

    /// <summary>Somebody who sorts faster than this is written to again at the next publishing.</summary>
    const int MostRounds = 4;

    /// <returns>How many proposals the sheet now shows as they are.</returns>
    public async Task<int> PublishAsync(string formKey, CancellationToken cancellationToken)
    {
        var changed = await store.ListUnpublishedAsync(formKey, MostAtOnce, cancellationToken);
        if (changed.Count == 0) return 0;

        var form = installation.Form(formKey);
        var sheet = sheets.Of(formKey);
        var lines = new Dictionary<ProposalId, SheetLine>();
        foreach (var entry in changed) await AddLineAsync(lines, entry.Id, form, cancellationToken);
        var due = lines.Keys.ToHashSet();

        if (!await WriteRowsAsync(sheet, form, lines, cancellationToken))
        {
            Log.Unsettled(logger, formKey, MostRounds);
            return 0;
        }

        await sheet.WriteDashboardAsync(await DashboardOf(form, due.Select(id => lines[id]), cancellationToken), cancellationToken);
        await store.MarkPublishedAsync([.. due.Select(id => (id, lines[id].Version))], cancellationToken);
        Log.Published(logger, formKey, due.Count);
        return due.Count;
    }

    /// <returns>False if rows kept moving under the writing.</returns>
    async Task<bool> WriteRowsAsync(IResponseSheet sheet, Form form, Dictionary<ProposalId, SheetLine> lines, CancellationToken cancellationToken)
    {
        var columns = OwnColumns.Of(form);
        var touched = new HashSet<int>();
        for (var round = 0; round < MostRounds; round++)
        {
            var rows = await sheet.ReadColumnsAsync(columns, cancellationToken);
            var writes = new List<CellWrite>();
            foreach (var row in rows)
            {
                if (!ProposalId.TryParse(row[0].ToString(), out var id))
                {
                    // A row that is nobody's yet, in which an earlier round left a status that a sort has since moved away from its owner.
                    if (touched.Contains(row.Number)) writes.AddRange(Differing(row, columns, _ => ""));
                    continue;
                }

                if (touched.Contains(row.Number)) await AddLineAsync(lines, id, form, cancellationToken);
                if (lines.TryGetValue(id, out var line)) writes.AddRange(Differing(row, columns, column => line.Cells[column]));
            }

            if (writes.Count == 0) return true;
            if (round > 0) Log.Misplaced(logger, form.Key, writes.Count);
            await sheet.WriteAsync(writes, cancellationToken);
            touched.UnionWith(writes.Select(write => write.Row));
        }

        return false;
    }

    static IEnumerable<CellWrite> Differing(SheetRow row, IReadOnlyList<string> columns, Func<string, string> wanted)
    {
        for (var i = 1; i < columns.Count; i++)
            if (row[i].ToString() != wanted(columns[i]))
                yield return new CellWrite(row.Number, columns[i], wanted(columns[i]));
    }

    async Task AddLineAsync(Dictionary<ProposalId, SheetLine> lines, ProposalId id, Form form, CancellationToken cancellationToken)
    {
        if (lines.ContainsKey(id)) return;
        if (await store.LoadAsync(id, cancellationToken) is { } stored && stored.Entry.Form == form.Key)
            lines[id] = SheetLine.Of(stored.State, form, installation, links);
    }

    async Task<Dashboard> DashboardOf(Form form, IEnumerable<SheetLine> lines, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(form.Key, cancellationToken);
        return new Dashboard(
            $"{installation.District}: {form.Title}",
            TimeZoneInfo.ConvertTime(time.GetUtcNow(), installation.Calendar.Zone),
            [.. Summary.Select(figure => new DashboardFigure(figure.Label, counts.GetValueOrDefault(figure.Status)))],
            [.. form.Parties.Select(party => party.Title)],
            [.. lines.Select(line => line.Dashboard)]);
    }

    static readonly (string Label, ProposalStatus Status)[] Summary =
    [
        ("In review", ProposalStatus.InReview),
        ("Needs correction", ProposalStatus.NeedsCorrection),
        ("Approved", ProposalStatus.Approved),
        ("Denied", ProposalStatus.Denied),
        ("Expired", ProposalStatus.Expired),
        ("Withdrawn", ProposalStatus.Withdrawn),
        ("Duplicate", ProposalStatus.Duplicate),
    ];

    static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Form {Form}: the sheet shows {Count} changed proposals")]
        public static partial void Published(ILogger logger, string form, int count);

        [LoggerMessage(1202, LogLevel.Warning, "Form {Form}: rows moved while they were written; {Count} cells are written again")]
        public static partial void Misplaced(ILogger logger, string form, int count);

        [LoggerMessage(1203, LogLevel.Warning, "Form {Form}: rows kept moving through {Rounds} rounds of writing; publishing goes on at the next poll")]
        public static partial void Unsettled(ILogger logger, string form, int rounds);
    }
}
