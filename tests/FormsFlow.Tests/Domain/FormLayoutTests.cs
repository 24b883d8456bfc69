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
    public void A_header_that_stands_twice_feeds_its_part_once_and_the_other_is_kept_as_a_question() =>
        Assert.Equal([ProposalPart.Deadline, null], FormLayout.Default.Bind(["Deadline", "Deadline"], []).Columns.Select(column => column.Part));

    [Fact]
    public void The_wording_named_first_is_preferred() =>
        Assert.Equal([null, ProposalPart.ProductTitle], FormLayout.Default.Bind(["Product", "Product title"], []).Columns.Select(column => column.Part));

    [Fact]
    public void Ignored_columns_are_nobodys_answer() =>
        Assert.Empty((FormLayout.Default with { Ignored = ["Our notes"] }).Bind(["OUR NOTES"], []).Columns);
}
