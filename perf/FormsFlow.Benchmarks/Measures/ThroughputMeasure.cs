using System.Diagnostics;
using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>
/// A backlog of responses from the sheet to the outcome: the server is started in front of it; three reviewers per proposal open their
/// pages and approve as the requests arrive; it ends when the last outcome was mailed and stands in the sheet. The start of the process
/// counts, and so does everything around the server, which shares its processors.
/// </summary>
/// <param name="name">What it is called on the command line.</param>
/// <param name="notices">Which mails are sent besides the three requests.</param>
sealed class ThroughputMeasure(string name, Notices notices) : IMeasure
{
    const int Reviewers = 8;

    /// <summary>Three requests and the outcome to the sponsor; with all notices the acknowledgement, too, and the outcome to the three parties.</summary>
    int MailsEach => notices is Notices.All ? 8 : 4;

    public string Name => name;

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var premises = await Premises.StartAsync(cancellationToken);
        premises.Submit(plan.Proposals);

        var (began, around) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        await using var server = await premises.ServeAsync(cancellationToken, notices);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var decisions = 0L;
        var lastDecision = TimeSpan.Zero;
        var reviewers = Enumerable.Range(0, Reviewers).Select(_ => ReviewAsync()).ToArray();
        var takenIn = TimeSpan.Zero;
        await Progress.UntilAsync("ids in the sheet", () => premises.Column("FormsFlow ID").Count(id => id.Length > 0), plan.Proposals, cancellationToken);
        takenIn = Stopwatch.GetElapsedTime(began);
        await Progress.UntilAsync("mails", () => premises.Mails.Count, (long)plan.Proposals * MailsEach, cancellationToken);
        var mailed = Stopwatch.GetElapsedTime(began);
        await Progress.UntilAsync("outcomes in the sheet", () => premises.Column("Status").Count(status => status == "Approved"), plan.Proposals, cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        var (spent, spentAround) = (server.ProcessorTime, Process.GetCurrentProcess().TotalProcessorTime - around);
        var most = server.MostResident;
        await end.CancelAsync();
        await Task.WhenAll(reviewers);

        var requests = premises.Emulator.Log.Totals.Where(method => method.Key != "token").Sum(method => method.Value.Count);
        return
        [
            new("whole proposals a second", plan.Proposals / took.TotalSeconds, "/s", 200, MoreIsBetter: true),
            new("taken in a second", plan.Proposals / takenIn.TotalSeconds, "/s"),
            new("last response taken in after", takenIn.TotalSeconds, "s"),
            new("last decision after", lastDecision.TotalSeconds, "s"),
            new("last mail after", mailed.TotalSeconds, "s"),
            new("last outcome in the sheet after", took.TotalSeconds, "s"),
            new("processor time of the server for each", spent.TotalMilliseconds / plan.Proposals, "ms"),
            new("processor time around it for each", spentAround.TotalMilliseconds / plan.Proposals, "ms"),
            new("most resident", most, "MB"),
            new("requests to the sheet", requests, ""),
        ];

        async Task ReviewAsync()
        {
            using var client = await ReviewerClient.ConnectAsync(server.Address, cancellationToken);
            try
            {
                while (true)
                {
                    var token = await premises.Requests.Reader.ReadAsync(end.Token);
                    await client.ApproveAsync(token, await client.OpenAsync(token, cancellationToken), "Fits our plan for the year.", cancellationToken);
                    if (Interlocked.Increment(ref decisions) == plan.Proposals * 3L) lastDecision = Stopwatch.GetElapsedTime(began);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Everything was decided.
            }
        }
    }
}
