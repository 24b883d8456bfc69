using CsCheck;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>What arrives for a proposal may arrive twice, late, in another order than it happened, and while a process dies.</summary>
public class FactProperties
{
    const int LivesInTheSuite = 60;

    static readonly Gen<Arrival> AnyArrival = Gen.Select(
        Gen.Int[0, 11], Gen.Int[-72, 72], Gen.Int[0, 2], Gen.Bool, (kind, hours, revision, advance) => new Arrival(kind, hours, revision, advance));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_fact_that_arrives_twice_is_as_one() => AnyArrival.Array[1, 12].SampleAsync(
        async arrivals => Assert.Equal(await LiveAsync(arrivals, twice: false, diesAt: null), await LiveAsync(arrivals, twice: true, diesAt: null)),
        iter: Iterations, threads: 2, print: Print);

    [Fact]
    public Task A_process_that_dies_while_it_folds_loses_and_doubles_nothing() => Gen.Select(AnyArrival.Array[1, 12], Gen.Int[1, 30]).SampleAsync(
        async (arrivals, diesAt) => Assert.Equal(await LiveAsync(arrivals, twice: false, diesAt: null), await LiveAsync(arrivals, twice: false, diesAt)),
        iter: Iterations, threads: 2, print: life => $"dies at {life.Item2}\n{Print(life.Item1)}");

    /// <summary>Failures have no order among themselves: whichever is told first, the same ones are known in the end.</summary>
    [Fact]
    public Task Failures_may_be_reported_in_any_order() => Gen.Shuffle(Enumerable.Range(8, 4).ToArray()).SampleAsync(
        async kinds =>
        {
            await using var world = await World.CreateAsync();
            var id = await StartAsync(world);
            foreach (var kind in kinds) await world.Store.PostAsync(id, FactOf(new Arrival(kind, 0, 1, false), world), Token);
            await world.DrainAsync();
            var failures = (await world.LoadAsync(id)).State.Dossier.Failures;
            Assert.Equal(["1/a", "1/b", "1/c", "1/d"], failures.Select(failure => failure.EffectId).Order(StringComparer.Ordinal));
            Assert.Equal(4, world.Mailer.Of<MailMessage.AdministratorNotice>().Count);
        },
        iter: Math.Min(Iterations, 24) is > 0 and var some ? some : 24, threads: 2);

    [Fact]
    public async Task What_comes_after_the_end_is_noted_and_changes_no_outcome()
    {
        await using var world = await World.CreateAsync();
        var id = await StartAsync(world);
        await world.VoteAsync(id, DistrictProcedure.Technology, Choice.Deny);
        await world.DrainAsync();
        var (outcome, mails) = ((await world.LoadAsync(id)).State.Dossier.Outcome, world.Mailer.Mails.Count);

        for (var kind = 0; kind < 12; kind++)
            await world.Store.PostAsync(id, FactOf(new Arrival(kind, -72, 1, false), world), Token);
        await world.DrainAsync();

        var dossier = (await world.LoadAsync(id)).State.Dossier;
        Assert.Same(outcome?.Reason, dossier.Outcome?.Reason);
        Assert.Equal(outcome, dossier.Outcome);
        Assert.Null(dossier.Progress("committee").Ballot(DistrictProcedure.Business)!.Vote);
        Assert.All(world.Mailer.Mails.Skip(mails), mail => Assert.IsType<MailMessage.AdministratorNotice>(mail));
        await world.AssertSoundAsync();
    }

    /// <returns>What came of it: the state, and which mails were sent.</returns>
    static async Task<string> LiveAsync(IReadOnlyList<Arrival> arrivals, bool twice, int? diesAt)
    {
        await using var world = await World.CreateAsync();
        var id = await StartAsync(world);
        foreach (var arrival in arrivals)
        {
            var fact = FactOf(arrival, world);
            Assert.True(await world.Store.PostAsync(id, fact, Token));
            if (twice) Assert.True(await world.Store.PostAsync(id, fact, Token));
            if (!arrival.Advance) continue;
            if (diesAt is { } step) await DieAsync(world, id, step, after: step % 2 == 0);
            await world.Runner.AdvanceAsync(id, Token);
        }

        await world.DrainAsync();
        var stored = await world.LoadAsync(id);
        Assert.Empty(stored.Inbox);
        Assert.Distinct(stored.State.Dossier.Failures.Select(failure => failure.EffectId));
        var mails = world.Mailer.Mails.Select(mail => mail.Id).Order(StringComparer.Ordinal).ToList();
        if (diesAt is null) Assert.Distinct(mails);
        await world.AssertSoundAsync();
        return $"{ProposalCodec.WriteState(stored.State)}\n{string.Join("\n", mails.Distinct(StringComparer.Ordinal))}";
    }

    static async Task DieAsync(World world, ProposalId id, int step, bool after)
    {
        world.Fuse.Set(step % 3 + 1, after);
        try
        {
            await world.Runner.AdvanceAsync(id, Token);
        }
        catch (Crash)
        {
            // The next process finds what was left.
        }

        world.Restart();
    }

    static Task<ProposalId> StartAsync(World world) => world.TakeInAsync(TestResponse.Number(1));

    /// <summary>Eight kinds of answers of the parties, four failures; each happened some hours before or after it arrived.</summary>
    static Fact FactOf(Arrival arrival, World world)
    {
        var at = world.Clock.GetUtcNow().AddHours(arrival.Hours);
        if (arrival.Kind >= 8)
        {
            var effect = $"1/{(char)('a' + arrival.Kind - 8)}";
            return new Fact($"failure/{effect}", new Command.ReportFailure(effect, "the review request", "no such mailbox", at));
        }

        var role = TestDistrict.Parties[arrival.Kind % 3];
        var choice = arrival.Kind < 6 ? Choice.Approve : Choice.Deny;
        return new Fact($"vote/{arrival}", World.Vote(role, World.HolderOf(role), choice, at, revision: arrival.Revision));
    }

    static string Print(IEnumerable<Arrival> arrivals) => string.Join("\n", arrivals);

    static int Iterations => Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 } ? -1 : LivesInTheSuite;

    /// <param name="Hours">When it happened, counted from its arrival.</param>
    /// <param name="Advance">It is folded at once, and not together with the next one.</param>
    sealed record Arrival(int Kind, int Hours, int Revision, bool Advance);
}
