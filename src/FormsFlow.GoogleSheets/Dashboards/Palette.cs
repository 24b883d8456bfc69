using System.Globalization;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>The colours of the sheet: few, pale behind, dark in front (every pair has a contrast of at least 4.5 to 1).</summary>
public static class Palette
{
    public static readonly ColorStyle Ink = Hex("#202124");
    public static readonly ColorStyle Quiet = Hex("#5F6368");
    public static readonly ColorStyle Accent = Hex("#174EA6");
    public static readonly ColorStyle HeaderBack = Hex("#174EA6");
    public static readonly ColorStyle Paper = Hex("#FFFFFF");
    public static readonly ColorStyle Mist = Hex("#F8F9FA");
    public static readonly ColorStyle Line = Hex("#E3E6EA");

    public static ColorStyle Hex(string hex) => new()
    {
        RgbColor = new Color { Red = Part(hex, 1), Green = Part(hex, 3), Blue = Part(hex, 5) },
    };

    static double Part(string hex, int at) =>
        Math.Round(int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0, 6);
}
