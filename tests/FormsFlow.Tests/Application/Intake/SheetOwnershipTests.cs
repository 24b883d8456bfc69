using FormsFlow.Application.Intake;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Conformance;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Intake;

/// <summary>One installation works on a sheet.</summary>
public sealed class SheetOwnershipTests
{
    const string Other = "22222222-2222-2222-2222-222222222222";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_to_look_marks_the_sheet_with_the_id_that_its_store_keeps_and_goes_on_after_a_restart()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        var id = await world.Store.ReadNoteAsync(SheetOwnership.Note, Token);
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal(id, world.Sheet.Mark);

        world.Restart();
        world.Sheet.Forget();
        world.Submit(2);
        await world.SettleAsync();

        Assert.Equal(2, (await world.ListAsync()).Count);
        Assert.Equal(id, world.Sheet.Mark);
        Assert.DoesNotContain("claim", world.Sheet.Calls);
    }

    [Fact]
    public async Task A_second_installation_leaves_the_sheet_alone_and_sends_nothing_and_says_so_once()
    {
        await using var world = await World.CreateAsync();
        await MarkedByAnotherAsync(world);
        world.Submit(1);

        for (var i = 0; i < 3; i++) Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.False(await world.Cycle.PublishAsync(TestDistrict.FormKey, Token));
        await world.DrainAsync();

        Assert.Empty(await world.ListAsync());
        Assert.Empty(world.Mailer.Mails);
        Assert.DoesNotContain(world.Sheet.Calls, call => call is "write" or "dashboard" or "claim");
        Assert.Equal(Other, world.Sheet.Mark);
        var trouble = world.Cycle.Troubles[TestDistrict.FormKey];
        Assert.Equal((SheetTrouble.OtherInstallation, false), (trouble.Trouble, trouble.Passes));
        Assert.Contains("Stop one of the two", trouble.Message, StringComparison.Ordinal);
        Assert.Single(world.Logs.Lines, line => line.Event == 1406);
        Assert.DoesNotContain(world.Logs.Lines, line => line.Event == 1401);
    }

    /// <summary>A change may have to be published before the first look at the sheet.</summary>
    [Fact]
    public async Task Nothing_is_published_before_it_was_seen_whose_the_sheet_is_and_decisions_are_taken_all_the_same()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        await world.SettleAsync();
        world.Sheet.Mark = Other;
        world.Restart();
        world.Sheet.Forget();

        foreach (var role in TestDistrict.Parties) await world.VoteAsync(id, role, Choice.Approve);
        await world.DrainAsync();
        Assert.False(await world.Cycle.PublishAsync(TestDistrict.FormKey, Token));

        Assert.Equal(ProposalStatus.Approved, await world.StatusOf(id));
        Assert.NotEmpty(world.Mailer.Of<MailMessage.OutcomeNotice>());
        Assert.DoesNotContain(world.Sheet.Calls, call => call is "write" or "dashboard");

        // The other one is stopped, and its mark is gone with the column.
        world.Sheet.DeleteColumn(OwnColumns.Id);
        await world.SettleAsync();
        Assert.Equal("Approved", world.Sheet.Text(TestResponse.Number(1).Key, OwnColumns.Status));
    }

    [Fact]
    public async Task Who_deletes_the_column_of_ids_gives_the_sheet_to_the_installation_that_runs_and_no_proposal_is_taken_in_twice()
    {
        await using var world = await World.CreateAsync();
        var ids = new[] { await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2)) };
        await world.DrainAsync();
        await world.SettleAsync();
        var mailed = world.Mailer.Mails.Count;
        world.Sheet.Mark = Other;
        world.Restart();
        Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));

        world.Sheet.DeleteColumn(OwnColumns.Id);
        await world.SettleAsync();
        await world.DrainAsync();

        Assert.Equal(ids, new[] { world.IdOf(TestResponse.Number(1).Key), world.IdOf(TestResponse.Number(2).Key) });
        Assert.Equal(mailed, world.Mailer.Mails.Count);
        Assert.Equal(await world.Store.ReadNoteAsync(SheetOwnership.Note, Token), world.Sheet.Mark);
        Assert.Empty(world.Cycle.Troubles);
        await world.AssertEachOnceAsync();
    }

    /// <summary>A backup of a release without marks, restored when a later one had marked the sheet already.</summary>
    [Fact]
    public async Task A_store_from_before_there_were_marks_takes_the_sheet_over_whose_proposals_it_knows()
    {
        await using var home = new SqliteHome();
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        await world.SettleAsync();
        await MoveToStoreWithoutNotesAsync(world, home);
        world.Sheet.Mark = Other;
        world.Submit(2);

        await world.SettleAsync();

        Assert.Equal(2, (await world.ListAsync()).Count);
        Assert.Equal(await world.Store.ReadNoteAsync(SheetOwnership.Note, Token), world.Sheet.Mark);
        Assert.Single(world.Logs.Lines, line => line.Event == 1305);
        await world.AssertEachOnceAsync();

        // It does so once: from then on another's mark is another's.
        world.Sheet.Mark = Other;
        world.Restart();
        Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.Equal(Other, world.Sheet.Mark);
    }

    [Fact]
    public async Task A_store_that_knows_none_of_the_sheets_proposals_takes_nothing_over()
    {
        await using var home = new SqliteHome();
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        await MoveToStoreWithoutNotesAsync(world, home);
        world.Sheet.Delete(TestResponse.Number(1).Key);
        world.Submit(2);
        world.Sheet.Put(TestResponse.Number(2).Key, OwnColumns.Id, "FF-7K3M-9QXT-2V");
        world.Sheet.Mark = Other;

        Assert.False(await world.Cycle.RunAsync(TestDistrict.FormKey, Token));

        Assert.Equal(Other, world.Sheet.Mark);
        Assert.Single(await world.ListAsync());
    }

    /// <summary>Another installation has marked the sheet, and has its columns in it.</summary>
    static async Task MarkedByAnotherAsync(World world)
    {
        await world.Sheet.PrepareAsync(OwnColumns.Keyed(world.Installation.Form(TestDistrict.FormKey)), Token);
        world.Sheet.Mark = Other;
        world.Sheet.Forget();
    }

    static async Task MoveToStoreWithoutNotesAsync(World world, SqliteHome home)
    {
        var store = await home.OpenSqliteAsync();
        await foreach (var record in ((IProposalArchive)world.Store).ReadAllAsync(Token)) await store.RestoreAsync(record, Token);
        await world.MoveToAsync(store);
    }
}
