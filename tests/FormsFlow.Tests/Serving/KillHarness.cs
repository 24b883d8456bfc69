using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Mail.Sending;
using FormsFlow.Storage.Sqlite;
using FormsFlow.Tests.Adapters.Mail;
using FormsFlow.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Serving;

/// <summary>
/// Kills the program while responses come in, people decide by their links and sort the sheet, and mails go out; then lets it come to rest
/// and counts what is there against what the world outside was told.
/// </summary>
sealed partial class KillHarness(ServedDistrict district, int kills, int seed) : IDisposable
{
    /// <summary>Some kills hit the start itself, most hit the work.</summary>
    static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(2_500);

    readonly Random _random = new(seed);
    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    readonly ConcurrentQueue<(string Product, string Role, string Comment)> _acknowledged = [];
    readonly ConcurrentDictionary<string, int> _mails = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, int> _admitted = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Product, string Role), bool> _decided = new();
    readonly ConcurrentQueue<(string Product, string Role, Uri Link)> _toDecide = [];
    int _responses;
    int _killed;
    int _startsHit;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<KillCount> RunAsync()
    {
        var since = Stopwatch.StartNew();
        district.WriteSettings();
        using var killing = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var world = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] load = [SubmitAsync(killing.Token), ReadMailsAsync(world.Token), .. Enumerable.Range(0, 4).Select(_ => DecideAsync(world.Token))];

        for (var i = 0; i < kills; i++)
        {
            using var server = ServerProcess.Start("serve", "--settings", district.SettingsPath);
            var hitsStart = _random.Next(10) == 0;
            if (!hitsStart) await HealthyAsync(server);
            await Task.Delay(_random.Next((int)LongestLife.TotalMilliseconds), Token);
            await server.KillAsync();
            Admit(server.Output);
            _killed++;
            if (hitsStart) _startsHit++;
            if (_random.Next(3) == 0) Sort();
        }

        await killing.CancelAsync();
        await load[0];
        using (var last = await district.ServeAsync())
        {
            await RestAsync(last);
            var (exitCode, _) = await last.StopAsync();
            Assert.Equal(0, exitCode);
            Admit(last.Output);
        }

        await world.CancelAsync();
        await Task.WhenAll(load);
        return await CountAsync(since.Elapsed);
    }

    public void Dispose() => _http.Dispose();

    async Task HealthyAsync(ServerProcess server) => await Eventually.Async("the server is healthy", async () =>
    {
        Assert.False(server.HasExited, server.Errors);
        try
        {
            return await _http.GetStringAsync(new Uri(district.Address, "healthz"), Token);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    });

    async Task SubmitAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            district.Form.Propose(string.Create(CultureInfo.InvariantCulture, $"Product {Interlocked.Increment(ref _responses):D5}"));
            await Task.Delay(700, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>People sort the sheet by whatever they like.</summary>
    void Sort()
    {
        var tab = district.Emulator.Views.Window(district.Form.Spreadsheet, rows: 0).Tabs.First(tab => tab.IsFormTab);
        district.Emulator.Editing.Sort(district.Form.Spreadsheet, tab.SheetId, _random.Next(3), _random.Next(2) == 0);
    }

    async Task ReadMailsAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var happened in district.Smtp!.Rest().Where(happened => happened.GetProperty("event").GetString() == "mail"))
            {
                var mail = SmtpPeer.Parse(happened);
                _mails.AddOrUpdate(mail.MessageId!, 1, (_, times) => times + 1);
                if (mail.Subject!.StartsWith("Please review: ", StringComparison.Ordinal))
                    _toDecide.Enqueue((mail.Subject["Please review: ".Length..], mail.To.Mailboxes.Single().Address.Split('.')[0], ServedDistrict.ButtonOf(mail)));
            }

            await Task.Delay(50, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    async Task DecideAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!_toDecide.TryDequeue(out var asked))
            {
                await Task.Delay(50, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
                continue;
            }

            if (_decided.ContainsKey((asked.Product, asked.Role))) continue;
            if (await TryDecideAsync(asked.Product, asked.Role, asked.Link)) _decided[(asked.Product, asked.Role)] = true;
            else _toDecide.Enqueue(asked);
        }
    }

    /// <summary>What is not answered was perhaps recorded and perhaps not: the person looks again, and decides again only if asked to.</summary>
    async Task<bool> TryDecideAsync(string product, string role, Uri link)
    {
        try
        {
            var form = await RunningDemo.OpenFormAsync(_http, link);
            if (form.Count == 0) return true;
            var comment = $"{role} of {product}";
            using var content = new FormUrlEncodedContent([.. form, new("choice", "approve"), new("comment", comment)]);
            using var answer = await _http.PostAsync(link, content, Token);
            if (answer.StatusCode is not HttpStatusCode.SeeOther) return false;
            _acknowledged.Enqueue((product, role, comment));
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            await Task.Delay(100, CancellationToken.None);
            return false;
        }
    }

    /// <summary>Every response is approved, in its row, and nothing is to come.</summary>
    async Task RestAsync(ServerProcess server)
    {
        var (last, at) = (-1, Stopwatch.StartNew());
        while (true)
        {
            Assert.False(server.HasExited, server.Errors);
            var done = district.Form.Rows.Count(row => row.GetValueOrDefault("Status") == "Approved");
            if (done == _responses && _toDecide.IsEmpty) break;
            if (done != last) (last, at) = (done, Stopwatch.StartNew());
            Assert.True(at.Elapsed < TimeSpan.FromMinutes(3), $"{done} of {_responses} proposals are approved, and nothing happens any more.");
            await Task.Delay(100, Token);
        }

        await Eventually.Async("the outbox is empty", async () =>
        {
            await using var store = await OpenAsync();
            var due = await store.ListDueAsync(DateTimeOffset.UtcNow.AddMinutes(30), 1, Token);
            var unpublished = await store.ListUnpublishedAsync("proposals", 1, Token);
            return due.Count + unpublished.Count == 0 ? "" : null;
        });
    }

    void Admit(string output)
    {
        foreach (Match line in Repeat().Matches(output))
            _admitted.AddOrUpdate(MessageIds.Hash($"{line.Groups["id"].Value}/{line.Groups["effect"].Value}"), 1, (_, times) => times + 1);
    }

    async Task<KillCount> CountAsync(TimeSpan took)
    {
        await using var store = await OpenAsync();
        var byTitle = new Dictionary<string, List<StoredProposal>>(StringComparer.Ordinal);
        var broken = 0;
        await foreach (var entry in store.ListAsync("proposals", Token))
        {
            var stored = (await store.LoadAsync(entry.Id, Token))!;
            var title = stored.State.Dossier.Proposal.ProductTitle;
            if (!byTitle.TryGetValue(title, out var same)) byTitle[title] = same = [];
            same.Add(stored);
            if (EventChain.FindBreak(await store.ReadEventsAsync(entry.Id, Token)) is not null) broken++;
        }

        var votes = byTitle.Values.SelectMany(same => same).SelectMany(stored => stored.State.Dossier.Stages.SelectMany(stage => stage.Ballots)
            .SelectMany(ballot => ballot.Vote is { } vote ? ballot.Earlier.Add(vote) : ballot.Earlier)
            .Select(vote => (stored.State.Dossier.Proposal.ProductTitle, vote.Comment))).ToHashSet();
        var rows = district.Form.Rows;
        return new KillCount(
            seed, _killed, _startsHit, took, _responses, rows.Count,
            byTitle.Count(same => same.Value.Count != 1) + Math.Abs(byTitle.Count - _responses) + (rows.Count - rows.Select(row => row["FormsFlow ID"]).Distinct(StringComparer.Ordinal).Count()),
            _acknowledged.Count,
            _acknowledged.Count(told => !votes.Contains((told.Product, told.Comment))),
            rows.Count(row => !IsOwn(row, byTitle)),
            broken,
            _mails.Values.Sum(),
            _mails.Sum(mail => mail.Value - 1),
            _mails.Where(mail => mail.Value > 1).Sum(mail => Math.Max(0, mail.Value - 1 - _admitted.GetValueOrDefault(mail.Key.Split('.', '@')[1]))),
            _admitted.Values.Sum());
    }

    /// <summary>The row's id is that of the proposal that tells of the row's product, and its status is that proposal's.</summary>
    static bool IsOwn(IReadOnlyDictionary<string, string> row, Dictionary<string, List<StoredProposal>> byTitle) =>
        byTitle.TryGetValue(row["Product title"], out var same)
        && same.Exists(stored => stored.Entry.Id.Value == row["FormsFlow ID"] && StatusText.ForSheet(stored.State) == row["Status"]);

    Task<SqliteProposalStore> OpenAsync() => SqliteProposalStore.OpenAsync(new SqliteStoreOptions { Path = district.Store }, NullLogger.Instance, null, Token);

    [GeneratedRegex(@"Proposal (?<id>FF-\S+): (?<effect>.+?) was begun before and cut off", RegexOptions.None, 5000)]
    private static partial Regex Repeat();
}

/// <summary>What was found after the last kill.</summary>
/// <param name="TakenInWrong">Responses with no proposal, or with more than one; ids in more than one row.</param>
/// <param name="Lost">Decisions that somebody was told are recorded, and that are not.</param>
/// <param name="WrongRows">Rows whose id or status is another proposal's.</param>
/// <param name="Broken">Proposals whose history does not hold together.</param>
/// <param name="NotAdmitted">Mails sent again of which the log does not say that they may be.</param>
/// <param name="Admitted">Mails of which the log says that they may be repeats, whether they are or not.</param>
sealed record KillCount(
    int Seed, int Kills, int DuringStart, TimeSpan Took, int Responses, int Rows, int TakenInWrong, int Acknowledged, int Lost, int WrongRows, int Broken,
    int Mails, int Repeated, int NotAdmitted, int Admitted)
{
    public bool IsSound => Rows == Responses && TakenInWrong + Lost + WrongRows + Broken + NotAdmitted == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Kills} kills ({DuringStart} of them during the start) in {Took.TotalMinutes:0.0} minutes, seed {Seed}
        responses {Responses}, rows {Rows}, taken in wrong {TakenInWrong}
        decisions acknowledged {Acknowledged}, lost {Lost}
        rows with another proposal's id or status {WrongRows}, broken histories {Broken}
        mails {Mails}, repeated {Repeated}, of these not admitted by the log {NotAdmitted} (admitted {Admitted})
        """);
}
