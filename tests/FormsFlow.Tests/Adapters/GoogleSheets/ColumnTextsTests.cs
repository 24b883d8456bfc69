using CsCheck;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Responses;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class ColumnTextsTests
{
    [Fact]
    public void Ten_thousand_rows_are_a_range_for_each_column()
    {
        var cells = from row in Enumerable.Range(2, 10_000) from tag in Enumerable.Range(14, 4) select new TaggedText(row, tag, "Approved");

        var columns = Assert.Single(ColumnTexts.Pack(cells));

        Assert.Equal([14, 15, 16, 17], columns.Select(Tag));
        Assert.All(columns, column => Assert.Equal(10_001, Assert.Single(column.Values!).Count));
    }

    [Fact]
    public void What_is_not_written_is_left_alone()
    {
        var column = Assert.Single(Assert.Single(ColumnTexts.Pack([new TaggedText(4, 7, "Approved"), new TaggedText(6, 7, "")])));

        Assert.Equal("COLUMNS", column.MajorDimension);
        Assert.Equal([null, null, null, "Approved", null, ""], Assert.Single(column.Values!));
    }

    [Fact]
    public void Every_cell_arrives_once_and_where_it_belongs_whatever_the_cut()
    {
        var cell = Gen.Select(Gen.Int[2, 12], Gen.Int[1, 6], Gen.String[Gen.Char.AlphaNumeric, 0, 9], (row, tag, text) => new TaggedText(row, tag, text));
        Gen.Select(cell.List[0, 60], Gen.Int[10, 400]).Sample((cells, largest) =>
        {
            var wanted = new Dictionary<(int, int), string>();
            foreach (var c in cells) wanted[(c.Row, c.Tag)] = c.Text;

            var written = new Dictionary<(int, int), string>();
            foreach (var column in ColumnTexts.Pack(cells, largest).SelectMany(request => request))
                foreach (var (row, text) in Assert.Single(column.Values!).Index())
                    if (text is not null)
                        written.Add((row + 1, Tag(column)), (string)text);

            Assert.Equal(wanted.OrderBy(pair => pair.Key), written.OrderBy(pair => pair.Key));
        });
    }

    [Fact]
    public void A_request_is_cut_where_it_is_full_and_not_because_it_stands_far_below()
    {
        var cells = Enumerable.Range(100_000, 100).Select(row => new TaggedText(row, 3, new string('x', 1_000))).ToList();

        Assert.InRange(ColumnTexts.Pack(cells, largestRequest: 10_000).Count, 11, 13);
        Assert.Single(ColumnTexts.Pack(cells));
    }

    [Fact]
    public void A_text_longer_than_a_cell_is_cut_between_letters()
    {
        var text = new string('x', ColumnTexts.LongestText - 2) + "😀 and more";

        var written = ColumnTexts.Pack([new TaggedText(1, 1, text)])[0][0].Values![0][0];

        Assert.Equal(new string('x', ColumnTexts.LongestText - 2) + "…", written);
    }

    static int Tag(DataFilterValueRange range) => range.DataFilter!.DeveloperMetadataLookup!.MetadataId!.Value;
}
