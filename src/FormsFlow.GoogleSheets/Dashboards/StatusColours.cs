using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>Colours that follow from a status' or decision's first words, wherever its row is sorted to.</summary>
public static class StatusColours
{
    const string Begins = "TEXT_STARTS_WITH";

    static readonly (string Words, (ColorStyle Back, ColorStyle Text) Colours)[] Known =
    [
        ("Approved", SheetColour.Good),
        ("Recommended", SheetColour.Good),
        ("Done", SheetColour.Good),
        ("Renewed", SheetColour.Good),
        ("Denied", SheetColour.Bad),
        ("Advised against", SheetColour.Bad),
        ("Cannot be done", SheetColour.Bad),
        ("In review", SheetColour.Wait),
        ("Waiting", SheetColour.Wait),
        ("Asked", SheetColour.Wait),
        ("Needs correction", SheetColour.Mend),
        ("Expired", SheetColour.Past),
        ("Retired", SheetColour.Past),
        ("Withdrawn", SheetColour.Past),
        ("Duplicate", SheetColour.Past),
        ("Before the edit", SheetColour.Past),
        ("No answer since", SheetColour.Past),
    ];

    public static IEnumerable<ConditionalFormatRule> Rules(IReadOnlyList<GridRange> ranges) => Known.Select(known => new ConditionalFormatRule
    {
        Ranges = [.. ranges],
        BooleanRule = new BooleanRule
        {
            Condition = new BooleanCondition { Type = Begins, Values = [new ConditionValue { UserEnteredValue = known.Words }] },
            Format = new CellFormat
            {
                BackgroundColorStyle = known.Colours.Back,
                TextFormat = new TextFormat { ForegroundColorStyle = known.Colours.Text },
            },
        },
    });

    /// <summary>The dark colour that goes with a status' name; null for one that is not known.</summary>
    public static ColorStyle? Ink(string status)
    {
        foreach (var (words, colours) in Known)
            if (status.StartsWith(words, StringComparison.OrdinalIgnoreCase))
                return colours.Text;

        return status == DashboardFigure.Late ? SheetColour.Bad.Text : null;
    }

    /// <summary>Whether a rule is one of these, wherever it applies; a person's own rules are not touched.</summary>
    public static bool IsOurs(ConditionalFormatRule rule) =>
        rule.BooleanRule?.Condition is { Type: Begins, Values: [{ UserEnteredValue: { } words }] } && Known.Any(known => known.Words == words);

    /// <summary>Whether the tab's rules already are exactly these.</summary>
    public static bool AreThere(IEnumerable<ConditionalFormatRule> rules, IReadOnlyList<GridRange> ranges)
    {
        var ours = rules.Where(IsOurs).ToList();
        return ours.Count == Known.Length
            && ours.Select(rule => rule.BooleanRule!.Condition!.Values![0].UserEnteredValue).Distinct().Count() == Known.Length
            && ours.TrueForAll(rule => Columns(rule.Ranges ?? []).SetEquals(Columns(ranges)));
    }

    static HashSet<int> Columns(IEnumerable<GridRange> ranges) =>
        [.. ranges.SelectMany(range => Enumerable.Range(range.StartColumnIndex ?? 0, Math.Max((range.EndColumnIndex ?? 0) - (range.StartColumnIndex ?? 0), 0)))];
}
