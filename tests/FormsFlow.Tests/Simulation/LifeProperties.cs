using CsCheck;

namespace FormsFlow.Tests.Simulation;

/// <summary>
/// Whatever people do to the sheet and wherever a process dies: each response has one proposal, each status and vote its own row,
/// every edit is noticed, and no mail comes twice unless the log admits it.
/// </summary>
/// <remarks>
/// A failure prints the seed with which it comes again (<c>CsCheck_Seed</c>) and the shortest life that showed it; the environment
/// variable <c>CsCheck_Iter</c> runs more lives than the suite does. Responses are taken in side by side, so that the order of
/// steps within a batch is the machine's.
/// </remarks>
public class LifeProperties
{
    const int LivesInTheSuite = 100;

    /// <summary>More steps than any turn has are drawn now and then: it lives.</summary>
    const int LastStep = 140;

    static readonly Gen<int> Any = Gen.Int[0, 999];

    static readonly Gen<Happening> Moving = Gen.OneOf<Happening>(
        Gen.Int[0, 9].Select(order => (Happening)new Happening.Sort(order)),
        Any.Select(at => (Happening)new Happening.InsertRow(at)),
        Any.Select(row => (Happening)new Happening.DeleteRow(row)),
        Any.Select(at => (Happening)new Happening.AddColumn(at)),
        Any.Select(column => (Happening)new Happening.RenameColumn(column)),
        Gen.Select(Any, Any, (column, to) => (Happening)new Happening.MoveColumn(column, to)));

    static readonly Gen<Happening> InTheForm = Gen.OneOf<Happening>(
        Gen.Int[1, 3].Select(responses => (Happening)new Happening.Submit(responses)),
        Any.Select(row => (Happening)new Happening.Edit(row)));

    static readonly Gen<Happening> Elsewhere = Gen.OneOf<Happening>(
        Gen.Select(Any, Gen.Int[0, 2], Gen.Int[0, 4], (proposal, party, mood) => (Happening)new Happening.Decide(proposal, party, Deny: mood == 0)),
        Gen.OneOf(Gen.Int[1, 30], Gen.Int[24, 500]).Select(hours => (Happening)new Happening.Wait(hours)));

    static readonly Gen<Turn> AnyTurn = Gen.Select(
        Gen.OneOf(InTheForm, Moving, Elsewhere).Array[1, 4], Gen.OneOf(InTheForm, Moving), Gen.Int[1, 14], Gen.Int[1, LastStep], Gen.Int[0, 3],
        (before, amid, call, step, kind) => new Turn([.. before], amid, call, step, After: kind % 2 == 1) { InWrite = kind > 1 });

    [Fact]
    public Task Every_invariant_holds_whatever_people_do_and_wherever_a_process_dies() => AnyTurn.Array[1, 6].SampleAsync(
        turns => Life.LiveAsync(turns), iter: Iterations, threads: 2, print: turns => string.Join("\n", turns.AsEnumerable()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_may_die_at_every_step_there_is(bool after)
    {
        var at = 0;
        do
        {
            at++;
        }
        while (await Life.LiveAsync(
        [
            new Turn([new Happening.Submit(2)], null, 0, null, false),
            new Turn([new Happening.Decide(0, 0, Deny: false), new Happening.Submit(1), new Happening.Edit(1)], null, 0, at, after),
            new Turn([new Happening.Sort(1), new Happening.InsertRow(1), new Happening.MoveColumn(12, 3)], null, 0, null, false),
        ]) > 0);
        Assert.InRange(at, 40, LastStep);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_sort_in_the_middle_of_a_claim_hurts_nobody_though_a_question_was_renamed_before(int order)
    {
        for (var call = 1; call <= 14; call++)
            await Life.LiveAsync(
            [
                new Turn([new Happening.Submit(2), new Happening.Sort(1 - order)], null, 0, null, false),
                new Turn([new Happening.RenameColumn(1), new Happening.Submit(1)], new Happening.Sort(order), call, null, false),
            ]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_process_that_dies_when_its_writing_was_sorted_away_is_succeeded_by_one_that_knows_of_it(int order)
    {
        for (var call = 1; call <= 10; call++)
            await Life.LiveAsync(
            [
                new Turn([new Happening.Submit(4)], null, 0, null, false),
                new Turn([new Happening.Decide(0, 0, Deny: true), new Happening.Decide(1, 1, Deny: false), new Happening.Decide(3, 2, Deny: false)], null, 0, null, false),
                new Turn([new Happening.Decide(2, 0, Deny: true), new Happening.Decide(1, 0, Deny: false)], new Happening.Sort(order), call, null, false) { DiesThere = true },
            ]);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 13)]
    [InlineData(12, 0)]
    [InlineData(12, 3)]
    [InlineData(13, 5)]
    public async Task A_column_that_moves_in_the_middle_of_a_write_costs_no_answer(int column, int to)
    {
        for (var call = 1; call <= 14; call++)
            await Life.LiveAsync(
            [
                new Turn([new Happening.Submit(2)], new Happening.MoveColumn(column, to), call, null, false) { InWrite = true },
                new Turn([new Happening.Decide(0, 0, Deny: true), new Happening.Submit(1)], new Happening.AddColumn(column), call, null, false) { InWrite = true },
            ]);
    }

    static int Iterations => Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 } ? -1 : LivesInTheSuite;
}
