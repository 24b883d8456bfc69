using FormsFlow.Application.Mailing;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>The invariants, as questions to a world at rest.</summary>
static class WorldChecks
{
    /// <summary>
    /// Each response in the sheet has exactly one proposal, which tells of that response and of no other, and every proposal is some
    /// response's.
    /// </summary>
    /// <param name="deleted">Responses that are not in the sheet any more: they may have one proposal.</param>
    public static async Task AssertEachOnceAsync(this World world, params string[] deleted)
    {
        var keys = world.Sheet.Rows.Where(row => row.Key is not null).Select(row => row.Key!).ToList();
        var ids = keys.ConvertAll(world.IdOf);
        Assert.Equal(ids.Count, ids.Distinct().Count());

        var entries = await world.ListAsync();
        var titles = new List<string>();
        foreach (var entry in entries) titles.Add((await world.LoadAsync(entry.Id)).State.Dossier.Proposal.ProductTitle);
        foreach (var (key, id) in keys.Zip(ids))
            Assert.Equal($"{TestDistrict.Marker} {key}", (await world.LoadAsync(id)).State.Dossier.Proposal.ProductTitle);
        Assert.Equal(titles.Count, titles.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(titles.Except(keys.Concat(deleted).Select(key => $"{TestDistrict.Marker} {key}")));
    }

    /// <summary>Each row shows the status of its own proposal, and a row that is nobody's shows none.</summary>
    public static async Task AssertStatusesInTheirRowsAsync(this World world)
    {
        var (id, status) = (world.Sheet.Headers.IndexOf(OwnColumns.Id), world.Sheet.Headers.IndexOf(OwnColumns.Status));
        foreach (var row in world.Sheet.Rows)
        {
            if (ProposalId.TryParse(row[id].ToString(), out var owner))
            {
                var state = (await world.LoadAsync(owner)).State;
                foreach (var (column, text) in SheetLine.Of(state, world.Installation.Forms[0], world.Installation, world.Links).Cells)
                    Assert.Equal(text, row[world.Sheet.Headers.IndexOf(column)].ToString());
            }
            else
            {
                Assert.Equal("", row[status].ToString());
            }
        }
    }

    /// <summary>A vote says of which response it was meant: none has gone to another.</summary>
    public static async Task AssertVotesAtHomeAsync(this World world)
    {
        foreach (var entry in await world.ListAsync())
        {
            var dossier = (await world.LoadAsync(entry.Id)).State.Dossier;
            foreach (var vote in dossier.Stages.SelectMany(stage => stage.Ballots).SelectMany(ballot => ballot.Vote is { } last ? ballot.Earlier.Add(last) : ballot.Earlier))
                Assert.Equal(dossier.Proposal.ProductTitle, vote.Comment);
        }
    }

    /// <summary>Nothing is left to do, the dashboard shows every proposal as it stands, and whoever is waited for was asked.</summary>
    public static async Task AssertEverythingIsDoneAsync(this World world)
    {
        foreach (var entry in await world.ListAsync())
        {
            var stored = await world.LoadAsync(entry.Id);
            Assert.Empty(stored.Inbox);
            Assert.Empty(stored.Outbox);
            // The dashboard may add that the response is not in the sheet any more.
            Assert.StartsWith(StatusText.ForSheet(stored.State), world.Sheet.DashboardLines[entry.Id.Value].Status, StringComparison.Ordinal);
            if (stored.State is not ProposalState.InReview { Dossier: var dossier }) continue;
            foreach (var ballot in dossier.Stages.Where(stage => stage.Status is StageStatus.Open).SelectMany(stage => stage.Ballots).Where(ballot => ballot.Vote is null))
                Assert.Contains(world.Mailer.Of<MailMessage.ReviewRequest>(), mail => mail.About.Id == entry.Id && mail.Role.Key == ballot.Role);
        }
    }

    /// <summary>Every answer stands where its question stands, as somebody gave it: nothing of FormsFlow's was ever written over one.</summary>
    public static void AssertAnswersUntouched(this World world) => Assert.All(world.Sheet.Answers(), answer => Assert.Equal(answer.Given, answer.Now));

    /// <summary>
    /// Whatever was written went into the row of its own response, each time and not only in the end: an id that its row did not have
    /// yet, or words that its row's proposal has had at some time. Where rows moved between the look and the write, it is put right later.
    /// </summary>
    public static async Task AssertWrittenToOwnRowsAsync(this World world)
    {
        var words = new Dictionary<ProposalId, HashSet<string>>();
        foreach (var entry in await world.ListAsync()) words[entry.Id] = await world.WordsAsync(entry.Id);
        foreach (var landing in world.Sheet.Landings.Where(landing => landing is { Undisturbed: true, Text.Length: > 0 }))
        {
            var isId = landing.Column == OwnColumns.Id;
            Assert.True(ProposalId.TryParse(isId ? landing.Text : landing.Id, out var id));
            // Of an id that was given and never taken in the row is gone by now.
            var own = words.TryGetValue(id, out var ever)
                ? isId ? $"{TestDistrict.Marker} {landing.Row.Key}" == (await world.LoadAsync(id)).State.Dossier.Proposal.ProductTitle : ever.Contains(landing.Text)
                : isId && !world.Sheet.Rows.Contains(landing.Row);
            Assert.True(own, $"'{landing.Text}' was written to '{landing.Column}' of the row '{landing.Row.Key}' of {landing.Id}.");
        }
    }

    /// <summary>All that the sheet may have shown of a proposal since it began.</summary>
    static async Task<HashSet<string>> WordsAsync(this World world, ProposalId id)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        ProposalState state = new ProposalState.None();
        foreach (var record in await world.Store.ReadEventsAsync(id, TestContext.Current.CancellationToken))
        {
            state = ProposalProcess.Evolve(state, FormsFlow.Application.Running.ProposalCodec.ReadEvent(record.Body));
            if (state is ProposalState.Known known) words.UnionWith(SheetLine.Of(known, world.Installation.Forms[0], world.Installation, world.Links).Cells.Values);
        }

        return words;
    }
}
