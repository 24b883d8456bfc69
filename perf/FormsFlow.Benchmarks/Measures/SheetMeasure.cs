using System.Diagnostics;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;
using FormsFlow.Domain.Process;
using FormsFlow.SheetsEmulator.Api;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>
/// What the sheet's service is asked, over sheets of three sizes: a poll for nothing with fifty proposals open, how many polls pass
/// before a change by hand is noticed, and the publishing of ten thousand changed proposals.
/// </summary>
sealed class SheetMeasure : IMeasure
{
    const int Open = 50;

    static CancellationToken None => CancellationToken.None;

    public string Name => "sheets";

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        int[] sizes = [1_000, 10_000, 100_000];
        foreach (var rows in sizes.Where(size => size < plan.LargestSheet).Append(plan.LargestSheet)) figures.AddRange(await RunAsync(rows, plan.Proposals));
        return figures;
    }

    static async Task<List<Figure>> RunAsync(int rows, int proposals)
    {
        var label = FormattableString.Invariant($"{rows:#,0} rows");
        await using var premises = await Premises.StartAsync(None);
        premises.Submit(rows);
        var changing = Math.Min(rows, proposals);
        List<ProposalEntry> open;
        List<Figure> figures;
        await using (var rooms = new Rooms(premises))
        {
            await SettleAsync(rooms, rows - changing);
            await rooms.Intake.PollAsync(Rooms.Form, None);
            while (await rooms.Publisher.PublishAsync(Rooms.Form, None) > 0)
            {
                // Ten thousand at a time.
            }

            open = await OpenAsync(rooms);
            await Rooms.ForEachAsync(open, async (entry, token) => await rooms.Runner.ExecuteAsync(entry.Id, Vote(rooms, entry), null, token), None);
            premises.Emulator.Log.Reset();
            var began = Stopwatch.GetTimestamp();
            var published = await rooms.Publisher.PublishAsync(Rooms.Form, None);
            var took = Stopwatch.GetElapsedTime(began);
            if (published != changing) throw new InvalidOperationException($"{published} proposals were published where {changing} had changed.");
            figures =
            [
                new($"{label}: requests to publish {changing:#,0} changed", Asked(premises).Count, "", 6),
                new($"{label}: sent and received for it", Asked(premises).Sum(request => request.RequestBytes + request.ResponseBytes) / 1e6, "MB"),
                new($"{label}: time for it", took.TotalSeconds, "s"),
            ];

            await Rooms.ForEachAsync(
                open.Skip(Open), async (entry, token) => await rooms.Runner.ExecuteAsync(entry.Id, new Command.Withdraw("It was found elsewhere.", DateTimeOffset.UtcNow), null, token), None);
            while (await rooms.Publisher.PublishAsync(Rooms.Form, None) > 0)
            {
                // The sheet is quiet from here on.
            }
        }

        await using var again = new Rooms(premises);
        figures.AddRange(await PollsAsync(premises, again, label));
        return figures;
    }

    static async Task<IEnumerable<Figure>> PollsAsync(Premises premises, Rooms rooms, string label)
    {
        await QuietAsync(premises, rooms);
        var most = 0L;
        for (var poll = 0; poll < 10; poll++)
        {
            premises.Emulator.Log.Reset();
            await rooms.Intake.PollAsync(Rooms.Form, None);
            most = Math.Max(most, Asked(premises).Single() is var asked ? asked.RequestBytes + asked.ResponseBytes : 0);
        }

        var polls = new List<int>();
        foreach (var change in Changes(premises))
        {
            change();
            polls.Add(await PollsUntilNoticedAsync(premises, rooms));
            await QuietAsync(premises, rooms);
        }

        return
        [
            new($"{label}: requests of an idle poll", 1, "", 1),
            new($"{label}: bytes of an idle poll, both ways, most of 10", most, "bytes", 8 * 1024),
            new($"{label}: polls until a sort, an insertion, a deletion, an edit was noticed, most", polls.Max(), "", 5),
        ];
    }

    /// <summary>What people do to a sheet; the rows in the middle belong to proposals that were settled long ago.</summary>
    static IEnumerable<Action> Changes(Premises premises)
    {
        var emulator = premises.Emulator;
        var tab = emulator.Store.Read(premises.Spreadsheet, spreadsheet => spreadsheet.Sheets[0].Id);
        yield return () => emulator.Editing.InsertRows(premises.Spreadsheet, tab, 10);
        yield return () => emulator.Editing.DeleteRows(premises.Spreadsheet, tab, 10);
        yield return () => emulator.Forms.Edit(
            premises.Spreadsheet,
            emulator.Store.Read(premises.Spreadsheet, spreadsheet => LastOpen(spreadsheet.Sheets[0])),
            Response.Number(0).Answers);
        yield return () => emulator.Editing.Sort(premises.Spreadsheet, tab, column: 2, descending: true);

        static string LastOpen(FormsFlow.SheetsEmulator.Model.Sheet sheet)
        {
            var status = Enumerable.Range(0, sheet.Layout.ColumnCount).First(column => sheet[0, column]?.Value is "Status");
            var row = Enumerable.Range(1, sheet.UsedRows - 1).Last(row => sheet[row, status]?.Value is string text && text.StartsWith("In review", StringComparison.Ordinal));
            return sheet.RowAt(row)!.ResponseId!;
        }
    }

    static async Task<int> PollsUntilNoticedAsync(Premises premises, Rooms rooms)
    {
        for (var poll = 1; poll <= 20; poll++)
        {
            premises.Emulator.Log.Reset();
            await rooms.Intake.PollAsync(Rooms.Form, None);
            if (Asked(premises).Count > 1) return poll;
        }

        throw new InvalidOperationException("A change in the sheet was not noticed in 20 polls.");
    }

    static async Task QuietAsync(Premises premises, Rooms rooms)
    {
        do
        {
            premises.Emulator.Log.Reset();
            await rooms.Intake.PollAsync(Rooms.Form, None);
        }
        while (Asked(premises).Count > 1);
    }

    /// <summary>The first rows belong to proposals of earlier years.</summary>
    static async Task SettleAsync(Rooms rooms, int count)
    {
        if (count == 0) return;
        var form = rooms.Installation.Form(Rooms.Form);
        await rooms.Sheet.PrepareAsync(OwnColumns.Keyed(form), None);
        var rows = (await rooms.Sheet.ReadColumnsAsync(["Timestamp"], None)).Take(count).ToList();
        var now = DateTimeOffset.UtcNow;
        await Rooms.ForEachAsync(rows, async (row, token) =>
        {
            var (answers, email) = Response.Number(row.Number - 1);
            await rooms.SaveAsync(
                row.Number, row[0].Number,
                [
                    id => new Command.SubmitResponse(id, form.Key, Response.Read(form.Layout, answers, email, now), form.Process, null, now),
                    _ => new Command.Withdraw("It was found elsewhere.", now),
                ],
                token);
        }, None);
        foreach (var part in rows.Chunk(20_000)) await rooms.Sheet.WriteAsync([.. part.Select(row => new CellWrite(row.Number, OwnColumns.Id, Rooms.IdOf(row.Number).Value))], None);
    }

    static async Task<List<ProposalEntry>> OpenAsync(Rooms rooms)
    {
        var open = new List<ProposalEntry>();
        await foreach (var entry in rooms.Store.ListAsync(Rooms.Form, None))
            if (entry.Status is ProposalStatus.InReview)
                open.Add(entry);
        return open;
    }

    static Command.CastVote Vote(Rooms rooms, ProposalEntry entry) => new(
        "committee", DistrictProcedure.Business, rooms.Installation.Form(entry.Form).Roster.Assignments.First(assignment => assignment.Role == DistrictProcedure.Business).Person,
        Choice.Approve, "Fits our plan for the year.", 1, DateTimeOffset.UtcNow);

    static List<LoggedRequest> Asked(Premises premises) => [.. premises.Emulator.Log.Requests.Where(request => request.Method != "token")];
}
