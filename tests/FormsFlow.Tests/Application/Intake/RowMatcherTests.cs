using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Intake;

/// <summary>
/// Which row is whose. Rows are written as "id key", known proposals likewise; "-" is no id. Each key has a timestamp of its own, but kx:
/// that is ka with other answers.
/// </summary>
public class RowMatcherTests
{
    [Theory]
    [InlineData("a is itself", "a ka", "a ka", "Kept a")]
    [InlineData("its id was lost", "- ka", "a ka", "Restored a")]
    [InlineData("it carries another's id", "b ka|a kb", "a ka|b kb", "Restored a|Restored b")]
    [InlineData("its answers changed", "a kx", "a ka", "Edited a")]
    [InlineData("its id was lost and its answers changed", "- kx", "a ka", "Edited a")]
    [InlineData("two of one time that lost their ids", "- kx|- kx", "a ka", "New *|New *")]
    [InlineData("of one time as one that is in its place", "- kx|a ka", "a ka", "New *|Kept a")]
    [InlineData("an id that nobody knows", "z kz", "a ka", "Claimed z")]
    [InlineData("nothing is known of it", "- kz", "a ka", "New *")]
    [InlineData("a copy with its id, above", "a ka|a ka", "a ka", "Kept a|New *")]
    [InlineData("a copy whose answers were changed", "a kx|a ka", "a ka", "New *|Kept a")]
    [InlineData("a copy without an id beside its original", "- ka|a ka", "a ka", "New *|Kept a")]
    [InlineData("two that are alike in everything", "- ka|- ka", "", "New *|New *")]
    [InlineData("an unknown id twice", "z kz|z ky", "", "Claimed z|New *")]
    public void Rows_are_given_to_their_owners(string why, string rows, string known, string expected)
    {
        var read = Split(rows).Select((pair, i) => Row(i + 2, pair[0], pair[1])).ToList();
        var entries = Split(known).Select(pair => Entry(pair[0], pair[1])).ToList();

        var matches = new RowMatcher("software", entries, []).Match(read);

        Assert.Equal(read.Count, matches.Select(match => match.Id).Distinct().Count());
        var wanted = expected.Split('|');
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.True(wanted[i].StartsWith(matches[i].Ownership.ToString(), StringComparison.Ordinal), $"{why}: {matches[i]}");
            if (!wanted[i].EndsWith('*')) Assert.Equal(Id(wanted[i][^1..]), matches[i].Id);
        }
    }

    [Fact]
    public void What_another_row_holds_is_not_given_away()
    {
        var match = Assert.Single(new RowMatcher("software", [Entry("a", "ka")], [Id("a")]).Match([Row(2, "-", "ka")]));
        Assert.Equal(RowOwnership.New, match.Ownership);
        Assert.NotEqual(Id("a"), match.Id);
    }

    [Fact]
    public void Everybody_who_looks_gives_a_new_row_the_same_id()
    {
        ResponseRow[] rows = [Row(2, "-", "ka"), Row(3, "-", "kb")];
        var (once, again) = (Match(rows), Match([rows[1], rows[0]]));
        Assert.Equal(once[0].Id, again[1].Id);
        Assert.Equal(once[1].Id, again[0].Id);

        static IReadOnlyList<RowMatch> Match(IReadOnlyList<ResponseRow> rows) => new RowMatcher("software", [], []).Match(rows);
    }

    static IEnumerable<string[]> Split(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(' '));

    static ProposalId Id(string name) => ProposalId.Derive(name);

    static ResponseRow Row(int number, string id, string key) =>
        new(number, id == "-" ? null : Id(id), new SheetCell(null, TimeOf(key)), new RowIdentity(key, TimeOf(key)), null!);

    static ProposalEntry Entry(string id, string key) =>
        new(Id(id), "software", key, TimeOf(key), "content", ProposalStatus.InReview, TestDistrict.Monday, 1, 0);

    static double TimeOf(string key) => key == "kx" ? TimeOf("ka") : key[^1];
}
