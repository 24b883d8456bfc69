using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

/// <summary>Somebody gives FormsFlow's columns other headers, or their headers to other columns, or a party another title.</summary>
public sealed class RenamedColumnTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    static readonly string[] Form = ["Timestamp", "Email Address", "Product title", "Deadline", "Anything else?"];
    static readonly OwnColumn[] Keyed = [.. Columns("Business decision", "Technology decision")];

    [Theory]
    [InlineData("Where it stands")]
    [InlineData("")]
    [InlineData("Deadline")]
    public async Task A_column_that_somebody_renames_is_kept_and_called_by_its_name_again(string renamed)
    {
        for (var place = 5; place <= 8; place++)
        {
            await using var home = await FilledAsync();
            home.Type(0, place, renamed);

            var headers = await home.Sheet.PrepareAsync(Keyed, default);

            Assert.Equal([.. Form, .. SheetHome.Own], headers.Where(header => header.Length > 0));
            Assert.Equal((Id(1), "Denied by Business", "Denied on Mar 2, 2026 by Bea Holm"), (home.Cell(1, 5), home.Cell(1, 6), home.Cell(1, 7)));
            await AssertSettledAsync(home);
        }
    }

    [Fact]
    public async Task A_column_that_holds_nothing_yet_is_kept_when_somebody_renames_it()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(Keyed, default);
        home.Type(0, 8, "IT says");

        Assert.Equal([.. Form, .. SheetHome.Own], (await home.Sheet.PrepareAsync(Keyed, default)).Where(header => header.Length > 0));
        await AssertSettledAsync(home);
    }

    [Fact]
    public async Task A_status_column_with_remarks_in_it_is_kept_when_somebody_renames_it()
    {
        await using var home = await FilledAsync();
        await home.Sheet.WriteAsync([new CellWrite(3, "Status", "Not taken in: the timestamp is not a date and time.")], default);
        home.Type(0, 6, "Where it stands");

        Assert.Equal([.. Form, .. SheetHome.Own], (await home.Sheet.PrepareAsync(Keyed, default)).Where(header => header.Length > 0));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public async Task A_question_that_is_called_as_ours_was_before_somebody_renamed_it_is_never_written_to(int question)
    {
        await using var home = await FilledAsync();
        home.Type(0, question, "Status");
        home.Type(1, question, "Approved");
        home.Type(0, 6, "Where it stands");

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.WriteAsync([new CellWrite(2, "Status", "In review")], default));
        await home.Sheet.PrepareAsync(Keyed, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "In review")], default);

        Assert.Equal(SheetTrouble.ColumnMissing, trouble.Trouble);
        Assert.Equal(("Approved", "In review", "FormsFlow Status"), (home.Cell(1, question), home.Cell(1, 6), home.Cell(0, 6)));
        Assert.Equal(10 - (question == 4 ? 1 : 0), home.Header().Count(header => header.Length > 0));
        await AssertSettledAsync(home);
    }

    [Fact]
    public async Task A_question_beside_the_ids_that_is_called_as_ours_makes_ours_bear_the_longer_name()
    {
        await using var home = await FilledAsync();
        AskForStatus(home);

        var headers = await home.Sheet.PrepareAsync(Keyed, default);

        Assert.Equal([.. Form, "FormsFlow ID", "Status", "FormsFlow Status", "Business decision", "Technology decision"], headers.Where(header => header.Length > 0));
        Assert.Equal("Denied by Business", (await home.Sheet.ReadColumnsAsync(["Status"], default))[0].Cells[0].Text);
        await AssertSettledAsync(home);
    }

    [Fact]
    public async Task When_the_question_is_called_otherwise_again_ours_gets_its_own_name_back()
    {
        await using var home = await FilledAsync();
        AskForStatus(home);
        await home.Sheet.PrepareAsync(Keyed, default);
        Assert.Contains("FormsFlow Status", home.Header());
        home.Type(0, 6, "How it stands");

        await home.Sheet.PrepareAsync(Keyed, default);

        Assert.Equal([.. Form, "FormsFlow ID", "How it stands", "Status", "Business decision", "Technology decision"], home.Header().Where(header => header.Length > 0));
        await AssertSettledAsync(home);
    }

    [Fact]
    public async Task A_question_that_bears_even_our_longer_name_is_said_and_no_column_is_made()
    {
        await using var home = await FilledAsync();
        home.Type(0, 4, "FormsFlow Status");
        home.Type(1, 4, "an answer");

        var trouble = await TroubleAsync(home);

        Assert.Equal(SheetTrouble.ColumnMissing, trouble.Trouble);
        Assert.Contains("Two columns of 'Form Responses 1' of form 'proposals' are called 'FormsFlow Status'", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(("an answer", 9), (home.Cell(1, 4), home.Header().Count(header => header.Length > 0)));
    }

    [Fact]
    public async Task A_party_that_is_called_otherwise_keeps_its_column()
    {
        await using var home = await FilledAsync();

        await home.Sheet.PrepareAsync([.. Columns("Business decision", "IT decision")], default);

        Assert.Equal([.. Form, "FormsFlow ID", "Status", "Business decision", "IT decision"], home.Header().Where(header => header.Length > 0));
        Assert.Equal("Asked on Mar 2, 2026", home.Cell(1, 8));
        await home.Sheet.WriteAsync([new CellWrite(2, "IT decision", "Approved on Mar 3, 2026 by Tom")], default);
        Assert.Equal("Approved on Mar 3, 2026 by Tom", home.Cell(1, 8));
        await AssertSettledAsync(home, [.. Columns("Business decision", "IT decision")]);
    }

    [Fact]
    public async Task Parties_that_swap_their_titles_keep_their_columns()
    {
        await using var home = await FilledAsync();

        await home.Sheet.PrepareAsync([.. Columns("Technology decision", "Business decision")], default);

        Assert.Equal([.. Form, "FormsFlow ID", "Status", "Technology decision", "Business decision"], home.Header().Where(header => header.Length > 0));
        Assert.Equal(("Denied on Mar 2, 2026 by Bea Holm", "Asked on Mar 2, 2026"), (home.Cell(1, 7), home.Cell(1, 8)));
        await AssertSettledAsync(home, [.. Columns("Technology decision", "Business decision")]);
    }

    [Fact]
    public async Task A_column_that_an_earlier_release_tagged_by_name_is_known_by_its_party_from_the_next_look_on()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        await home.Sheet.PrepareAsync(Keyed, default);
        await home.Sheet.PrepareAsync([.. Columns("Business decision", "IT decision")], default);

        Assert.Equal([.. Form, "FormsFlow ID", "Status", "Business decision", "IT decision"], home.Header().Where(header => header.Length > 0));
    }

    [Fact]
    public async Task A_new_party_that_is_called_as_another_was_gets_a_column_of_its_own()
    {
        await using var home = await FilledAsync();
        OwnColumn[] three = [.. Columns("Business decision", "IT decision"), new("Technology decision", "committee/new")];

        await home.Sheet.PrepareAsync(three, default);

        Assert.Equal([.. Form, "FormsFlow ID", "Status", "Business decision", "IT decision", "Technology decision"], home.Header().Where(header => header.Length > 0));
        Assert.Equal(("Asked on Mar 2, 2026", null), (home.Cell(1, 8), home.Cell(1, 9)));
        await AssertSettledAsync(home, three);
    }

    [Fact]
    public async Task A_party_whose_key_changes_with_the_process_keeps_the_column_of_its_title()
    {
        await using var home = await FilledAsync();
        OwnColumn[] rekeyed = [.. Keyed[..3], new("Technology decision", "review/it")];

        await home.Sheet.PrepareAsync(rekeyed, default);

        Assert.Equal([.. Form, .. SheetHome.Own], home.Header().Where(header => header.Length > 0));
        await AssertSettledAsync(home, rekeyed);
    }

    [Fact]
    public async Task A_column_that_moves_in_the_moment_in_which_it_gets_its_header_back_gets_it_where_it_is()
    {
        await using var home = await FilledAsync();
        home.Type(0, 6, "Where it stands");
        home.Emulator.Hooks.Before = (request, _) =>
        {
            if (!request.IsWrite) return Task.CompletedTask;
            home.Emulator.Hooks.Before = null;
            home.Emulator.Editing.InsertColumns(home.Id, home.TabId, 2);
            return Task.CompletedTask;
        };

        await home.Sheet.PrepareAsync(Keyed, default);

        Assert.Equal([.. Form, .. SheetHome.Own], home.Header().Where(header => header.Length > 0));
        Assert.Equal("Denied by Business", home.Cell(1, 7));
    }

    [Fact]
    public async Task A_title_that_changes_in_the_moment_in_which_columns_move_costs_no_header_and_no_answer()
    {
        await using var home = await FilledAsync();
        home.Emulator.Hooks.Before = (request, _) =>
        {
            if (request.Method != "batchUpdate") return Task.CompletedTask;
            home.Emulator.Hooks.Before = null;
            home.Emulator.Editing.InsertColumns(home.Id, home.TabId, 2);
            return Task.CompletedTask;
        };

        OwnColumn[] renamed = [.. Columns("Finance decision", "IT decision")];
        await home.Sheet.PrepareAsync(renamed, default);

        Assert.Null(home.Emulator.Hooks.Before);
        Assert.Equal([.. Form, "FormsFlow ID", "Status", "Finance decision", "IT decision"], home.Header().Where(header => header.Length > 0));
        Assert.Equal(("Product 1", "Asked on Mar 2, 2026"), (home.Cell(1, 3), home.Cell(1, 9)));
        await AssertSettledAsync(home, renamed);
    }

    static IEnumerable<OwnColumn> Columns(string business, string technology) =>
        [new("FormsFlow ID"), new("Status"), new(business, "committee/business"), new(technology, "committee/technology")];

    /// <summary>A question of that name, between the ids and FormsFlow's own status.</summary>
    static void AskForStatus(SheetHome home)
    {
        home.Emulator.Editing.InsertColumns(home.Id, home.TabId, 6);
        home.Type(0, 6, "Status");
    }

    static string Id(int number) => ProposalId.Derive($"row {number}").Value;

    static Task<SheetUnavailableException> TroubleAsync(SheetHome home) => Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.PrepareAsync(Keyed, default));

    async Task<SheetHome> FilledAsync()
    {
        var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(Keyed, default);
        await home.Sheet.WriteAsync(
            [
                new(2, "FormsFlow ID", Id(1)), new(2, "Status", "Denied by Business"), new(2, "Business decision", "Denied on Mar 2, 2026 by Bea Holm"),
                new(2, "Technology decision", "Asked on Mar 2, 2026"),
            ],
            default);
        return home;
    }

    /// <summary>The next look finds nothing to do, in as many requests as ever, and the glance after it none at all, in one.</summary>
    static async Task AssertSettledAsync(SheetHome home, OwnColumn[]? columns = null)
    {
        home.ForgetRequests();
        var headers = await home.Sheet.PrepareAsync(columns ?? Keyed, default);
        Assert.Equal(["get", "getByDataFilter"], home.Asked.Select(request => request.Method));

        string[] keys = ["FormsFlow ID", "Timestamp"];
        var rows = await home.Sheet.ReadColumnsAsync(keys, default);
        home.ForgetRequests();
        var glance = await home.Sheet.GlanceAsync(new SheetBookmark(headers, keys, rows[^1].Number, rows[^1].Cells, []), default);
        Assert.Equal((false, 0, 1), (glance.Disturbed, glance.NewRows.Count, home.Asked.Count));
    }
}
