using System.Diagnostics;
using FormsFlow.Application.Ports;
using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>What the engine asks of the store at each tick, over many open proposals of which none is due.</summary>
sealed class TickMeasure : IMeasure
{
    const int Open = 100_000;
    const int Ticks = 200;

    public string Name => "tick";

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var premises = await Premises.StartAsync(cancellationToken);
        await using var rooms = new Rooms(premises);
        var form = rooms.Installation.Form(Rooms.Form);
        var now = DateTimeOffset.UtcNow;
        await Rooms.ForEachAsync(Enumerable.Range(1, Open), async (number, token) =>
        {
            var (answers, email) = Response.Number(number);
            await rooms.SaveAsync(number, number, [id => new Command.SubmitResponse(id, form.Key, Response.Read(form.Layout, answers, email, now), form.Process, null, now)], token);
        }, cancellationToken);

        // The first look fills the connection's own memory, as the first tick after a start does.
        var first = await TickAsync(rooms.Store, cancellationToken);
        var ticks = new List<double>();
        for (var i = 0; i < Ticks; i++) ticks.Add(await TickAsync(rooms.Store, cancellationToken));
        ticks.Sort();
        return
        [
            new($"tick over {Open:#,0} open, longest of {Ticks}", ticks[^1], "ms", 50),
            new("median", Percentiles.At(ticks, 0.5), "ms"),
            new("the first", first, "ms", 50),
        ];
    }

    static async Task<double> TickAsync(IProposalStore store, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var due = await store.ListDueAsync(DateTimeOffset.UtcNow, 1_000, cancellationToken);
        var next = await store.NextDueAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        return due.Count == 0 && next is not null ? took.TotalMilliseconds : throw new InvalidOperationException($"{due.Count} proposals are due, and none should be.");
    }
}
