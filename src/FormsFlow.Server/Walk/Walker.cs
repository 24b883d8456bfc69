using AngleSharp.Html.Parser;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using FormsFlow.Mail.Sending;
using FormsFlow.Server.Demo;

namespace FormsFlow.Server.Walk;

/// <summary>
/// Plays a whole district over HTTP: sends responses by the form, reads the mails, follows their links, answers as each sample says,
/// and moves the clock forward for those who never answer.
/// </summary>
public sealed class Walker(DemoHost demo, IReadOnlyList<SampleResponse> samples, Action<WalkStep> say) : IDisposable
{
    /// <summary>A walk in which nothing happens for so long has stopped, not paused.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Enough working days for every reminder, the escalation and the end of waiting.</summary>
    const int WorkingDays = 18;

    readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = true });
    readonly HashSet<string> _mailsRead = new(StringComparer.Ordinal);

    /// <summary>Which parties have answered, by the proposal's id.</summary>
    readonly Dictionary<string, HashSet<string>> _answered = new(StringComparer.Ordinal);
    string _step = "";

    public async Task<IReadOnlyList<WalkResult>> RunAsync(CancellationToken cancellationToken)
    {
        Begin($"Sending {samples.Count} {(samples.Count == 1 ? "response" : "responses")} through the form");
        await SendAllAsync(cancellationToken);

        Begin("Waiting until each has an ID in the sheet");
        var ids = await WaitForIdsAsync(cancellationToken);

        Begin("Business, Curriculum and Technology answer from their mails");
        await AnswerAllAsync(ids, cancellationToken);

        Begin("Moving the clock forward, day by day, for those who never answer");
        for (var day = 1; day <= WorkingDays; day++)
        {
            if (await AllClosedAsync(ids, cancellationToken)) break;
            await demo.Services.GetRequiredService<DemoTime>().MoveToNextMorningAsync(cancellationToken);
            await SettleAsync(cancellationToken);
            Count($"working day {day}, {ids.Length - Closed()} of {ids.Length} open, mails {Mails().Count}");
        }

        Begin("Reading the sheet");
        return await ResultsAsync(ids, cancellationToken);
    }

    void Begin(string step) => say(new WalkStep(_step = step));

    void Count(string count) => say(new WalkStep(_step, count));

    async Task SendAllAsync(CancellationToken cancellationToken)
    {
        var form = demo.Services.GetRequiredService<DemoPlaces>().Form;
        var sender = new FormSender(_http);
        var past = 0;
        foreach (var (index, sample) in samples.Index())
        {
            if (!await sender.SendAsync(form, sample, cancellationToken))
            {
                past++;
                await sender.SendPastChecksAsync(form, sample, cancellationToken);
            }

            Count($"{index + 1} of {samples.Count}{(past > 0 ? $", {past} of them past its checks, which would have refused {(past == 1 ? "it" : "them")}" : "")}");
        }
    }

    /// <summary>The responses stand in the sheet in the order of their sending; the id in each row says which proposal is whose.</summary>
    Task<string[]> WaitForIdsAsync(CancellationToken cancellationToken) => WaitAsync("ids", () =>
    {
        var ids = Column(OwnColumns.Id);
        Count($"{ids.Count(id => id.Length > 0)} of {samples.Count}");
        return (ids.Count(id => id.Length > 0), ids.Length == samples.Count && ids.All(id => id.Length > 0) ? ids : null);
    }, cancellationToken);

    async Task AnswerAllAsync(string[] ids, CancellationToken cancellationToken)
    {
        var idsByThread = ids.ToDictionary(ThreadOf, StringComparer.Ordinal);
        var samplesById = ids.Zip(samples).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        var wanted = samples.Sum(sample => sample.Parties.Count(party => party.Value.Choice is not null));
        await WaitAsync("answers", async () =>
        {
            foreach (var mail in NewMails())
                if (ReviewLink(mail) is { } link && PartyOf(mail) is { } party && idsByThread.TryGetValue(mail.Thread, out var id))
                {
                    await AnswerAsync(id, samplesById[id], party, link, cancellationToken);
                    Count($"answers {_answered.Values.Sum(parties => parties.Count)} of up to {wanted}, mails read {_mailsRead.Count}");
                }

            // A party is through with a proposal when it has answered, will not answer, or is not asked any more.
            var statuses = Column(OwnColumns.Status);
            var open = ids.Where((id, row) => statuses[row].StartsWith("In review", StringComparison.Ordinal) && !IsThrough(id, samplesById[id])).Count();
            return (_mailsRead.Count, open == 0 && statuses.All(status => status.Length > 0) ? ids : null);
        }, cancellationToken);
    }

    bool IsThrough(string id, SampleResponse sample) =>
        sample.Parties.All(party => party.Value.Choice is null || _answered.GetValueOrDefault(id)?.Contains(party.Key) == true);

    async Task AnswerAsync(string id, SampleResponse sample, string party, Uri link, CancellationToken cancellationToken)
    {
        if (sample.Parties[party] is not { Choice: { } choice } play) return;

        var page = new HtmlParser().ParseDocument(await _http.GetStringAsync(link, cancellationToken));
        var offered = page.QuerySelectorAll("input[type=radio]")
            .FirstOrDefault(radio => string.Equals(radio.GetAttribute("value"), choice.ToString(), StringComparison.OrdinalIgnoreCase));
        if (offered is null) return; // the review ended before this party looked

        var fields = page.QuerySelectorAll("form input[type=hidden]")
            .ToDictionary(input => input.GetAttribute("name") ?? "", input => input.GetAttribute("value") ?? "", StringComparer.Ordinal);
        fields[offered.GetAttribute("name") ?? ""] = offered.GetAttribute("value") ?? "";
        fields[page.QuerySelector("textarea")?.GetAttribute("name") ?? ""] = play.Comment;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync(link, content, cancellationToken);
        if ((int)answer.StatusCode is 409 or 410) return; // denied by another party meanwhile
        if (!answer.IsSuccessStatusCode) throw new WalkException($"'{sample.Case}': the answer of {party} was refused with {(int)answer.StatusCode}.");
        if (!_answered.TryGetValue(id, out var parties)) _answered[id] = parties = new HashSet<string>(StringComparer.Ordinal);
        parties.Add(party);
    }

    async Task<bool> AllClosedAsync(string[] ids, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        return Closed() == ids.Length;
    }

    int Closed() => Column(OwnColumns.Status).Count(status => !status.StartsWith("In review", StringComparison.Ordinal));

    /// <summary>Nothing is due any more, and the sheet shows it.</summary>
    async Task SettleAsync(CancellationToken cancellationToken)
    {
        var store = demo.Services.GetRequiredService<Application.Ports.IProposalStore>();
        await WaitAsync("rest", async () =>
        {
            var due = await store.ListDueAsync(demo.Clock.GetUtcNow(), 1, cancellationToken);
            var unpublished = await store.ListUnpublishedAsync(DemoDistrict.Form, 1, cancellationToken);
            return (due.Count + unpublished.Count, due.Count == 0 && unpublished.Count == 0 ? "" : null);
        }, cancellationToken);
    }

    async Task<IReadOnlyList<WalkResult>> ResultsAsync(string[] ids, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        var statuses = Column(OwnColumns.Status);
        var roles = demo.Services.GetRequiredService<Installation>().Forms.Single().Parties;
        var decisions = roles.ToDictionary(role => role.Title, role => Column(OwnColumns.Of(role)), StringComparer.Ordinal);
        var mails = Mails().ToLookup(mail => mail.Thread, mail => new WalkMail(mail.ToAddress, mail.Subject), StringComparer.Ordinal);
        return
        [
            .. samples.Select((sample, row) => new WalkResult(
                sample, ids[row], statuses[row], decisions.ToDictionary(party => party.Key, party => party.Value[row], StringComparer.Ordinal), [.. mails[ThreadOf(ids[row])]])),
        ];
    }

    IReadOnlyList<InboxMail> Mails() => demo.Services.GetRequiredService<Inbox>().List();

    List<InboxMail> NewMails() =>
        [.. Mails().Where(mail => _mailsRead.Add(mail.Key)).Reverse()];

    static Uri? ReviewLink(InboxMail mail) =>
        new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("a[href]")
            .Select(anchor => anchor.GetAttribute("href")!)
            .Where(href => href.Contains("/review/", StringComparison.Ordinal))
            .Select(href => new Uri(href))
            .FirstOrDefault();

    /// <summary>The party whose person the mail went to; null for everybody else's mails.</summary>
    static string? PartyOf(InboxMail mail) =>
        mail.ToAddress == DemoDistrict.Business.Address ? "Business"
        : mail.ToAddress == DemoDistrict.Curriculum.Address ? "Curriculum"
        : mail.ToAddress == DemoDistrict.Technology.Address ? "Technology"
        : null;

    static string ThreadOf(string id) => ProposalId.TryParse(id, out var proposal)
        ? MessageIds.OfThread(proposal.Value, DemoDistrict.MailDomain)
        : throw new WalkException($"The sheet has '{id}' where the ID of a proposal should be.");

    /// <summary>One of FormsFlow's columns beside the responses, from the first response down.</summary>
    string[] Column(string header)
    {
        var tab = demo.Emulator.Views.Window(demo.Spreadsheet, rows: 0).Tabs.First(tab => tab.IsFormTab);
        var window = demo.Emulator.Views.Window(demo.Spreadsheet, tab.SheetId, rows: samples.Count + 10);
        var column = window.Rows[0].Cells.ToList().FindIndex(cell => cell?.Text == header);
        return [.. window.Rows.Skip(1).Where(row => row.Cells[0]?.Text.Length > 0).Select(row => column < 0 ? "" : row.Cells[column]?.Text ?? "")];
    }

    static Task<T> WaitAsync<T>(string what, Func<(int Progress, T? Done)> look, CancellationToken cancellationToken) where T : class =>
        WaitAsync(what, () => Task.FromResult(look()), cancellationToken);

    static async Task<T> WaitAsync<T>(string what, Func<Task<(int Progress, T? Done)>> look, CancellationToken cancellationToken) where T : class
    {
        var (last, since) = (-1, TimeProvider.System.GetTimestamp());
        while (true)
        {
            var (progress, done) = await look();
            if (done is not null) return done;
            if (progress != last) (last, since) = (progress, TimeProvider.System.GetTimestamp());
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new WalkException($"Nothing has happened for {Patience.TotalSeconds:0} seconds while waiting for {what}.");
            await Task.Delay(Beat, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();
}
