using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

public sealed class FormLayoutTests
{
    [Theory]
    [InlineData("Product title", "PRODUCT  TITLE *")]
    [InlineData("How can we reach the sponsor?", "\ufeffHow can we\u00a0reach\nthe sponsor")]
    [InlineData("Budget code (if there is one)", "Budget\u200b code (if there is one):")]
    [InlineData("Deadline", "\uff24eadline\uff1f")]
    public void Headers_are_compared_as_people_compare_them(string left, string right) => Assert.True(HeaderText.Same(left, right));

    [Theory]
    [InlineData("Deadline", "Dead line")]
    [InlineData("Funding", "Funding source")]
    public void Other_words_are_another_question(string left, string right) => Assert.False(HeaderText.Same(left, right));

    [Theory]
    [InlineData("\ud83c")]
    [InlineData("Product\udf89 title")]
    [InlineData("\u0000\u0001")]
    [InlineData("???")]
    public void No_header_is_too_strange_to_compare(string header) => Assert.True(HeaderText.Same(header, header));

    [Fact]
    public void Every_part_of_the_sample_form_is_found() => Assert.Empty(Responses.Layout.Missing);

    [Fact]
    public void Columns_are_found_by_their_text_wherever_they_stand()
    {
        var layout = FormLayout.Default.Bind(["", "Notes", "sponsor", "Timestamp", "  product TITLE: ", "Status"], ["Timestamp", "status"]);
        Assert.Equal(
            [new BoundColumn(1, "Notes", null), new BoundColumn(2, "sponsor", ProposalPart.Sponsor), new BoundColumn(4, "product TITLE:", ProposalPart.ProductTitle)],
            layout.Columns);
        Assert.Contains(ProposalPart.Deadline, layout.Missing);
        Assert.Equal("product TITLE:", layout.QuestionOf(ProposalPart.ProductTitle));
    }

    [Fact]
    public void A_header_that_stands_twice_feeds_its_part_from_both_columns() =>
        Assert.Equal([ProposalPart.Deadline, ProposalPart.Deadline], FormLayout.Default.Bind(["Deadline", "Deadline"], []).Columns.Select(column => column.Part));

    [Fact]
    public void The_wording_named_first_is_preferred() =>
        Assert.Equal([null, ProposalPart.ProductTitle], FormLayout.Default.Bind(["Product", "Product title"], []).Columns.Select(column => column.Part));

    [Fact]
    public void Ignored_columns_are_nobodys_answer() =>
        Assert.Empty((FormLayout.Default with { Ignored = ["Our notes"] }).Bind(["OUR NOTES"], []).Columns);

    [Theory]
    [InlineData("Desmos", "", "Desmos", null)]
    [InlineData("", "Desmos", "Desmos", null)]
    [InlineData("Desmos", "Desmos Classroom", "Desmos", "Desmos Classroom")]
    public void A_question_that_was_asked_again_has_two_columns_and_no_answer_of_either_is_lost(string first, string second, string title, string? other)
    {
        var layout = FormLayout.Default.Bind(["Timestamp", "Product title", "Sponsor", "Product Title "], ["Timestamp"]);
        string[] cells = ["", first, "Ana Ruiz", second];

        var proposal = ResponseReader.Read(layout, column => new RawAnswer(cells[column]), DateTimeOffset.UnixEpoch).Proposal;

        Assert.Equal(title, proposal.ProductTitle);
        Assert.Equal(title, proposal.Text(ProposalPart.ProductTitle));
        Assert.Equal(other, proposal.Answers.SingleOrDefault(answer => answer.Part is null)?.Text);
    }
}
