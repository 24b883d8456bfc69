using System.Diagnostics;
using FormsFlow.Application.Ports;
using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>
/// What the engine asks of the store at each tick, over many open proposals of which none is due; and what grows with their number on
/// purpose, every now and then: the poll that looks up anew which are open, and the hourly inspection of all that the sheet shows.
/// </summary>
sealed class TickMeasure : IMeasure
{
    const int Open = 100_000;
    const int Ticks = 200;

    /// <summary>As many as pass until the open proposals have been looked up anew, whichever poll it is.</summary>
    const int Polls = 60;

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
            .. await LookAsync(plan.Proposals, cancellationToken),
        ];
    }

    static async Task<IEnumerable<Figure>> LookAsync(int open, CancellationToken cancellationToken)
    {
        await using var premises = await Premises.StartAsync(cancellationToken);
        premises.Submit(open);
        await using var rooms = new Rooms(premises);
        await rooms.Intake.PollAsync(Rooms.Form, cancellationToken);
        while (await rooms.Publisher.PublishAsync(Rooms.Form, cancellationToken) > 0)
        {
            // Until the sheet shows them all.
        }

        var polls = new List<(double Took, double Allocated)>();
        for (var i = 0; i < Polls; i++) polls.Add(await TimeAsync(async () => await rooms.Intake.PollAsync(Rooms.Form, cancellationToken)));
        var inspection = await TimeAsync(async () =>
        {
            var wrong = await rooms.Inspector.InspectAsync(Rooms.Form, cancellationToken);
            if (wrong.Count > 0) throw new InvalidOperationException($"The sheet shows {wrong.Count} proposals otherwise than they are.");
        });

        var listing = polls.MaxBy(poll => poll.Allocated);
        var label = FormattableString.Invariant($"{open:#,0} open");
        return
        [
            new($"{label}: a poll", Percentiles.At([.. polls.Select(poll => poll.Took).Order()], 0.5), "ms"),
            new($"{label}: the poll that looks up anew which are open", listing.Took, "ms"),
            new($"{label}: allocated for it", listing.Allocated, "MB"),
            new($"{label}: an inspection", inspection.Took, "ms"),
            new($"{label}: allocated for it, the emulator's part included", inspection.Allocated, "MB"),
        ];
    }

    static async Task<(double Took, double Allocated)> TimeAsync(Func<Task> act)
    {
        var (began, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
        await act();
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6);
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
