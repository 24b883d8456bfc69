using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Dashboards;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>FormsFlow's own columns beside the form's: where the missing ones go, and how they look.</summary>
public static class NewColumns
{
    /// <summary>In pixels. "FF-3142-AA84-JB" and the header above it.</summary>
    const int WidthOfId = 150;

    /// <summary>"In review: waiting for Business, Curriculum and Technology" in the letters of Google Sheets.</summary>
    const int WidthOfStatus = 370;

    /// <summary>"Approved on Nov 28, 2026 by Christopher Vandermeulen"; a comment goes on behind it and is read in the cell.</summary>
    const int WidthOfDecision = 310;

    /// <summary>
    /// New columns are put in, and only then headed: whatever somebody does to the others in that moment, none of theirs is written to.
    /// All of it happens together or not at all.
    /// </summary>
    /// <param name="headers">A text for each new column.</param>
    /// <param name="first">The place for the first of them: right of everything that the tab holds.</param>
    public static IEnumerable<Request> Create(ResponseTab tab, IReadOnlyList<string> headers, int first, ResponseSheetSettings settings)
    {
        var requests = new List<Request>();
        // Columns are put in before another one.
        if (first >= tab.Columns)
            requests.Add(new Request { AppendDimension = new AppendDimensionRequest { SheetId = tab.SheetId, Dimension = "COLUMNS", Length = first - tab.Columns + 1 } });
        requests.Add(new Request
        {
            InsertDimension = new InsertDimensionRequest
            {
                Range = new DimensionRange { SheetId = tab.SheetId, Dimension = "COLUMNS", StartIndex = first, EndIndex = first + headers.Count },
                InheritFromBefore = false,
            },
        });
        requests.Add(new Request
        {
            UpdateCells = new UpdateCellsRequest
            {
                Start = new GridCoordinate { SheetId = tab.SheetId, RowIndex = 0, ColumnIndex = first },
                Rows = [new RowData { Values = [.. headers.Select(Header)] }],
                Fields = "userEnteredValue,userEnteredFormat(backgroundColorStyle,textFormat(bold,foregroundColorStyle),wrapStrategy,verticalAlignment)",
            },
        });

        for (var i = 0; i < headers.Count; i++)
        {
            requests.Add(new Request
            {
                UpdateDimensionProperties = new UpdateDimensionPropertiesRequest
                {
                    Range = new DimensionRange { SheetId = tab.SheetId, Dimension = "COLUMNS", StartIndex = first + i, EndIndex = first + i + 1 },
                    Properties = new DimensionProperties { PixelSize = WidthOf(headers[i], settings) },
                    Fields = "pixelSize",
                },
            });
        }

        // A response's first words colour the row's decisions and status; the form's own columns stay as they are.
        var coloured = Enumerable.Range(0, headers.Count).Where(i => headers[i] != settings.IdColumn).Select(i => first + i);
        var ranges = Runs.Of(coloured)
            .Select(run => new GridRange { SheetId = tab.SheetId, StartRowIndex = 1, StartColumnIndex = run.First, EndColumnIndex = run.Last + 1 })
            .ToList();
        if (ranges.Count > 0) requests.AddRange(StatusColours.Rules(ranges).Select(rule => new Request { AddConditionalFormatRule = new AddConditionalFormatRuleRequest { Rule = rule, Index = 0 } }));
        return requests;
    }

    static int WidthOf(string header, ResponseSheetSettings settings) =>
        header.EndsWith(settings.StatusColumn, StringComparison.Ordinal) ? WidthOfStatus
        : header == settings.IdColumn || header == OwnColumns.Alias(settings.IdColumn) ? WidthOfId
        : WidthOfDecision;

    /// <summary>Right of the last header, and right of whatever somebody keeps there without one.</summary>
    public static int After(HeaderRow header, IReadOnlyList<IReadOnlyList<SheetCell>> beyond)
    {
        var used = beyond.Count == 0 ? 0 : beyond.Max(row => Last(row) + 1);
        return Last([.. header.Texts.Select(text => new SheetCell(text, null))]) + 1 + used;

        static int Last(IReadOnlyList<SheetCell> cells)
        {
            var last = cells.Count - 1;
            while (last >= 0 && cells[last].IsEmpty) last--;
            return last;
        }
    }

    static CellData Header(string text) => new()
    {
        UserEnteredValue = new ExtendedValue { StringValue = text },
        UserEnteredFormat = new CellFormat
        {
            BackgroundColorStyle = SheetColour.AccentTint,
            TextFormat = new TextFormat { Bold = true, ForegroundColorStyle = SheetColour.Accent },
            WrapStrategy = "WRAP",
            VerticalAlignment = "MIDDLE",
        },
    };
}
