using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

public sealed class ContentHashTests
{
    static readonly string[] Headers =
        ["Timestamp", "Product title", "Our notes", "Campus or district sponsor", "How many students?", "FormsFlow ID"];

    static readonly string[] Cells = ["46083.5", "Lexia", "", "Ana Ruiz", "310", ""];

    [Fact]
    public void The_same_answers_in_other_spacing_and_order_are_the_same()
    {
        Answer[] answers = [new("Product title", "Lexia  Core5\n", ProposalPart.ProductTitle), new("Why?", "Goal 1"), new("Else?", " ")];
        Assert.Equal(
            ContentHash.Of([.. answers]),
            ContentHash.Of([new("WHY", "\u00a0Goal\t1"), new("Title of the product", "Lexia Core5", ProposalPart.ProductTitle)]));
    }

    [Theory]
    [InlineData("LexiaCore5")]
    [InlineData("lexia core5")]
    [InlineData("Lexia Core6")]
    [InlineData("")]
    public void Other_answers_are_others(string title) =>
        Assert.NotEqual(Hash(new Answer("T", "Lexia Core5", ProposalPart.ProductTitle)), Hash(new Answer("T", title, ProposalPart.ProductTitle)));

    [Fact]
    public void The_same_text_under_another_question_is_another_answer() =>
        Assert.NotEqual(Hash(new Answer("A", "x"), new Answer("B", "y")), Hash(new Answer("A", "y"), new Answer("B", "x")));

    [Fact]
    public void An_answer_cannot_pretend_to_be_two() =>
        Assert.NotEqual(Hash(new Answer("A", "x\u001eb\u001fy")), Hash(new Answer("A", "x"), new Answer("B", "y")));

    [Fact]
    public void A_row_is_known_again_after_columns_moved_were_added_renamed_or_filled()
    {
        var key = Key(Headers, Cells);
        Assert.Equal(key, Key([.. Headers.Reverse()], [.. Cells.Reverse()]));
        Assert.Equal(key, Key([.. Headers, "Added"], [.. Cells, "something"]));
        Assert.Equal(key, Key([.. Headers.Select(header => header == "How many students?" ? "Students" : header)], Cells));
        Assert.Equal(key, Key(Headers, [.. Cells.Select((cell, i) => i is 2 or 4 or 5 ? "changed" : cell)]));
        Assert.Equal(key, Key([.. Headers.Select(header => header == "Product title" ? "PRODUCT TITLE:" : header)], Cells));
    }

    [Fact]
    public void Another_title_time_or_form_is_another_row()
    {
        var key = Key(Headers, Cells);
        Assert.NotEqual(key, Key(Headers, [.. Cells.Select((cell, i) => i == 1 ? "Lexia 2" : cell)]));
        Assert.NotEqual(key, Key(Headers, Cells, timestamp: 46_083.500001));
        Assert.NotEqual(key, Key(Headers, Cells, timestamp: null));
        Assert.NotEqual(key, Key(Headers, Cells, form: "other"));
    }

    static string Hash(params Answer[] answers) => ContentHash.Of([.. answers]);

    static string Key(string[] headers, string[] cells, string form = "software", double? timestamp = 46_083.5)
    {
        var layout = FormLayout.Default.Bind(headers, ["Timestamp", "FormsFlow ID"]);
        return ContentHash.OfRow(form, timestamp, ResponseReader.Read(layout, column => new RawAnswer(cells[column]), Responses.Monday).Proposal.Answers);
    }
}
