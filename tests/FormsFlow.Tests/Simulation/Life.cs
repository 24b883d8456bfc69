using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>One turn of FormsFlow and what people do before and in the middle of it.</summary>
/// <param name="Amid">Done in the moment before the sheet's <paramref name="AtCall"/>th call of this turn.</param>
/// <param name="DiesAt">The step of store, sheet or mail service at which the process dies; null if it lives.</param>
/// <param name="After">It dies when the step was done, and does not hear of it any more.</param>
sealed record Turn(ImmutableArray<Happening> Before, Happening? Amid, int AtCall, int? DiesAt, bool After)
{
    /// <summary>If that call is a write, <see cref="Amid"/> is done in the middle of it: it has looked at the columns, and not written yet.</summary>
    public bool InWrite { get; init; }

    /// <summary>The process dies as soon as that call is done.</summary>
    public bool DiesThere { get; init; }

    public override string ToString() =>
        $"{string.Join("; ", Before)}{(Amid is null ? "" : $" | {(InWrite ? "in" : "before")} call {AtCall}: {Amid}")}{(DiesThere ? " | dies there" : "")}{(DiesAt is { } step ? $" | dies {(After ? "after" : "before")} step {step}" : "")}";
}

/// <summary>
/// Days in the life of an installation: it polls, moves proposals on, sends mail and publishes, while people work in the sheet and
/// processes die. In the end the last process finds peace and quiet, and every invariant must hold.
/// </summary>
/// <remarks>
/// An edit that was not noticed yet is not told from a new response if its id is overwritten by a sort in the very middle of a
/// claim: until it was noticed, rows do not move in the middle of a turn here.
/// </remarks>
sealed class Life(World world)
{
    readonly List<string> _deleted = [];
    readonly Dictionary<string, int> _doubtful = new(StringComparer.Ordinal);
    int _submitted;
    int _edited;
    int _columns;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <returns>How often the process died.</returns>
    public static async Task<int> LiveAsync(IEnumerable<Turn> turns)
    {
        await using var world = await World.CreateAsync();
        await world.Inspections.DoneAsync(TestDistrict.FormKey, Token);
        var life = new Life(world);
        var deaths = 0;
        foreach (var turn in turns)
        {
            foreach (var happening in turn.Before) await life.HappenAsync(happening);
            deaths += await life.TakeTurnAsync(turn) ? 1 : 0;
        }

        await life.ComeToRestAsync();
        await life.AssertInvariantsAsync();
        return deaths;
    }

    /// <returns>Whether the process died.</returns>
    async Task<bool> TakeTurnAsync(Turn turn)
    {
        var begun = world.Sheet.Calls.Count;
        var amid = turn.Amid is { MovesRows: true } && await HasUnnoticedEditAsync() ? null : turn.Amid;
        world.Sheet.BeforeCall = call =>
        {
            if (call - begun == turn.AtCall)
            {
                if (amid is not null && !(turn.InWrite && world.Sheet.Calls[call - 1] == "write")) Happen(amid);
                if (turn.DiesThere) world.Fuse.Set(1, after: true);
            }

            world.Fuse.Before();
        };
        world.Sheet.AmidWrite = call =>
        {
            if (call - begun == turn.AtCall && turn.InWrite && amid is not null) Happen(amid);
        };
        world.Fuse.Set(turn.DiesAt ?? int.MaxValue, turn.After);
        try
        {
            await world.Cycle.RunAsync(TestDistrict.FormKey, Token);
            await world.DrainAsync();
            await world.Cycle.PublishAsync(TestDistrict.FormKey, Token);
        }
        catch (Exception) when (world.Fuse.Blown)
        {
            // That was its end.
        }

        world.Sheet.BeforeCall = _ => world.Fuse.Before();
        world.Sheet.AmidWrite = null;
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        if (!world.Fuse.Blown)
        {
            world.Fuse.Set(int.MaxValue, false);
            return false;
        }

        foreach (var id in await SentAndNotMarkedAsync()) _doubtful[id] = _doubtful.GetValueOrDefault(id) + 1;
        world.Restart();
        return true;
    }

    /// <summary>
    /// Without the hourly inspection, unless it was asked for: what a publishing that was cut off misplaced, the next one has to put right.
    /// </summary>
    async Task ComeToRestAsync()
    {
        world.Restart();
        if (await world.Store.ReadNoteAsync($"inspection/{TestDistrict.FormKey}", Token) is { Length: > 0 }) await world.Inspections.DoneAsync(TestDistrict.FormKey, Token);
        await world.SettleAsync();
        await world.DrainAsync();
        await world.SettleAsync();
    }

    async Task HappenAsync(Happening happening)
    {
        switch (happening)
        {
            case Happening.Wait wait:
                world.Clock.Advance(TimeSpan.FromHours(wait.Hours));
                break;
            case Happening.Decide decide when await world.ListAsync() is { Count: > 0 } entries:
                var entry = entries.OrderBy(entry => entry.Id.Value, StringComparer.Ordinal).ElementAt(decide.Proposal % entries.Count);
                var dossier = (await world.LoadAsync(entry.Id)).State.Dossier;
                await world.VoteAsync(
                    entry.Id, TestDistrict.Parties[decide.Party % 3], decide.Deny ? Choice.Deny : Choice.Approve, dossier.Proposal.ProductTitle, dossier.Revision);
                break;
            default:
                Happen(happening);
                break;
        }
    }

    void Happen(Happening happening)
    {
        var sheet = world.Sheet;
        var keys = sheet.Rows.Where(row => row.Key is not null).Select(row => row.Key!).Order(StringComparer.Ordinal).ToList();
        switch (happening)
        {
            case Happening.Submit submit:
                for (var i = 0; i < submit.Responses; i++) world.Submit(_submitted++);
                break;
            case Happening.Edit edit when keys.Count > 0:
                var key = keys[edit.Row % keys.Count];
                var number = int.Parse(key.AsSpan("response ".Length), CultureInfo.InvariantCulture);
                _edited++;
                sheet.Edit(key, TestResponse.Number(number) with { Second = 100_000 + _edited, Alignment = $"{TestDistrict.Marker} goal {1_000 + _edited}" });
                break;
            case Happening.Sort sort:
                sheet.Sort(sort.Order);
                break;
            case Happening.InsertRow insert:
                sheet.InsertBlank(insert.At % (sheet.Rows.Count + 1));
                break;
            case Happening.DeleteRow delete when keys.Count > 0:
                _deleted.Add(keys[delete.Row % keys.Count]);
                sheet.Delete(_deleted[^1]);
                break;
            case Happening.AddColumn add:
                sheet.AddColumn(add.At, ++_columns);
                break;
            case Happening.RenameColumn rename:
                sheet.RenameColumn(rename.Column);
                break;
            case Happening.MoveColumn move:
                sheet.MoveColumn(move.Column, move.To);
                break;
            default:
                break;
        }
    }

    /// <summary>Mails that the service has, and the store does not know of: those may come again.</summary>
    async Task<IReadOnlyList<string>> SentAndNotMarkedAsync()
    {
        var sent = world.Mailer.Mails.Select(mail => mail.Id).ToHashSet(StringComparer.Ordinal);
        var doubtful = new List<string>();
        foreach (var entry in await world.ListAsync())
            doubtful.AddRange((await world.LoadAsync(entry.Id)).Outbox.Select(pending => $"{entry.Id}/{pending.Effect.Id}").Where(sent.Contains));
        return doubtful;
    }

    async Task<bool> HasUnnoticedEditAsync()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in await world.ListAsync()) known.Add(await LatestAlignmentAsync(entry.Id));
        return world.Sheet.Rows.Any(row => row.Key is not null && world.Sheet.Text(row.Key, Alignment) is var answer && answer.Contains("goal", StringComparison.Ordinal)
            && answer != $"{TestDistrict.Marker} goal 2" && !known.Contains(answer));
    }

    const string Alignment = "Alignment to the District Curriculum Goals";

    async Task<string> LatestAlignmentAsync(ProposalId id) => (await world.Store.ReadEventsAsync(id, Token))
        .Select(record => ProposalCodec.ReadEvent(record.Body) switch
        {
            Event.ResponseReceived received => received.Proposal,
            Event.ResponseEdited edited => edited.Proposal,
            _ => null,
        })
        .Last(proposal => proposal is not null)!.Text(ProposalPart.Alignment);

    async Task AssertInvariantsAsync()
    {
        await world.AssertEachOnceAsync([.. _deleted]);
        await world.AssertStatusesInTheirRowsAsync();
        await world.AssertWrittenToOwnRowsAsync();
        world.AssertAnswersUntouched();
        await world.AssertVotesAtHomeAsync();
        await world.AssertSoundAsync();
        await world.AssertEverythingIsDoneAsync();
        await AssertEditsNoticedAsync();
        AssertRepeatsAdmitted();
    }

    async Task AssertEditsNoticedAsync()
    {
        foreach (var row in world.Sheet.Rows.Where(row => row.Key is not null))
            Assert.Equal(world.Sheet.Text(row.Key!, Alignment), await LatestAlignmentAsync(world.IdOf(row.Key!)));
    }

    /// <summary>No mail twice, unless a process died between handing it over and noting that; and then the log says so.</summary>
    void AssertRepeatsAdmitted()
    {
        foreach (var mails in world.Mailer.Mails.GroupBy(mail => mail.Id, StringComparer.Ordinal))
        {
            var repeats = mails.Count() - 1;
            Assert.True(repeats <= _doubtful.GetValueOrDefault(mails.Key), $"{mails.Key} was sent {repeats + 1} times, and no process died in between.");
            var admitted = world.Logs.Lines.Count(line => line.Event == 1020 && mails.Key == MailOf(line.Text));
            Assert.True(repeats <= admitted, $"{mails.Key} was sent {repeats + 1} times, and the log admits {admitted} repeats.");
        }

        static string MailOf(string line)
        {
            var words = line.Split(' ');
            return $"{words[1].TrimEnd(':')}/{words[2]}";
        }
    }
}
