using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// Compares all that a sheet shows of its proposals with what it should show: cells that somebody typed over or emptied, lines that were
/// deleted from the dashboard, the dashboard itself. It changes nothing: who publishes does.
/// </summary>
public sealed partial class SheetInspector(
    IProposalStore store, IResponseSheets sheets, Installation installation, LinkMaker links, TimeProvider time, ILogger<SheetInspector> logger)
{
    /// <returns>Proposals of which the sheet shows something else than it should.</returns>
    /// <exception cref="SheetUnavailableException">The sheet cannot be read.</exception>
    public async Task<IReadOnlyCollection<ProposalId>> InspectAsync(string formKey, CancellationToken cancellationToken)
    {
        var form = installation.Form(formKey);
        var sheet = sheets.Of(formKey);
        var columns = OwnColumns.Of(form);
        var rows = (await sheet.ReadColumnsAsync(columns, cancellationToken)).ToLookup(row => ProposalId.TryParse(row[0].ToString(), out var id) ? id : (ProposalId?)null);

        var wrong = new HashSet<ProposalId>();
        var dashboard = new List<DashboardLine>();
        await foreach (var entry in store.ListAsync(formKey, cancellationToken))
        {
            // What is still to be published is not wrong.
            if (entry.Version > entry.PublishedVersion || await store.LoadAsync(entry.Id, cancellationToken) is not { } stored) continue;
            var line = SheetLine.Of(stored.State, form, installation, links);
            dashboard.Add(line.DashboardWith(hasRow: rows.Contains(entry.Id)));
            if (rows[entry.Id].Any(row => columns.Skip(1).Index().Any(column => row[column.Index + 1].ToString() != line.Cells[column.Item]))) wrong.Add(entry.Id);
        }

        var shown = DashboardOf(form, dashboard);
        foreach (var id in await sheet.CompareDashboardAsync(shown, cancellationToken)) wrong.Add(ProposalId.Parse(id));
        if (wrong.Count > 0) Log.Wrong(logger, formKey, wrong.Count);
        return wrong;
    }

    Dashboard DashboardOf(Form form, IReadOnlyList<DashboardLine> lines) => new(
        $"{installation.District}: {form.Title}", time.GetUtcNow(), [], [.. form.Parties.Select(party => party.Title)], lines);

    static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Information, "Form {Form}: the sheet does not show everything as it is, perhaps because somebody typed over it; proposals that are written again: {Count}")]
        public static partial void Wrong(ILogger logger, string form, int count);
    }
}
