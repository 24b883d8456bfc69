using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>What the server holds in memory with so many proposals open: at most while it takes them in, when that is done, and after a restart.</summary>
sealed class MemoryMeasure : IMeasure
{
    /// <summary>Acknowledgement and three requests.</summary>
    const int MailsEach = 4;

    /// <summary>Long enough for several polls.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    public string Name => "memory";

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var premises = await Premises.StartAsync(cancellationToken);
        premises.Submit(plan.Proposals);
        double most, rested;
        await using (var server = await premises.ServeAsync(cancellationToken))
        {
            await Progress.UntilAsync("review requests", () => premises.Mails.Count, plan.Proposals * MailsEach, cancellationToken);
            await Progress.UntilAsync("the sheet", () => premises.Column("Status").Count(status => status.StartsWith("In review", StringComparison.Ordinal)), plan.Proposals, cancellationToken);
            await Task.Delay(Rest, cancellationToken);
            (most, rested) = (server.MostResident, server.Resident);
        }

        await using var again = await premises.ServeAsync(cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        return
        [
            new("resident, after taking them in", rested, "MB", 150),
            new("resident, after a restart", again.Resident, "MB", 150),
            new("most resident, while taking in and mailing", most, "MB"),
            new("most resident, after a restart", again.MostResident, "MB"),
        ];
    }
}
