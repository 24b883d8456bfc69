using System.Collections.Concurrent;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Intake;

/// <summary>
/// Takes responses in, each exactly once. A row is claimed first: its id is written into it and read back; only a row that was seen
/// to carry its id becomes a proposal. Whatever happens in between, the id in the row says where to go on.
/// </summary>
public sealed partial class ResponseIntake(
    IProposalStore store, IResponseSheets sheets, Installation installation, ProposalRunner runner, IProcessEngine engine,
    InspectionSchedule inspections, SheetOwnership ownership, TimeProvider time, ILogger<ResponseIntake> logger)
{
    /// <summary>
    /// Rows read, claimed and taken in together, each batch in three requests: a backlog of 10,000 costs fifteen of the sixty
    /// reads and sixty writes that Google allows in a minute.
    /// </summary>
    const int BatchSize = 2_000;

    /// <summary>Every so many polls the list of open proposals is looked up anew.</summary>
    const int PollsBetweenForgetting = 60;

    readonly ConcurrentDictionary<string, SheetWatch> _watches = new(StringComparer.Ordinal);

    /// <summary>Looks at the sheet and takes in what is new or changed. One request if nothing is.</summary>
    /// <exception cref="SheetUnavailableException">The sheet cannot be read or written; what was taken in before that stays.</exception>
    public async Task<IntakeReport> PollAsync(string formKey, CancellationToken cancellationToken)
    {
        var form = installation.Form(formKey);
        var sheet = sheets.Of(formKey);
        if (_watches.TryGetValue(formKey, out var watch))
        {
            if (watch.Polls % PollsBetweenForgetting == PollsBetweenForgetting - 1) watch.Forget(await OpenAsync(formKey, cancellationToken));
            var glance = await sheet.GlanceAsync(watch.NextBookmark(), cancellationToken);
            if (!glance.Disturbed && glance.NewRows.Count == 0) return IntakeReport.Idle;
            if (!glance.Disturbed && await TakeInNewAsync(form, sheet, watch, glance.NewRows, cancellationToken) is { } report) return report;
        }

        // Until the whole sheet was gone through, the next poll begins here again.
        _watches.TryRemove(formKey, out _);
        return await ReconcileAsync(form, sheet, cancellationToken);
    }

    /// <summary>Rows that were added below the others, and nothing else happened.</summary>
    /// <returns>Null if one of them is not as new as it looks: the whole sheet has to be gone through.</returns>
    async Task<IntakeReport?> TakeInNewAsync(Form form, IResponseSheet sheet, SheetWatch watch, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var report = IntakeReport.Idle;
        foreach (var batch in numbers.Chunk(BatchSize))
        {
            var remarks = new List<(CellWrite, SheetCell)>();
            var rows = await ReadAsync(sheet, watch, batch, remarks, cancellationToken);
            await RemarkAsync(form, sheet, watch.Layout, remarks, cancellationToken);
            if (rows.Any(row => row.Id is not null)) return null;
            var seen = await store.FindByRowKeysAsync(form.Key, [.. rows.Select(row => row.Identity.Key)], cancellationToken);
            if (seen.Count > 0) return null;

            var matches = new RowMatcher(form.Key, [], []).Match(rows);
            var (done, settled) = await ApplyAsync(form, sheet, watch, matches, cancellationToken);
            report += done;
            if (!settled) return null;
        }

        return report;
    }

    async Task<IntakeReport> ReconcileAsync(Form form, IResponseSheet sheet, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await sheet.TimeZoneAsync(cancellationToken));
        // Nothing is written beside a row that may be no header row.
        var found = await sheet.PrepareAsync([], cancellationToken);
        var claim = await ownership.JudgeAsync(form, sheet, found, cancellationToken);
        if (new SheetLayout(form, found, zone) is { Missing: [_, ..] } unfit) throw Misunderstood(form, unfit, found);

        // Columns that have to be made are empty: whoever publishes fills them, even if this process does not live to see it.
        if (OwnColumns.Of(form).Any(column => OwnColumns.Find(found, column) < 0)) await inspections.AskAsync(form.Key, cancellationToken);
        var headers = await sheet.PrepareAsync(OwnColumns.Keyed(form), cancellationToken);
        var layout = new SheetLayout(form, headers, zone);
        if (layout.Missing is [_, ..]) throw Misunderstood(form, layout, headers);
        await ownership.ClaimAsync(form, sheet, claim, cancellationToken);

        var watch = new SheetWatch(headers, layout);
        var marks = await sheet.ReadColumnsAsync(watch.KeyColumns, cancellationToken);
        var known = new List<ProposalEntry>();
        await foreach (var entry in store.ListAsync(form.Key, cancellationToken)) known.Add(entry);

        var (held, suspects, fresh, stray) = Sort(marks, known, watch);
        var marked = marks.ToDictionary(mark => mark.Number);
        var report = IntakeReport.Idle;
        var settled = true;

        var matcher = new RowMatcher(form.Key, known, held);
        // Where something is out of order everything that has no owner is looked at together; otherwise batch by batch.
        var inOrder = suspects.Count == 0 && !matcher.Missing.Any(entry => IsOpen(entry.Status));
        var batches = inOrder ? fresh.Chunk(BatchSize) : [[.. suspects, .. fresh]];
        foreach (var batch in batches)
        {
            var remarks = new List<(CellWrite, SheetCell)>();
            var read = await ReadAsync(sheet, watch, batch, remarks, cancellationToken);
            await RemarkAsync(form, sheet, layout, remarks, cancellationToken);
            // A row that is not what stood there a moment ago belongs to somebody whom this look did not count: it is left for the next.
            var rows = read.Where(row => IsAsMarked(row, marked[row.Number])).ToList();
            settled &= rows.Count == read.Count;
            var matches = matcher.Match(rows);
            if (!inOrder)
                matches = await LostProposals.RecogniseAsync(store, [.. matcher.Missing.Where(entry => IsOpen(entry.Status))], matches, cancellationToken);
            foreach (var part in matches.Chunk(BatchSize))
            {
                var (done, whole) = await ApplyAsync(form, sheet, watch, part, cancellationToken);
                report += done;
                settled &= whole;
            }
        }

        if (stray.Count > 0) await ClearStrayAsync(sheet, layout, stray, cancellationToken);
        if (settled) _watches[form.Key] = watch;
        Log.Reconciled(logger, form.Key, marks.Count, report.TakenIn, report.Edited, report.Restored);
        return report;
    }

    /// <summary>The next poll goes through the whole sheet, whatever a glance would see.</summary>
    public void LookAtEverything(string formKey) => _watches.TryRemove(formKey, out _);

    /// <summary>Whether this process has looked whose the sheet is, and may write to it.</summary>
    public bool MayWrite(string formKey) => ownership.IsOurs(formKey);

    /// <summary>Tells rows that are as they were from those that need a second look.</summary>
    static (HashSet<ProposalId> Held, List<int> Suspects, List<int> Fresh, List<int> Stray) Sort(
        IReadOnlyList<SheetRow> marks, List<ProposalEntry> known, SheetWatch watch)
    {
        var byId = known.ToDictionary(entry => entry.Id);
        var repeated = marks
            .Select(mark => ProposalId.TryParse(mark[0].ToString(), out var id) ? id : (ProposalId?)null)
            .Where(id => id is not null)
            .GroupBy(id => id)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Key!.Value)
            .ToHashSet();

        var held = new HashSet<ProposalId>();
        var (suspects, fresh, stray) = (new List<int>(), new List<int>(), new List<int>());
        foreach (var mark in marks)
        {
            var hasId = ProposalId.TryParse(mark[0].ToString(), out var id);
            if (mark[1].IsEmpty)
            {
                // No timestamp: nobody's response.
                if (hasId) stray.Add(mark.Number);
            }
            else if (!hasId) fresh.Add(mark.Number);
            else if (repeated.Contains(id) || !byId.TryGetValue(id, out var entry) || entry.Timestamp != mark[1].Number) suspects.Add(mark.Number);
            else
            {
                held.Add(id);
                watch.Remember(mark.Number, mark[0].ToString(), mark[1], IsOpen(entry.Status));
            }
        }

        return (held, suspects, fresh, stray);
    }

    /// <summary>An id in a row of nothing else was written in the very moment in which its row moved away.</summary>
    static async Task ClearStrayAsync(IResponseSheet sheet, SheetLayout layout, List<int> numbers, CancellationToken cancellationToken)
    {
        var rows = await sheet.ReadRowsAsync(numbers, cancellationToken);
        await sheet.WriteAsync([.. rows.Where(layout.IsBlank).Select(row => new CellWrite(row.Number, OwnColumns.Id, ""))], cancellationToken);
    }

    static bool IsAsMarked(ResponseRow row, SheetRow mark) =>
        row.Timestamp == mark[1] && row.Id == (ProposalId.TryParse(mark[0].ToString(), out var id) ? id : null);

    async Task<HashSet<ProposalId>> OpenAsync(string form, CancellationToken cancellationToken)
    {
        var open = new HashSet<ProposalId>();
        await foreach (var entry in store.ListAsync(form, cancellationToken))
            if (IsOpen(entry.Status))
                open.Add(entry.Id);
        return open;
    }

    static bool IsOpen(ProposalStatus status) => status is ProposalStatus.InReview or ProposalStatus.NeedsCorrection;

    /// <summary>A first row in which nothing is known may be a response whose header row is gone: its texts are answers, and are not told.</summary>
    static SheetUnavailableException Misunderstood(Form form, SheetLayout layout, IReadOnlyList<string> headers) => new(
        form.Key,
        SheetTrouble.ColumnMissing,
        $"Form '{form.Key}': no column was found for {string.Join("; ", layout.Missing)}. "
        + (layout.IsStrange
            ? "The first row of the response tab asks none of the form's questions: was the header row deleted? Put it back."
            : $"The response tab has: {string.Join(" | ", headers.Where(header => header.Length > 0))}. Name the right question in the form's layout settings."));

    static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Information, "Form {Form}: the sheet was gone through; rows: {Rows}, taken in: {TakenIn}, edited: {Edited}, ids restored: {Restored}")]
        public static partial void Reconciled(ILogger logger, string form, int rows, int takenIn, int edited, int restored);

        [LoggerMessage(1302, LogLevel.Warning, "Form {Form}: rows moved while they were claimed ({Count}); the sheet is gone through again")]
        public static partial void Moved(ILogger logger, string form, int count);

        [LoggerMessage(1303, LogLevel.Warning, "Form {Form}: what is no response was not taken in; rows: {Count}. Their Status cells say why")]
        public static partial void NoResponses(ILogger logger, string form, int count);
    }
}

/// <param name="TakenIn">New proposals.</param>
/// <param name="Edited">Known proposals whose answers changed.</param>
/// <param name="Restored">Rows that got their lost id back.</param>
public sealed record IntakeReport(int TakenIn, int Edited, int Restored)
{
    public static readonly IntakeReport Idle = new(0, 0, 0);

    public static IntakeReport operator +(IntakeReport left, IntakeReport right) =>
        new(left.TakenIn + right.TakenIn, left.Edited + right.Edited, left.Restored + right.Restored);
}
