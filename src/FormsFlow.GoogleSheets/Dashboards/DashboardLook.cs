using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>How the administrators' tab looks: a title, figures, and a table with room to breathe.</summary>
public static class DashboardLook
{
    const string Font = "Roboto";
    const string OurDescription = "FormsFlow keeps this tab up to date";

    static readonly Border Hairline = new() { Style = "SOLID", ColorStyle = SheetColour.Line };

    /// <summary>A tab of its own, before anything is in it.</summary>
    public static Request Tab(int sheetId, string title, int rows, int columns) => new()
    {
        AddSheet = new AddSheetRequest
        {
            Properties = new SheetProperties
            {
                SheetId = sheetId,
                Title = title,
                TabColorStyle = SheetColour.Accent,
                GridProperties = new GridProperties { RowCount = rows, ColumnCount = columns },
            },
        },
    };

    public static bool IsOurs(ProtectedRange range) => range.Description?.StartsWith(OurDescription, StringComparison.Ordinal) == true;

    public static Request Protection(int sheetId) => new()
    {
        AddProtectedRange = new AddProtectedRangeRequest
        {
            ProtectedRange = new ProtectedRange
            {
                Range = new GridRange { SheetId = sheetId },
                Description = $"{OurDescription}: what you change here may be overwritten. Sorting and filtering are fine.",
                WarningOnly = true,
            },
        },
    };

    public static IEnumerable<Request> Whole(int sheetId, int header, IReadOnlyList<DashboardColumn> columns, int[] places)
    {
        yield return new Request
        {
            UpdateSheetProperties = new UpdateSheetPropertiesRequest
            {
                Properties = new SheetProperties
                {
                    SheetId = sheetId,
                    TabColorStyle = SheetColour.Accent,
                    GridProperties = new GridProperties { FrozenRowCount = header + 1, HideGridlines = true },
                },
                Fields = "tabColorStyle,gridProperties(frozenRowCount,hideGridlines)",
            },
        };

        var top = header - DashboardPlan.SummaryRows;
        foreach (var (row, height) in new[] { (top, 42), (top + 1, 24), (top + 2, 38), (top + 3, 30), (header, 36) })
            yield return Size(sheetId, "ROWS", row, height);

        foreach (var (index, column) in columns.Index())
        {
            yield return Size(sheetId, "COLUMNS", places[index], column.Width);
            yield return new Request
            {
                UpdateCells = new UpdateCellsRequest
                {
                    Start = new GridCoordinate { SheetId = sheetId, RowIndex = header, ColumnIndex = places[index] },
                    Rows = [new RowData { Values = [Header(column)] }],
                    Fields = "userEnteredValue,userEnteredFormat",
                },
            };
        }

        foreach (var request in Body(sheetId, header + 1, columns, places)) yield return request;
    }

    /// <summary>The formats of the lines, from a row to the end of the tab: column by column, whatever the number of lines.</summary>
    public static IEnumerable<Request> Body(int sheetId, int firstRow, IReadOnlyList<DashboardColumn> columns, int[] places) =>
        columns.Index().Select(column => new Request
        {
            RepeatCell = new RepeatCellRequest
            {
                Range = new GridRange
                {
                    SheetId = sheetId,
                    StartRowIndex = firstRow,
                    StartColumnIndex = places[column.Index],
                    EndColumnIndex = places[column.Index] + 1,
                },
                Cell = new CellData { UserEnteredFormat = Line(column.Item.Kind) },
                // The links of lines that are there already stay.
                Fields = "userEnteredFormat(numberFormat,borders,padding,horizontalAlignment,verticalAlignment,wrapStrategy,"
                    + "textFormat(foregroundColorStyle,fontFamily,fontSize,bold,underline))",
            },
        });

    /// <summary>Title, time and what needs a hand, figures, labels; blank to the right, so that a figure that is no longer shown goes away.</summary>
    public static IEnumerable<RowData> Summary(Dashboard dashboard, double updatedAt, int width)
    {
        yield return Row([Styled(new ExtendedValue { StringValue = dashboard.Title }, 18, SheetColour.Ink, bold: true)]);
        yield return Row(
        [
            Styled(new ExtendedValue { NumberValue = updatedAt }, 9, SheetColour.Muted, bold: false, number: "\"Last change: \"mmm d, yyyy, h:mm am/pm", align: "LEFT"),
            .. dashboard.Notices.Count == 0 ? [] : new[] { Styled(new ExtendedValue { StringValue = Notice(dashboard.Notices) }, 10, SheetColour.Bad.Text, bold: true) },
        ]);
        yield return Row(dashboard.Summary.Select(figure =>
            Styled(new ExtendedValue { NumberValue = figure.Count }, 20, StatusColours.Ink(figure.Label) ?? SheetColour.Ink, bold: true, number: "#,##0", vertical: "BOTTOM", align: "LEFT")));
        yield return Row(dashboard.Summary.Select(figure =>
            Styled(new ExtendedValue { StringValue = figure.Label }, 9, SheetColour.Muted, bold: false, vertical: "TOP")));

        RowData Row(IEnumerable<CellData> cells)
        {
            var values = cells.ToList();
            while (values.Count < width) values.Add(new CellData { UserEnteredFormat = new CellFormat { BackgroundColorStyle = SheetColour.Paper } });
            return new RowData { Values = values };
        }
    }

    /// <summary>One line, whatever is out of order.</summary>
    static string Notice(IReadOnlyList<string> notices) => DashboardPlan.Shorten(string.Join(" \u2022 ", notices));

    static CellData Styled(
        ExtendedValue value, int size, ColorStyle ink, bool bold, string? number = null, string vertical = "MIDDLE", string? align = null) => new()
        {
            UserEnteredValue = value,
            UserEnteredFormat = new CellFormat
            {
                BackgroundColorStyle = SheetColour.Paper,
                NumberFormat = number is null ? null : new NumberFormat { Type = number.StartsWith('#') ? "NUMBER" : "DATE_TIME", Pattern = number },
                HorizontalAlignment = align,
                VerticalAlignment = vertical,
                Padding = Room,
                WrapStrategy = "OVERFLOW_CELL",
                TextFormat = new TextFormat { FontFamily = Font, FontSize = size, Bold = bold, ForegroundColorStyle = ink },
            },
        };

    static CellData Header(DashboardColumn column) => new()
    {
        UserEnteredValue = new ExtendedValue { StringValue = column.Header },
        UserEnteredFormat = new CellFormat
        {
            BackgroundColorStyle = SheetColour.Accent,
            HorizontalAlignment = Alignment(column.Kind),
            VerticalAlignment = "MIDDLE",
            Padding = Room,
            WrapStrategy = "WRAP",
            TextFormat = new TextFormat { FontFamily = Font, FontSize = 10, Bold = true, ForegroundColorStyle = SheetColour.AccentInk },
        },
    };

    static CellFormat Line(DashboardColumnKind kind) => new()
    {
        NumberFormat = kind is DashboardColumnKind.Date ? new NumberFormat { Type = "DATE", Pattern = "mmm d, yyyy" } : null,
        Borders = new Borders { Bottom = Hairline },
        Padding = Room,
        HorizontalAlignment = Alignment(kind),
        VerticalAlignment = "MIDDLE",
        WrapStrategy = kind is DashboardColumnKind.Text or DashboardColumnKind.Status or DashboardColumnKind.Decision ? "WRAP" : "CLIP",
        TextFormat = new TextFormat
        {
            FontFamily = kind is DashboardColumnKind.Id ? "Roboto Mono" : Font,
            FontSize = kind is DashboardColumnKind.Id ? 9 : 10,
            Bold = false,
            Underline = kind is DashboardColumnKind.Link,
            ForegroundColorStyle = kind switch
            {
                DashboardColumnKind.Id or DashboardColumnKind.Date => SheetColour.Muted,
                DashboardColumnKind.Link => SheetColour.Accent,
                _ => SheetColour.Ink,
            },
        },
    };

    static Padding Room => new() { Left = 8, Right = 8, Top = 4, Bottom = 4 };

    static string Alignment(DashboardColumnKind kind) => kind switch
    {
        DashboardColumnKind.Decision or DashboardColumnKind.Date or DashboardColumnKind.Link => "CENTER",
        _ => "LEFT",
    };

    static Request Size(int sheetId, string dimension, int index, int pixels) => new()
    {
        UpdateDimensionProperties = new UpdateDimensionPropertiesRequest
        {
            Range = new DimensionRange { SheetId = sheetId, Dimension = dimension, StartIndex = index, EndIndex = index + 1 },
            Properties = new DimensionProperties { PixelSize = pixels },
            Fields = "pixelSize",
        },
    };
}
