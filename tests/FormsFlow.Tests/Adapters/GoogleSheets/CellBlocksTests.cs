using CsCheck;
using FormsFlow.GoogleSheets.Responses;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class CellBlocksTests
{
    [Fact]
    public void Neighbouring_cells_become_one_range()
    {
        var cells = from row in Enumerable.Range(2, 10_000) from column in Enumerable.Range(14, 4) select new PlacedText(row, column, "Approved");

        var range = Assert.Single(Assert.Single(CellBlocks.Pack("Form Responses 1", cells)));

        Assert.Equal("'Form Responses 1'!O2:R10001", range.Range);
        Assert.Equal(10_000, range.Values!.Count);
    }

    [Fact]
    public void Every_cell_arrives_once_and_where_it_belongs_whatever_the_cut()
    {
        var cell = Gen.Select(Gen.Int[2, 12], Gen.Int[0, 6], Gen.String[Gen.Char.AlphaNumeric, 0, 9], (row, column, text) => new PlacedText(row, column, text));
        Gen.Select(cell.List[0, 60], Gen.Int[90, 400]).Sample((cells, largest) =>
        {
            var wanted = new Dictionary<(int, int), string>();
            foreach (var c in cells) wanted[(c.Row, c.Column)] = c.Text;

            var written = new Dictionary<(int, int), string>();
            foreach (var range in CellBlocks.Pack("T", cells, largest).SelectMany(request => request))
            {
                var (row, column) = Start(range.Range!);
                for (var r = 0; r < range.Values!.Count; r++)
                    for (var c = 0; c < range.Values[r].Count; c++)
                        written.Add((row + r, column + c), (string)range.Values[r][c]!);
            }

            Assert.Equal(wanted.OrderBy(pair => pair.Key), written.OrderBy(pair => pair.Key));
        });

        static (int Row, int Column) Start(string range)
        {
            var cell = range[(range.IndexOf('!', StringComparison.Ordinal) + 1)..].Split(':')[0];
            return (int.Parse(cell.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture), cell[0] - 'A');
        }
    }

    [Fact]
    public void A_request_is_cut_where_it_is_full()
    {
        var cells = Enumerable.Range(2, 100).Select(row => new PlacedText(row, 3, new string('x', 1_000)));

        var requests = CellBlocks.Pack("T", cells, largestRequest: 10_000);

        Assert.InRange(requests.Count, 11, 13);
        Assert.Equal(100, requests.SelectMany(request => request).Sum(range => range.Values!.Count));
    }

    [Fact]
    public void A_text_longer_than_a_cell_is_cut_between_letters()
    {
        var text = new string('x', CellBlocks.LongestText - 2) + "😀 and more";

        var written = (string)CellBlocks.Pack("T", [new PlacedText(2, 0, text)])[0][0].Values![0][0]!;

        Assert.Equal(new string('x', CellBlocks.LongestText - 2) + "…", written);
    }
}
