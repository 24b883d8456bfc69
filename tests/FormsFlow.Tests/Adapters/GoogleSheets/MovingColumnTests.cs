using FormsFlow.Application.Ports;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

/// <summary>
/// A person moves, inserts or deletes a column in the tenth of a second between two requests of FormsFlow's. Whatever else happens, no
/// answer and no question is ever written over.
/// </summary>
public sealed class MovingColumnTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    static readonly string[] Form = ["Timestamp", "Email Address", "Product title", "Deadline", "Anything else?"];

    static readonly CellWrite[] Writes =
    [
        new(2, "FormsFlow ID", "FF-1"), new(2, "Status", "Approved"), new(3, "Status", "Denied by Business"), new(4, "Technology decision", "Asked on Mar 2, 2026"),
    ];

    public static TheoryData<string> Moves => ["insert left of everything", "insert left of ours", "move ours away", "move an answer into ours", "move an answer beyond ours", "delete an answer's column"];

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task A_column_that_moves_in_the_moment_of_a_write_costs_no_answer_and_the_write_goes_where_it_belongs(string move)
    {
        await using var home = await PreparedAsync();
        var answers = Answers(home);
        InTheMomentOf(home, request => request.IsWrite, () => Move(home, move));

        await home.Sheet.WriteAsync(Writes, default);

        AssertUntouched(home, answers);
        var header = home.Header();
        Assert.All(Writes, write => Assert.Equal(write.Text, home.Cell(write.Row - 1, Array.IndexOf(header, write.Column))));
        Assert.Equal(Writes.Length, Enumerable.Range(1, 3).Sum(row => SheetHome.Own.Count(column => home.Cell(row, Array.IndexOf(header, column)) is not null)));
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task A_column_that_moves_in_the_moment_in_which_ours_are_made_keeps_its_question_and_its_answers(string move)
    {
        await using var home = await emulator.HomeAsync();
        home.Type(1, 4, "an answer at the end");
        var answers = Answers(home);
        InTheMomentOf(home, request => request.Method == "batchUpdate", () => Move(home, move));

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync(Writes, default);

        AssertUntouched(home, answers);
        Assert.All(SheetHome.Own, column => Assert.Single(headers, header => header == column));
        Assert.All(Writes, write => Assert.Equal(write.Text, home.Cell(write.Row - 1, Array.IndexOf(home.Header(), write.Column))));
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Columns_that_an_earlier_release_made_are_tagged_first_and_a_move_in_that_moment_costs_no_answer(string move)
    {
        await using var home = await PreparedAsync();
        RemoveTags(home);
        var answers = Answers(home);
        InTheMomentOf(home, request => request.Method == "batchUpdate", () => Move(home, move));

        await home.Sheet.WriteAsync(Writes, default);

        AssertUntouched(home, answers);
        Assert.All(Writes, write => Assert.Equal(write.Text, home.Cell(write.Row - 1, Array.IndexOf(home.Header(), write.Column))));
    }

    [Fact]
    public async Task Columns_that_an_earlier_release_made_are_tagged_once_when_the_sheet_is_gone_through()
    {
        await using var home = await PreparedAsync();
        RemoveTags(home);

        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.ForgetRequests();
        await home.Sheet.WriteAsync(Writes, default);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.Equal(["getByDataFilter", "values.batchUpdateByDataFilter", "get", "getByDataFilter"], home.Asked.Select(request => request.Method));
    }

    [Fact]
    public async Task A_column_of_ours_that_is_deleted_in_the_moment_of_a_write_is_said_to_be_missing_and_nothing_else_is_written_to()
    {
        await using var home = await PreparedAsync();
        var answers = Answers(home);
        InTheMomentOf(home, request => request.IsWrite, () => home.Emulator.Editing.DeleteColumns(home.Id, home.TabId, 6, 1));

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.WriteAsync(Writes, default));

        Assert.Equal(SheetTrouble.ColumnMissing, trouble.Trouble);
        AssertUntouched(home, answers);
    }

    [Fact]
    public async Task Rows_that_are_gone_in_the_moment_of_a_write_are_said_to_have_moved()
    {
        await using var home = await PreparedAsync();
        InTheMomentOf(home, request => request.IsWrite, () => home.Emulator.Editing.DeleteRows(home.Id, home.TabId, 4, 996));

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.WriteAsync([new CellWrite(900, "Status", "Approved")], default));

        Assert.Equal(SheetTrouble.Moved, trouble.Trouble);
    }

    [Fact]
    public async Task A_tag_that_stayed_on_a_column_that_is_somebody_elses_now_is_not_followed()
    {
        await using var home = await PreparedAsync();
        // Ann makes our status column hers, and FormsFlow makes itself another.
        home.Type(0, 6, "Ann's notes");
        home.Type(1, 6, "call them");
        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], default);

        Assert.Equal("call them", home.Cell(1, 6));
        Assert.Equal("Approved", home.Cell(1, Array.IndexOf(home.Header(), "Status")));
    }

    [Fact]
    public async Task Another_process_on_the_same_sheet_makes_no_tags_of_its_own()
    {
        await using var home = await PreparedAsync();
        await using var other = home.Another();
        home.ForgetRequests();

        await other.GetRequiredService<IResponseSheets>().Of("proposals").WriteAsync([new CellWrite(2, "Status", "Approved")], default);

        Assert.Equal(["get", "getByDataFilter", "values.batchUpdateByDataFilter"], home.Asked.Select(request => request.Method));
    }

    async Task<SheetHome> PreparedAsync()
    {
        var home = await emulator.HomeAsync();
        home.Type(1, 4, "an answer at the end");
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        return home;
    }

    static void Move(SheetHome home, string move)
    {
        var (editing, columns) = (home.Emulator.Editing, home.Header().Count(text => text.Length > 0));
        switch (move)
        {
            case "insert left of everything":
                editing.InsertColumns(home.Id, home.TabId, 0);
                break;
            case "insert left of ours":
                editing.InsertColumns(home.Id, home.TabId, 5);
                break;
            case "move ours away":
                editing.MoveColumns(home.Id, home.TabId, columns - 3, 2, 1);
                break;
            case "move an answer into ours":
                editing.MoveColumns(home.Id, home.TabId, 2, 1, Math.Min(7, columns));
                break;
            case "move an answer beyond ours":
                editing.MoveColumns(home.Id, home.TabId, 4, 1, 12);
                break;
            default:
                editing.DeleteColumns(home.Id, home.TabId, 3, 1);
                break;
        }
    }

    static void InTheMomentOf(SheetHome home, Func<FormsFlow.SheetsEmulator.Api.EmulatedRequest, bool> when, Action act) => home.Emulator.Hooks.Before = (request, _) =>
    {
        if (!when(request)) return Task.CompletedTask;
        home.Emulator.Hooks.Before = null;
        act();
        return Task.CompletedTask;
    };

    /// <summary>By question, what its column holds.</summary>
    static Dictionary<string, object?[]> Answers(SheetHome home)
    {
        var header = home.Header();
        return Form.Where(header.Contains).ToDictionary(
            question => question, question => Enumerable.Range(1, 3).Select(row => home.Cell(row, Array.IndexOf(header, question))).ToArray(), StringComparer.Ordinal);
    }

    static void AssertUntouched(SheetHome home, Dictionary<string, object?[]> answers)
    {
        Assert.Null(home.Emulator.Hooks.Before);
        Assert.All(home.Header().Where(text => text.Length > 0), text => Assert.Contains(text, (string[])[.. Form, .. SheetHome.Own]));
        var now = Answers(home);
        // The one whose column somebody deletes here.
        Assert.Empty(answers.Keys.Except(now.Keys).Except(["Deadline"]));
        Assert.All(now, column => Assert.Equal(answers[column.Key], column.Value));
    }

    static void RemoveTags(SheetHome home) => home.Emulator.Store.Write(home.Id, t =>
    {
        var layout = t.Spreadsheet.Sheets[0].Layout;
        foreach (var (index, column) in layout.Columns) layout = layout.WithColumn(index, column with { Tags = null });
        t.Apply(new SetLayout(layout));
    });
}
