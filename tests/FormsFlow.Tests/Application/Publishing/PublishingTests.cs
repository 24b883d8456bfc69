using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Publishing;

public class PublishingTests
{
    const string Business = DistrictProcedure.Business;

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Publishing_costs_the_same_few_calls_however_many_changed(int count)
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < count; i++) world.Submit(i);
        await world.PollAsync();
        world.Sheet.Forget();

        Assert.Equal(count, await world.PublishAsync());

        Assert.Equal(["columns", "write", "columns", "dashboard"], world.Sheet.Calls);
        Assert.Equal(count, world.Sheet.DashboardLines.Count);
        world.Sheet.Forget();
        Assert.Equal(0, await world.PublishAsync());
        Assert.Empty(world.Sheet.Calls);
    }

    [Fact]
    public async Task A_response_that_waits_for_its_sponsor_shows_until_when()
    {
        await using var world = await World.CreateAsync();
        world.Sheet.Submit(TestResponse.Number(1) with { OtherTitle = "" });
        await world.PollAsync();
        await world.PublishAsync();

        var line = Assert.Single(world.Sheet.DashboardLines);
        Assert.StartsWith("Needs correction", line.Value.Status, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 3, 30), line.Value.NextDeadline);
    }

    [Fact]
    public async Task Only_cells_that_differ_are_written()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Submit(2);
        await world.PollAsync();
        await world.PublishAsync();
        world.Sheet.Forget();

        await world.VoteAsync(id, Business, Choice.Approve);
        Assert.Equal(1, await world.PublishAsync());

        Assert.Equal([OwnColumns.Status, "Business decision"], world.Sheet.Written.Select(cell => cell.Column));
        Assert.Equal("In review: waiting for Curriculum and Technology", world.Sheet.Text("response 1", OwnColumns.Status));
        Assert.StartsWith("Approved on Mar 2, 2026 by Bea Holm", world.Sheet.Text("response 1", "Business decision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_that_changes_again_is_published_again()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.PublishAsync();
        await world.VoteAsync(id, Business, Choice.Deny, $"{TestDistrict.Marker} too dear");
        Assert.Equal(1, await world.PublishAsync());
        Assert.Equal("Denied by Business", world.Sheet.Text("response 1", OwnColumns.Status));
        Assert.EndsWith("too dear", world.Sheet.Text("response 1", "Business decision"), StringComparison.Ordinal);
        Assert.Equal(1, world.Sheet.LastDashboard!.Summary.Single(figure => figure.Label == "Denied").Count);
    }

    [Fact]
    public async Task Rows_sorted_in_the_moment_of_writing_are_put_right()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        for (var i = 2; i < 6; i++) world.Submit(i);
        await world.PollAsync();
        await world.PublishAsync();
        await world.VoteAsync(id, Business, Choice.Deny);
        // Twice: the second sort carries what was misplaced to where nothing was written.
        var sorts = 0;
        world.Sheet.Forget();
        world.Sheet.BeforeCall = call =>
        {
            if (call is 2) world.Sheet.Reverse();
            if (call is 3) world.Sheet.Sort(row => row.Key);
            if (call is 2 or 3) sorts++;
        };

        await world.PublishAsync();

        Assert.Equal(2, sorts);
        await world.AssertStatusesInTheirRowsAsync();
        Assert.Contains(world.Logs.Lines, line => line.Event == 1202);
    }

    [Fact]
    public async Task Somebody_who_sorts_all_the_time_is_given_up_on_until_the_next_publishing()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 4; i++) world.Submit(i);
        await world.PollAsync();
        for (var i = 0; i < 3; i++) await world.VoteAsync(world.IdOf($"response {i}"), TestDistrict.Parties[i], Choice.Deny);
        world.Sheet.BeforeCall = _ =>
        {
            var first = world.Sheet.Rows[0];
            world.Sheet.Rows.RemoveAt(0);
            world.Sheet.Rows.Add(first);
        };
        Assert.Equal(0, await world.PublishAsync());
        world.Sheet.BeforeCall = null;
        Assert.Equal(4, await world.PublishAsync());
        await world.AssertStatusesInTheirRowsAsync();
    }

    [Fact]
    public async Task What_somebody_typed_over_or_deleted_is_put_right_within_the_hour()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Submit(2);
        await world.SettleAsync();
        world.Sheet.Put("response 1", OwnColumns.Status, "Approved");
        world.Sheet.Put("response 2", "Business decision", "");
        world.Sheet.DashboardLines.Remove(id.Value);
        world.Sheet.Forget();

        await world.SettleAsync();
        Assert.All(world.Sheet.Calls, call => Assert.Equal("glance", call)); // an idle poll stays one glance
        world.Clock.Advance(InspectionSchedule.Interval);
        await world.SettleAsync();

        Assert.StartsWith("In review: waiting", world.Sheet.Text("response 1", OwnColumns.Status), StringComparison.Ordinal);
        Assert.StartsWith("Asked on", world.Sheet.Text("response 2", "Business decision"), StringComparison.Ordinal);
        Assert.Equal(2, world.Sheet.DashboardLines.Count);
        Assert.Equal([OwnColumns.Status, "Business decision"], world.Sheet.Written.Select(cell => cell.Column)); // and nothing beside them
        world.Sheet.Forget();
        await world.SettleAsync();
        Assert.All(world.Sheet.Calls, call => Assert.Equal("glance", call));
    }

    [Fact]
    public async Task Own_columns_that_were_deleted_are_filled_again_even_if_the_process_died_as_it_made_them()
    {
        await using var world = await World.CreateAsync();
        var ids = new List<string>();
        for (var i = 1; i <= 3; i++) ids.Add((await world.TakeInAsync(TestResponse.Number(i))).Value);
        await world.SettleAsync();
        foreach (var column in new[] { OwnColumns.Id, OwnColumns.Status, "Business decision" }) world.Sheet.DeleteColumn(column);

        // It dies when the columns are there, and before anything is written into them.
        world.Sheet.AfterCall = call =>
        {
            if (world.Sheet.Calls[call - 1] == "prepare" && world.Sheet.Headers.Contains(OwnColumns.Id)) throw new InvalidOperationException("the power went");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Cycle.RunAsync(TestDistrict.FormKey, TestContext.Current.CancellationToken));
        world.Sheet.AfterCall = null;
        world.Restart();
        await world.SettleAsync();

        Assert.Equal(ids, Enumerable.Range(1, 3).Select(i => world.Sheet.Text($"response {i}", OwnColumns.Id)));
        await world.AssertStatusesInTheirRowsAsync();
        Assert.StartsWith("Asked on", world.Sheet.Text("response 2", "Business decision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_row_stays_in_the_dashboard_and_troubles_nobody()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.Delete("response 1");
        Assert.Equal(1, await world.PublishAsync());
        Assert.Equal(id.Value, Assert.Single(world.Sheet.DashboardLines).Key);
        Assert.DoesNotContain(world.Sheet.Written, cell => cell.Column == OwnColumns.Status);
    }

    [Fact]
    public async Task A_row_that_somebody_copied_gets_no_status_before_it_is_known_whose_it_is()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.Copy("response 1", "the copy");
        await world.PublishAsync();
        Assert.Equal("", world.Sheet.Text("the copy", OwnColumns.Status));
        await world.SettleAsync();
        Assert.StartsWith("In review", world.Sheet.Text("response 1", OwnColumns.Status), StringComparison.Ordinal);
        Assert.StartsWith("Duplicate of FF-", world.Sheet.Text("the copy", OwnColumns.Status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_looks_like_a_formula_is_passed_on_as_it_is()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1) with { Sponsor = "=HYPERLINK(\"x\")" });
        await world.VoteAsync(id, Business, Choice.Deny, "=1+1");
        await world.PublishAsync();
        Assert.EndsWith(": =1+1", world.Sheet.Text("response 1", "Business decision"), StringComparison.Ordinal);
        Assert.Equal("=HYPERLINK(\"x\")", world.Sheet.DashboardLines[id.Value].Sponsor);
    }

    [Fact]
    public async Task Lines_that_the_dashboard_lost_are_written_again()
    {
        await using var world = await World.CreateAsync();
        var (one, two) = (await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2)));
        await world.PublishAsync();
        await world.VoteAsync(one, Business, Choice.Approve);
        world.Sheet.DashboardLines.Clear();
        world.Sheet.AfterCall = _ =>
        {
            if (world.Sheet.Calls[^1] == "dashboard")
                throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Moved, "sorted") { PublishAgain = [two.Value] };
        };
        await Assert.ThrowsAsync<SheetUnavailableException>(world.PublishAsync);
        world.Sheet.AfterCall = null;
        world.Sheet.DashboardLines.Clear();

        await world.PublishAsync();

        Assert.Equal(2, world.Sheet.DashboardLines.Count);
        Assert.Contains(two.Value, world.Sheet.DashboardLines.Keys);
    }

    [Fact]
    public async Task A_role_that_is_asked_in_two_stages_has_a_column_for_each()
    {
        var committee = DistrictProcedure.Definition.Stage("committee");
        var again = committee with { Key = "renewal", Title = "Renewal", Kind = StageKind.Task, Roles = [committee.Role(Business)], After = ["committee"], Choices = [Choice.Renew, Choice.Retire] };
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with { Process = new ProcessDefinition("P", [committee with { After = [] }, again]) }));
        var id = await world.TakeInAsync(TestResponse.Number(1));
        foreach (var role in TestDistrict.Parties) await world.VoteAsync(id, role, Choice.Approve);
        await world.PublishAsync();
        Assert.StartsWith("Approved on Mar 2, 2026", world.Sheet.Text("response 1", "Business decision"), StringComparison.Ordinal);
        Assert.Equal("Asked on Mar 2, 2026", world.Sheet.Text("response 1", "Business (Renewal) decision"));
        Assert.Equal(["Business", "Curriculum", "Technology", "Business (Renewal)"], world.Sheet.LastDashboard!.Parties);
        Assert.Equal(["Approved", "Approved", "Approved", "Waiting"], world.Sheet.DashboardLines[id.Value].Decisions.Select(decision => decision.Decision));

        await world.Runner.ExecuteAsync(id, World.Vote(Business, TestDistrict.Bea, Choice.Retire, world.Clock.GetUtcNow(), $"{TestDistrict.Marker} unused") with { Stage = "renewal" }, null, default);
        await world.PublishAsync();
        Assert.StartsWith("Approved on", world.Sheet.Text("response 1", "Business decision"), StringComparison.Ordinal);
        Assert.StartsWith("Retired on Mar 2, 2026 by Bea Holm", world.Sheet.Text("response 1", "Business (Renewal) decision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_of_an_older_process_shows_its_decisions_in_the_columns_of_today()
    {
        var committee = DistrictProcedure.Definition.Stage("committee");
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, Business, Choice.Approve);
        world.Restart(TestDistrict.With(form => form with { Process = new ProcessDefinition("P", [committee with { Key = "board", Title = "Board", After = [] }]) }));
        await world.PublishAsync();
        Assert.StartsWith("Approved on", world.Sheet.Text("response 1", "Business decision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_lines_stand_in_the_dashboard_in_the_order_in_which_they_were_sent_in()
    {
        await using var world = await World.CreateAsync();
        foreach (var number in Enumerable.Range(0, 40).Reverse()) world.Submit(number);
        await world.PollAsync();
        await world.PublishAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(number => TestResponse.Number(number).Title), world.Sheet.LastDashboard!.Lines.Select(line => line.Product));
    }

    [Fact]
    public async Task Every_status_has_its_words_for_the_sheet_and_for_the_page()
    {
        await using var world = await World.CreateAsync();
        var seen = new HashSet<ProposalStatus>();
        var responses = Enumerable.Range(0, 6).Select(i => TestResponse.Number(i)).ToList();
        responses[4] = responses[4] with { Sponsor = "" };
        foreach (var response in responses) world.Submit(response);
        world.Submit(responses[0] with { Key = "again", Second = 900, OtherTitle = responses[0].Title });
        await world.PollAsync();
        foreach (var role in TestDistrict.Parties) await world.VoteAsync(world.IdOf("response 1"), role, Choice.Approve);
        await world.VoteAsync(world.IdOf("response 2"), Business, Choice.Deny);
        await world.Runner.ExecuteAsync(world.IdOf("response 3"), new Command.Withdraw("", world.Clock.GetUtcNow()), null, default);
        await Look();
        world.Clock.Advance(TimeSpan.FromDays(60));
        await world.DrainAsync();
        await Look();

        Assert.Equal(Enum.GetValues<ProposalStatus>().ToHashSet(), seen);

        async Task Look()
        {
            foreach (var entry in await world.ListAsync())
            {
                seen.Add(entry.Status);
                var state = (await world.LoadAsync(entry.Id)).State;
                Assert.NotEqual("", StatusText.ForSheet(state));
                Assert.EndsWith(".", FormsFlow.Application.Reviewing.StatusHeadline.Of(state), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_choice_has_its_word() => Assert.All(Enum.GetValues<Choice>(), choice => Assert.NotEqual("", SheetLine.Word(choice)));

    [Theory]
    [InlineData(new[] { "A" }, "A")]
    [InlineData(new[] { "A", "B" }, "A and B")]
    [InlineData(new[] { "A", "B", "C" }, "A, B and C")]
    public void Names_are_listed_as_people_list_them(string[] names, string expected) => Assert.Equal(expected, StatusText.List(names));

    [Fact]
    public async Task A_delivery_that_failed_shows_in_the_status()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Mailer.Before = mail =>
        {
            if (mail is MailMessage.ReviewRequest { Role.Key: Business }) throw new MailRefusedException("no such mailbox");
        };
        await world.DrainAsync();
        await world.PublishAsync();
        Assert.Contains("Attention: the review request to Bea Holm", world.Sheet.Text("response 1", OwnColumns.Status), StringComparison.Ordinal);
        Assert.Equal(ProposalStatus.InReview, await world.StatusOf(id));
    }
}
