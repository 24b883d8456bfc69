using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;
using FormsFlow.SheetsEmulator.Viewing;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

public sealed class FormResponsesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 15, 30, 5, 250, TimeSpan.Zero));
    private readonly SpreadsheetStore _store;
    private readonly FormResponses _forms;
    private readonly SheetEditing _editing;
    private readonly FormDefinition _form = new()
    {
        Title = "Proposals",
        CollectEmail = true,
        Sections = [new() { Questions = [new() { Title = "Product title" }, new() { Title = "Deadline" }] }],
    };

    private readonly string _id;

    public FormResponsesTests()
    {
        _store = SpreadsheetStore.Open(directory: null, _time);
        _forms = new(_store);
        _editing = new(_store);
        _id = _forms.CreateSpreadsheet(_form);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_response_becomes_a_row_with_a_timestamp_in_the_spreadsheets_zone()
    {
        Submit("Reading Wonders", "8/15/2027", "ann@school.example");

        Assert.Equal(["Timestamp", "Email Address", "Product title", "Deadline"], Texts(0));
        Assert.Equal(["3/2/2026 9:30:05", "ann@school.example", "Reading Wonders", "8/15/2027"], Texts(1));
        Assert.Equal(46083d + (9 * 3600 + 30 * 60 + 5.25) / 86400, Assert.IsType<double>(At(1, 0)!.Value), 9);
        Assert.Equal(46614d, At(1, 3)!.Value);
        Assert.True(At(0, 0)!.Format!.Bold);
        Assert.Equal(1, Tab(s => s.Layout.FrozenRows));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"click\")")]
    [InlineData("+1 555 0100")]
    [InlineData("'quoted'")]
    public void An_answer_never_becomes_a_formula(string answer)
    {
        Submit(answer, "soon");

        Assert.Null(At(1, 2)!.Formula);
        Assert.Equal(answer, At(1, 2)!.Value);
    }

    [Fact]
    public void An_edited_response_finds_its_row_after_a_sort_an_insert_and_a_delete()
    {
        Submit("Zebra", "a");
        var middle = Submit("Middle", "b");
        Submit("Alpha", "c");
        var tab = Tab(s => s.Id);
        _editing.Sort(_id, tab, 2, descending: false);
        _editing.InsertRows(_id, tab, 1);
        _editing.DeleteRows(_id, tab, 2);
        _time.Advance(TimeSpan.FromHours(1));

        _forms.Edit(_id, middle, Answers("Middle, second edition", "b"));

        Assert.Equal(["3/2/2026 10:30:05", "", "Middle, second edition", "b"], Texts(2));
        Assert.Equal("Zebra", Texts(3)[2]);
        Assert.Equal(4, Tab(s => s.EndOfContent()));
    }

    [Fact]
    public void A_deleted_rows_response_comes_back_as_a_new_row_when_it_is_edited()
    {
        var first = Submit("First", "a");
        Submit("Second", "b");
        _editing.DeleteRows(_id, Tab(s => s.Id), 1);

        _forms.Edit(_id, first, Answers("First again", "a"));

        Assert.Equal("Second", Texts(1)[2]);
        Assert.Equal("First again", Texts(2)[2]);
    }

    [Fact]
    public void A_new_row_pushes_down_what_people_keep_beside_and_below()
    {
        Submit("First", "a");
        _editing.EditCell(_id, Tab(s => s.Id), 2, 5, "a note");

        Submit("Second", "b");

        Assert.Equal("Second", Texts(2)[2]);
        Assert.Equal("a note", Texts(3)[5]);
    }

    [Fact]
    public void A_renamed_question_renames_its_header_and_a_new_one_gets_a_column_before_peoples_own()
    {
        Submit("First", "a");
        _editing.EditCell(_id, Tab(s => s.Id), 0, 4, "Status");
        _editing.MoveColumns(_id, Tab(s => s.Id), 3, 1, 2);
        var now = _forms.FormOf(_id)!;
        var questions = now.Questions.ToList();

        _forms.Link(_id, now with { Sections = [new() { Questions = [questions[0] with { Title = "Name of the product" }, questions[1], new() { Title = "Budget code" }] }] });
        Submit("Second", "b", budget: "00199");

        Assert.Equal(["Timestamp", "Email Address", "Deadline", "Name of the product", "Budget code", "Status"], Texts(0));
        Assert.Equal(["", "b", "Second", "199"], Texts(2)[1..5]);
    }

    private string Submit(string product, string deadline, string? email = null, string? budget = null) => _forms.Submit(_id, Answers(product, deadline, budget), email);

    private static Dictionary<string, string> Answers(string product, string deadline, string? budget = null)
    {
        var answers = new Dictionary<string, string> { ["1"] = product, ["2"] = deadline };
        if (budget is not null)
            answers["Budget code"] = budget;
        return answers;
    }

    private T Tab<T>(Func<Sheet, T> read) => _store.Read(_id, s => read(s.FindSheet("form responses 1")!));

    private Cell? At(int row, int column) => Tab(s => s[row, column]);

    private string[] Texts(int row) => Tab(s => Enumerable.Range(0, s.RowAt(row)?.Width ?? 0).Select(c => DisplayText.Of(s[row, c], "en_US")).ToArray());
}
