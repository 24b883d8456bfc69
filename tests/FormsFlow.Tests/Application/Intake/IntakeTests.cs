using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Intake;

public class IntakeTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_response_is_taken_in_once_however_often_the_sheet_is_polled()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 5; i++) world.Submit(i);
        Assert.Equal(5, (await world.PollAsync()).TakenIn);
        world.Submit(5);
        Assert.Equal(1, (await world.PollAsync()).TakenIn);
        for (var i = 0; i < 10; i++) Assert.Equal(0, (await world.PollAsync()).TakenIn);

        await world.AssertEachOnceAsync();
    }

    [Fact]
    public async Task An_idle_poll_is_one_glance_and_nothing_else()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 20; i++) world.Submit(i);
        await world.PollAsync();
        world.Sheet.Forget();
        world.Fuse.Set(int.MaxValue, false);

        for (var i = 0; i < 50; i++) await world.PollAsync();

        Assert.All(world.Sheet.Calls, call => Assert.Equal("glance", call));
        Assert.Equal(50, world.Sheet.Calls.Count);
        Assert.Equal(50, world.Fuse.Steps); // the glances themselves: the store is not asked anything
    }

    [Fact]
    public async Task A_new_response_costs_a_glance_a_read_a_write_and_a_look_at_what_was_written()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        await world.PollAsync();
        world.Sheet.Forget();
        world.Submit(2);
        await world.PollAsync();
        Assert.Equal(["glance", "rows", "write", "rows"], world.Sheet.Calls);
    }

    [Fact]
    public async Task Ids_that_were_wiped_out_after_a_question_was_renamed_are_restored_by_the_time_of_each_response()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var other = await world.TakeInAsync(TestResponse.Number(2));

        world.Sheet.RenameColumn("Funding available for the solution", "Money we have");
        world.Sheet.Put("response 1", OwnColumns.Id, "");
        world.Sheet.Put("response 2", OwnColumns.Id, "");
        await world.SettleAsync();

        Assert.Equal(id, world.IdOf("response 1"));
        Assert.Equal(other, world.IdOf("response 2"));
        Assert.Equal(2, (await world.ListAsync()).Count);
    }

    [Fact]
    public async Task An_id_that_was_wiped_out_by_hand_is_restored()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Submit(2);
        await world.PollAsync();

        world.Sheet.Put("response 1", OwnColumns.Id, "");
        await world.SettleAsync();

        Assert.Equal(id, world.IdOf("response 1"));
        Assert.Equal(2, (await world.ListAsync()).Count);
    }

    [Fact]
    public async Task Ids_that_were_swapped_by_hand_are_put_back()
    {
        await using var world = await World.CreateAsync();
        var (one, two) = (await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2)));
        world.Sheet.Put("response 1", OwnColumns.Id, two.Value);
        world.Sheet.Put("response 2", OwnColumns.Id, one.Value);
        await world.SettleAsync();
        Assert.Equal((one, two), (world.IdOf("response 1"), world.IdOf("response 2")));
    }

    [Fact]
    public async Task A_row_copied_with_its_id_becomes_a_duplicate_of_its_own()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.Copy("response 1", "the copy");
        await world.SettleAsync();

        Assert.Equal(id, world.IdOf("response 1"));
        var copy = world.IdOf("the copy");
        Assert.NotEqual(id, copy);
        Assert.Equal(ProposalStatus.Duplicate, await world.StatusOf(copy));
        Assert.Equal(id, (await world.LoadAsync(copy)).State.Dossier.Outcome!.DuplicateOf);
        Assert.Equal(ProposalStatus.InReview, await world.StatusOf(id));
    }

    [Fact]
    public async Task A_copied_row_is_a_duplicate_also_when_its_answers_were_changed()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.Copy("response 1", "the copy");
        world.Sheet.Put("the copy", "Product title", $"{TestDistrict.Marker} something else");
        await world.SettleAsync();

        var copy = world.IdOf("the copy");
        Assert.NotEqual(id, copy);
        Assert.Equal(id, (await world.LoadAsync(copy)).State.Dossier.Outcome!.DuplicateOf);
    }

    [Fact]
    public async Task A_response_that_was_edited_just_as_its_id_was_lost_is_known_by_its_sponsor_and_product()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var other = await world.TakeInAsync(TestResponse.Number(2));

        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 9_000, Alignment = $"{TestDistrict.Marker} goal 7" });
        world.Sheet.Put("response 1", OwnColumns.Id, "");
        world.Submit(3);
        await world.SettleAsync();

        Assert.Equal((id, other), (world.IdOf("response 1"), world.IdOf("response 2")));
        Assert.Equal(3, (await world.ListAsync()).Count);
        Assert.Equal(2, (await world.LoadAsync(id)).State.Dossier.Revision);
    }

    [Fact]
    public async Task Of_two_lost_proposals_that_are_alike_neither_is_guessed_at()
    {
        await using var world = await World.CreateAsync();
        for (var i = 1; i <= 2; i++) await world.TakeInAsync(TestResponse.Number(i) with { OtherTitle = "Twin", Alignment = $"{TestDistrict.Marker} goal {i}" });
        for (var i = 1; i <= 2; i++)
        {
            world.Sheet.Edit($"response {i}", TestResponse.Number(i) with { Second = 9_000 + i, OtherTitle = "Twin", Alignment = $"{TestDistrict.Marker} aim {i}" });
            world.Sheet.Put($"response {i}", OwnColumns.Id, "");
        }

        await world.SettleAsync();

        Assert.Equal(4, (await world.ListAsync()).Count);
    }

    [Theory]
    [InlineData("Total: 2 responses")]
    [InlineData("12/1/1999")]
    public async Task What_somebody_writes_below_the_responses_is_no_response(string text)
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        world.Sheet.InsertBlank(99);
        world.Sheet.Submit(new TestResponse("remark", 0));
        foreach (var header in TestDistrict.FormHeaders) world.Sheet.Put("remark", header, header == "Timestamp" ? text : "");

        Assert.Equal(1, (await world.PollAsync()).TakenIn);
        world.Sheet.Forget();
        for (var i = 0; i < 3; i++) await world.PollAsync();

        Assert.Equal(["glance", "glance", "glance"], world.Sheet.Calls);
        Assert.Equal("", world.Sheet.Text("remark", OwnColumns.Id));
        world.Submit(2);
        Assert.Equal(1, (await world.PollAsync()).TakenIn);
        world.Sheet.Submit(new TestResponse("another remark", 0));
        foreach (var header in TestDistrict.FormHeaders) world.Sheet.Put("another remark", header, header == "Timestamp" ? text : "");
        await world.PollAsync();
        world.Sheet.Forget();
        await world.PollAsync();
        Assert.Equal(["glance"], world.Sheet.Calls);
        Assert.Equal(2, (await world.ListAsync()).Count);
    }

    [Fact]
    public async Task A_question_called_Status_is_an_answer_and_never_written_to()
    {
        await using var world = await World.CreateAsync();
        world.Sheet.InsertColumn(3, OwnColumns.Status);
        world.Submit(1);
        world.Sheet.Rows[0].Set(3, new SheetCell("ours to keep", null));
        await world.SettleAsync();

        Assert.Equal("ours to keep", world.Sheet.Rows[0][3].ToString());
        Assert.StartsWith("In review", world.Sheet.Rows[0][world.Sheet.Headers.IndexOf("FormsFlow Status")].ToString(), StringComparison.Ordinal);
        var proposal = (await world.LoadAsync(world.IdOf("response 1"))).State.Dossier.Proposal;
        Assert.Equal("ours to keep", proposal.Answers.Single(answer => answer.Question == OwnColumns.Status).Text);
    }

    [Fact]
    public async Task The_same_answers_sent_twice_are_a_duplicate_whoever_comes_first_in_the_sheet()
    {
        await using var world = await World.CreateAsync();
        var first = TestResponse.Number(1);
        world.Submit(first with { Key = "second", Second = 500, OtherTitle = first.Title });
        world.Submit(first);
        await world.PollAsync();
        Assert.Equal(ProposalStatus.InReview, await world.StatusOf(world.IdOf("response 1")));
        Assert.Equal(ProposalStatus.Duplicate, await world.StatusOf(world.IdOf("second")));
    }

    [Fact]
    public async Task Two_intakes_at_once_take_each_response_in_once()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 30; i++) world.Submit(i);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.NewIntake().PollAsync(TestDistrict.FormKey, Token))));
        await world.SettleAsync();
        await world.AssertEachOnceAsync();
    }

    [Fact]
    public async Task An_edit_is_noticed_within_five_polls_among_fifty_open_proposals()
    {
        foreach (var edited in new[] { 0, 7, 24, 25, 48 })
        {
            await using var world = await World.CreateAsync();
            for (var i = 0; i < 50; i++) world.Submit(i);
            await world.PollAsync();
            await world.PollAsync();
            world.Sheet.Edit($"response {edited}", TestResponse.Number(edited) with { Second = 99_000, Alignment = $"{TestDistrict.Marker} goal 3" });

            var seen = 0;
            for (var poll = 0; poll < 5; poll++) seen += (await world.PollAsync()).Edited;

            Assert.Equal(1, seen);
            Assert.Equal(2, (await world.LoadAsync(world.IdOf($"response {edited}"))).State.Dossier.Revision);
        }
    }

    [Fact]
    public async Task A_bad_row_is_marked_in_plain_words_and_blocks_nobody()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        world.Submit(TestResponse.Number(2) with { Sponsor = "", Alignment = "" });
        world.Submit(TestResponse.Number(3) with { Contact = "sam at school" });
        world.Submit(4);
        await world.PollAsync();
        await world.DrainAsync();
        await world.PublishAsync();

        Assert.Equal("Needs correction: alignment and sponsor", world.Sheet.Text("response 2", OwnColumns.Status));
        Assert.StartsWith("In review", world.Sheet.Text("response 1", OwnColumns.Status), StringComparison.Ordinal);
        Assert.StartsWith("In review", world.Sheet.Text("response 4", OwnColumns.Status), StringComparison.Ordinal);
        var correction = Assert.Single(world.Mailer.Of<MailMessage.CorrectionRequest>());
        Assert.Equal(2, correction.Problems.Length);
        // Nobody can write to the sponsor of the third: an administrator hears of it.
        Assert.Equal(world.IdOf("response 3"), Assert.Single(world.Mailer.Of<MailMessage.AdministratorNotice>()).About.Id);
    }

    [Theory]
    [InlineData("12:00")]
    [InlineData("1/1/0001")]
    [InlineData("12/31/9999 23:59:59")]
    [InlineData("yesterday")]
    public async Task A_timestamp_that_somebody_typed_blocks_nobody(string typed)
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        world.Sheet.Put("response 1", "Timestamp", typed);
        world.Submit(2);
        Assert.Equal(2, (await world.PollAsync()).TakenIn);
    }

    [Fact]
    public async Task A_question_that_cannot_be_found_is_named_and_everything_goes_on_when_it_is_back()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.RenameColumn("Product title", "What do you want?");
        world.Submit(2);

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(world.PollAsync);
        Assert.Equal(SheetTrouble.ColumnMissing, trouble.Trouble);
        Assert.Contains("What do you want?", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("ProductTitle", trouble.Message, StringComparison.Ordinal);

        world.Sheet.RenameColumn("What do you want?", "product TITLE:");
        world.Submit(3); // a column of this name is found whatever its case
        await world.SettleAsync();
        Assert.Equal(id, world.IdOf("response 1"));
        Assert.Equal(3, (await world.ListAsync()).Count);
    }

    [Fact]
    public async Task A_lost_header_row_is_named_without_telling_an_answer_and_nothing_is_written_beside_it()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        var titles = world.Sheet.Headers.ToArray();
        for (var i = 0; i < titles.Length; i++) world.Sheet.RenameColumn(titles[i], $"a secret answer {i}");

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(world.PollAsync);
        Assert.Contains("header row", trouble.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(titles.Length, world.Sheet.Headers.Count);
    }

    [Fact]
    public async Task A_timestamp_column_that_cannot_be_found_is_named_and_no_other_column_is_taken_for_it()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Submit(2);
        world.Sheet.RenameColumn("Timestamp", "When");

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(world.PollAsync);
        Assert.Equal(SheetTrouble.ColumnMissing, trouble.Trouble);
        Assert.Contains("Timestamp", trouble.Message, StringComparison.Ordinal);

        world.Sheet.RenameColumn("When", "Marca temporal"); // what Google calls it in Spanish
        await world.SettleAsync();
        Assert.Equal(id, world.IdOf("response 1"));
        Assert.Equal(2, (await world.ListAsync()).Count);
    }

    [Fact]
    public async Task Decisions_reach_the_sheet_while_a_question_cannot_be_found()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.RenameColumn("Product title", "What do you want?");
        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny);

        Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));

        Assert.Equal("Denied by Business", world.Sheet.Text("response 1", OwnColumns.Status));
        Assert.Contains("What do you want?", world.Cycle.Troubles[TestDistrict.FormKey].Message, StringComparison.Ordinal);
        world.Sheet.RenameColumn("What do you want?", "Product title");
        Assert.True(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.Empty(world.Cycle.Troubles);
        Assert.Single(world.Logs.Lines, line => line.Event == 1401);
    }

    [Fact]
    public async Task Columns_may_be_added_renamed_and_moved()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.InsertColumn(0, "Notes of the office");
        world.Sheet.InsertColumn(5, "Budget code");
        world.Sheet.MoveColumn("Product title", 9);
        world.Sheet.RenameColumn("Anything else?", "Anything more?");
        world.Sheet.MoveColumn(OwnColumns.Id, 1);
        world.Submit(2);
        await world.SettleAsync();
        await world.PublishAsync();

        Assert.Equal(id, world.IdOf("response 1"));
        Assert.Equal(2, (await world.ListAsync()).Count);
        Assert.StartsWith("In review", world.Sheet.Text("response 2", OwnColumns.Status), StringComparison.Ordinal);
        Assert.Equal(1, (await world.LoadAsync(id)).State.Dossier.Revision);
    }

    [Fact]
    public async Task A_question_added_later_does_not_make_old_rows_strangers()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.InsertColumn(6, "Budget code");
        world.Sheet.Put("response 1", OwnColumns.Id, "");
        await world.SettleAsync();
        Assert.Equal(id, world.IdOf("response 1"));
    }

    [Fact]
    public async Task A_lost_wake_up_does_not_stop_the_poll()
    {
        await using var world = await World.CreateAsync();
        world.Engine.Failure = new TimeoutException("nobody at home");
        world.Submit(1);
        world.Submit(2);
        Assert.Equal(2, (await world.PollAsync()).TakenIn);
    }

    [Fact]
    public async Task Ten_thousand_responses_at_once_cost_calls_by_the_batch_and_not_by_the_row()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 10_000; i++) world.Submit(i);

        Assert.Equal(10_000, (await world.PollAsync()).TakenIn);

        Assert.Equal(5 + 5 * 3, world.Sheet.Calls.Count); // zone, header twice, once for all whose sheet it is, ids and timestamps; then read, write and look for each of five batches
        await world.AssertEachOnceAsync();
        world.Sheet.Forget();
        await world.PollAsync();
        Assert.Equal(["glance"], world.Sheet.Calls);
    }

    [Fact]
    public async Task What_cannot_be_told_apart_is_two_proposals_and_the_dashboard_says_which_of_them_has_no_response()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.SettleAsync();
        world.Sheet.Put("response 1", OwnColumns.Id, "");
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 90_000, OtherTitle = $"{TestDistrict.Marker} another product" });
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.SettleAsync();

        var other = world.IdOf("response 1");
        Assert.NotEqual(id, other);
        Assert.Equal(ProposalStatus.InReview, await world.StatusOf(other));
        Assert.EndsWith("Attention: its response is not in the sheet any more", world.Sheet.DashboardLines[id.Value].Status, StringComparison.Ordinal);
        Assert.DoesNotContain("Attention", world.Sheet.DashboardLines[other.Value].Status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_comes_back_takes_the_warning_from_the_dashboard()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.SettleAsync();
        var rows = world.Sheet.Rows.ToList();
        world.Sheet.Delete("response 1");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.SettleAsync();
        Assert.Contains("Attention", world.Sheet.DashboardLines[id.Value].Status, StringComparison.Ordinal);

        world.Sheet.Rows.AddRange(rows);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.SettleAsync();
        Assert.DoesNotContain("Attention", world.Sheet.DashboardLines[id.Value].Status, StringComparison.Ordinal);
    }
}
