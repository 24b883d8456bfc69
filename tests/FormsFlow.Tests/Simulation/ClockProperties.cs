using CsCheck;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Tests.Simulation;

/// <summary>The machine's clock jumps forward and back, by minutes and by months, and is right again in the end.</summary>
public class ClockProperties
{
    const int LivesInTheSuite = 60;

    static readonly Gen<Tick> AnyTick = Gen.Select(
        Gen.Int[0, 7], Gen.OneOf(Gen.Int[-3, 3], Gen.Int[-2_000, 2_000]), Gen.Int[0, 2], (kind, hours, party) => new Tick(kind, hours, party));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Nothing_is_repeated_nothing_is_lost_and_nothing_waits_for_a_time_that_never_was() => AnyTick.Array[1, 12].SampleAsync(
        LiveAsync, iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 } ? -1 : LivesInTheSuite, threads: 2,
        print: ticks => string.Join("\n", ticks.AsEnumerable()));

    static async Task LiveAsync(Tick[] ticks)
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 3; i++) world.Submit(i);
        var (right, mailIsAway, votes) = (world.Clock.GetUtcNow(), false, 0);
        world.Mailer.Before = _ =>
        {
            if (mailIsAway) throw new IOException("nobody answers");
        };
        foreach (var tick in ticks)
        {
            switch (tick.Kind)
            {
                case 0 or 1: // the clock is set wrong, and a minute passes
                    world.Clock.AdjustTime(right.AddHours(tick.Hours));
                    await world.ClockWatch.LookAsync(Token);
                    break;
                case 2: // and right again
                    world.Clock.AdjustTime(right);
                    break;
                case 3:
                    mailIsAway = !mailIsAway;
                    break;
                case 4 when (await world.ListAsync()).OrderBy(entry => entry.Id.Value, StringComparer.Ordinal).FirstOrDefault() is { } entry:
                    var role = TestDistrict.Parties[tick.Party];
                    var before = (await world.LoadAsync(entry.Id)).State;
                    var refusal = (await world.VoteAsync(entry.Id, role, Choice.Approve, before.Dossier.Proposal.ProductTitle)).Refusal;
                    if (refusal is null) votes++;
                    break;
                case 5:
                    world.Restart();
                    break;
                default:
                    await TurnAsync(world);
                    break;
            }
        }

        // The clock is right, and two days pass on it.
        world.Clock.AdjustTime(right);
        world.Restart();
        mailIsAway = false;
        for (var hour = 0; hour < 48; hour++)
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            await TurnAsync(world);
        }

        await world.SettleAsync();
        Assert.Distinct(world.Mailer.Mails.Select(mail => mail.Id));
        Assert.Distinct(world.Mailer.Of<MailMessage.Reminder>().Select(mail => (mail.About.Id, mail.To.Address, mail.Number)));
        Assert.Distinct(world.Mailer.Of<MailMessage.Escalation>().Select(mail => (mail.About.Id, mail.To.Address)));
        await world.AssertEachOnceAsync();
        await world.AssertStatusesInTheirRowsAsync();
        await world.AssertEverythingIsDoneAsync();
        await world.AssertSoundAsync();
        Assert.Equal(votes > 0, (await world.ListAsync()).Count > 0 && await AnyVoteAsync(world));
    }

    static async Task<bool> AnyVoteAsync(World world)
    {
        foreach (var entry in await world.ListAsync())
            if ((await world.LoadAsync(entry.Id)).State.Dossier.Stages.Any(stage => stage.Ballots.Any(ballot => ballot.Vote is not null)))
                return true;
        return false;
    }

    static async Task TurnAsync(World world)
    {
        await world.ClockWatch.LookAsync(Token);
        await world.Cycle.RunAsync(TestDistrict.FormKey, Token);
        await world.DrainAsync();
    }

    /// <param name="Hours">How wrong the clock is set.</param>
    sealed record Tick(int Kind, int Hours, int Party);
}
