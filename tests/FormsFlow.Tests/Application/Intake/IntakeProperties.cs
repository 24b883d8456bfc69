using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Intake;

/// <summary>
/// Days in the life of a sheet, thrown with dice: people submit, edit, sort, insert, delete and vote, polls are disturbed between any
/// two calls and processes die at any step. A failure prints its seed.
/// </summary>
/// <remarks>An edit that is not noticed yet while its id is overwritten by a sort in the middle of a claim is not told from a new response: edits rest for a few polls here.</remarks>
public class IntakeProperties
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_response_has_one_proposal_and_every_status_and_vote_its_own_row(int seed)
    {
        var dice = new Random(seed);
        await using var world = await World.CreateAsync();
        var deleted = new List<string>();
        var next = 0;
        for (var turn = 0; turn < 25; turn++)
        {
            var keys = world.Sheet.Rows.Where(row => row.Key is not null).Select(row => row.Key!).ToList();
            switch (dice.Next(9))
            {
                case 0 or 1:
                    for (var i = dice.Next(1, 4); i > 0; i--) world.Submit(next++);
                    break;
                case 2:
                    Shuffle(world.Sheet, dice);
                    break;
                case 3 when keys.Count > 0:
                    var gone = keys[dice.Next(keys.Count)];
                    deleted.Add(gone);
                    world.Sheet.Delete(gone);
                    break;
                case 4 when keys.Count > 0:
                    var edited = keys[dice.Next(keys.Count)];
                    var number = int.Parse(edited.AsSpan("response ".Length), System.Globalization.CultureInfo.InvariantCulture);
                    world.Sheet.Edit(edited, TestResponse.Number(number) with { Second = 10_000 + turn, Alignment = $"{TestDistrict.Marker} {turn}" });
                    await world.SettleAsync();
                    break;
                case 5 when (await world.ListAsync()) is { Count: > 0 } entries:
                    var entry = entries[dice.Next(entries.Count)];
                    var dossier = (await world.LoadAsync(entry.Id)).State.Dossier;
                    var role = TestDistrict.Parties[dice.Next(3)];
                    await world.VoteAsync(
                        entry.Id, role, dice.Next(3) == 0 ? Choice.Deny : Choice.Approve, dossier.Proposal.ProductTitle, dossier.Revision);
                    break;
                default:
                    await TurnAsync(world, dice, () => world.Submit(next++));
                    break;
            }
        }

        world.Restart();
        world.Sheet.BeforeCall = null;
        await world.SettleAsync();
        await world.SettleAsync();
        await world.DrainAsync();
        await world.SettleAsync();
        await world.AssertEachOnceAsync([.. deleted]);
        await world.AssertStatusesInTheirRowsAsync();
        await world.AssertVotesAtHomeAsync();
        await world.AssertSoundAsync();
    }

    static async Task TurnAsync(World world, Random dice, Action submit)
    {
        var (disturbAt, begun) = (dice.Next(1, 12), world.Sheet.Calls.Count);
        world.Sheet.BeforeCall = call =>
        {
            world.Fuse.Before();
            if (call - begun != disturbAt) return;
            if (dice.Next(4) == 0) submit();
            else Shuffle(world.Sheet, dice);
        };
        if (dice.Next(2) == 0) world.Fuse.Set(dice.Next(1, 40), after: dice.Next(2) == 0);
        try
        {
            await world.Cycle.RunAsync(TestDistrict.FormKey, TestContext.Current.CancellationToken);
            await world.DrainAsync();
        }
        catch (Exception)
        {
            // It died, or what died before holds its turn: a new process begins, later.
        }

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        world.Sheet.BeforeCall = _ => world.Fuse.Before();
        world.Restart();
    }

    static void Shuffle(SheetInMemory sheet, Random dice)
    {
        switch (dice.Next(4))
        {
            case 0:
                sheet.Sort(row => row.Key);
                break;
            case 1:
                var order = sheet.Rows.ToDictionary(row => row, _ => dice.Next());
                sheet.Sort(row => order[row]);
                break;
            case 2:
                sheet.InsertBlank(dice.Next(sheet.Rows.Count + 1));
                break;
            default:
                sheet.MoveColumn(sheet.Headers[dice.Next(sheet.Headers.Count)], dice.Next(sheet.Headers.Count));
                break;
        }
    }
}
