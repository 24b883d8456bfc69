using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

public sealed class ProposalIdTests
{
    [Fact]
    public void The_same_text_gives_the_same_id_for_ever() => Assert.Equal("FF-3AQR-Z2QN-7H", ProposalId.Derive("Lexia").Value);

    [Fact]
    public void Ten_thousand_texts_give_ten_thousand_ids_that_can_be_read_back()
    {
        var ids = Enumerable.Range(0, 10_000).Select(i => ProposalId.Derive($"{i}")).ToHashSet();
        Assert.Equal(10_000, ids.Count);
        Assert.All(ids, id => Assert.Equal(id, ProposalId.Parse(id.Value)));
        Assert.All(ids, id => Assert.Matches("^FF-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$", id.Value));
    }

    [Theory]
    [InlineData("ff-7k3m-9qxt-2v")]
    [InlineData(" FF7K3M9QXT2V\n")]
    [InlineData("ff 7k3m 9qxt 2v")]
    [InlineData("FF\u20117K3M\u20139QXT\u20112V")]
    public void An_id_is_read_as_people_type_it(string text) => Assert.Equal("FF-7K3M-9QXT-2V", ProposalId.Parse(text).Value);

    [Fact]
    public void Letters_that_look_like_digits_are_digits() => Assert.Equal("FF-0011-0011-00", ProposalId.Parse("FF-OoIl-0oiL-oO").Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("FF-")]
    [InlineData("FF-7K3M-9QXT-2")]
    [InlineData("FF-7K3M-9QXT-2VV")]
    [InlineData("GG-7K3M-9QXT-2V")]
    [InlineData("FF-7K3U-9QXT-2V")]
    [InlineData("FF-7K3M-9QXT-2\u0662")]
    [InlineData("=HYPERLINK(\"x\")")]
    public void What_is_no_id_is_none(string? text)
    {
        Assert.False(ProposalId.TryParse(text, out var id));
        Assert.Equal("", id.ToString());
    }

    [Fact]
    public void A_cell_full_of_text_is_no_id() => Assert.False(ProposalId.TryParse(new string('F', 50_000), out _));
}
