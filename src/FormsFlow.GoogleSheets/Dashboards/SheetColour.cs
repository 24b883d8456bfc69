using System.Globalization;
using FormsFlow.Application.Mailing;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>The sheet's colours: those of the mails and pages, as Google writes colours, and two meanings that only a table of many needs.</summary>
public static class SheetColour
{
    public static readonly ColorStyle Ink = Of(Palette.Ink);
    public static readonly ColorStyle Muted = Of(Palette.MutedInk);
    public static readonly ColorStyle Accent = Of(Palette.Accent);
    public static readonly ColorStyle AccentInk = Of(Palette.AccentInk);
    public static readonly ColorStyle AccentTint = Of(Palette.AccentTint);
    public static readonly ColorStyle Paper = Of(Palette.Paper);
    public static readonly ColorStyle Line = Of(Palette.Line);

    /// <summary>A cell's background and the text on it; each pair has a contrast of at least 4.5 to 1.</summary>
    public static readonly (ColorStyle Back, ColorStyle Text) Good = (Of(Palette.GoodTint), Of(Palette.Good));
    public static readonly (ColorStyle Back, ColorStyle Text) Bad = (Of(Palette.BadTint), Of(Palette.Bad));
    public static readonly (ColorStyle Back, ColorStyle Text) Wait = (Of(Palette.WaitTint), Of(Palette.Wait));
    public static readonly (ColorStyle Back, ColorStyle Text) Mend = (Of("#fde4d2"), Of("#8a3a0b"));
    public static readonly (ColorStyle Back, ColorStyle Text) Past = (Of("#eceeef"), Of("#4c575e"));

    public static ColorStyle Of(string hex) => new()
    {
        RgbColor = new Color { Red = Part(hex, 1), Green = Part(hex, 3), Blue = Part(hex, 5) },
    };

    static double Part(string hex, int at) =>
        Math.Round(int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0, 6);
}
