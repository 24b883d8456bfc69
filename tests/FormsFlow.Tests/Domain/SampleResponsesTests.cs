using System.Globalization;
using CsvHelper;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

/// <summary>Every row of samples/responses.csv is read as the sample says.</summary>
public sealed class SampleResponsesTests
{
    static readonly string[] NotAnswers = ["Case", "Business", "Curriculum", "Technology", "Expected outcome", "Why"];

    static readonly Lazy<(string[] Headers, List<string[]> Rows)> Sample = new(Load);

    public static TheoryData<string> Cases => [.. Sample.Value.Rows.Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sample_response_has_problems_exactly_if_it_needs_a_correction(string name)
    {
        var reading = Read(name);
        Assert.Equal(Cell(name, "Expected outcome") == "Needs correction", !reading.IsReadable);
        Assert.All(reading.Problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.Message)));
        Assert.Contains(reading.Proposal.Answers, answer => answer.Text == Cell(name, "Product title"));
    }

    [Fact]
    public void Two_sample_responses_are_the_same_exactly_if_one_is_expected_to_be_a_duplicate()
    {
        var repeated = new List<string>();
        var seen = new HashSet<string>();
        foreach (var row in Sample.Value.Rows)
            if (Read(row[0]) is { IsReadable: true } reading && !seen.Add(reading.Proposal.ContentHash))
                repeated.Add(row[0]);
        Assert.Equal(Sample.Value.Rows.Where(row => Cell(row[0], "Expected outcome") == "Duplicate").Select(row => row[0]), repeated);
    }

    [Fact]
    public void Four_problems_are_listed_at_once() =>
        Assert.Equal(
            [ProposalPart.ProductTitle, ProposalPart.VendorContact, ProposalPart.Deadline, ProposalPart.Alignment],
            Read("correction-several-problems").Problems.Select(problem => problem.Part!.Value));

    static ResponseReading Read(string name)
    {
        var row = Row(name);
        return ResponseReader.Read(FormLayout.Default.Bind(Sample.Value.Headers, NotAnswers), column => new RawAnswer(row[column]), Responses.Monday);
    }

    static string[] Row(string name) => Sample.Value.Rows.Single(row => row[0] == name);

    static string Cell(string name, string header) => Row(name)[Array.IndexOf(Sample.Value.Headers, header)];

    static (string[], List<string[]>) Load()
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, "samples", "responses.csv"));
        using var csv = new CsvParser(reader, CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add(csv.Record!);
        return (rows[0], rows[1..]);
    }
}
