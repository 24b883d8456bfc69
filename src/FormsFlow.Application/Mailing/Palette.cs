namespace FormsFlow.Application.Mailing;

/// <summary>
/// The colours of mails and pages: one accent, three meanings. Every ink reads on paper, card and its own tint with a contrast of at
/// least 4.5 to 1 (WCAG 2.2 AA), in both schemes; a test computes it.
/// </summary>
public static class Palette
{
    /// <summary>Text.</summary>
    public const string Ink = "#1b2a33";

    /// <summary>Labels, dates, small print.</summary>
    public const string MutedInk = "#55636d";

    /// <summary>Behind the cards.</summary>
    public const string Paper = "#f3f1ec";

    public const string Card = "#ffffff";

    /// <summary>Hairlines and borders that mean nothing; borders of controls use <see cref="MutedInk"/>.</summary>
    public const string Line = "#dcdfe0";

    /// <summary>Links, buttons, headings' marks: a deep teal.</summary>
    public const string Accent = "#1d5b79";

    /// <summary>Text on the accent.</summary>
    public const string AccentInk = "#ffffff";

    public const string AccentTint = "#e8f1f5";

    /// <summary>A narrow warm mark beside the accent. Never for text.</summary>
    public const string Warm = "#d98a3d";

    /// <summary>Approved, done.</summary>
    public const string Good = "#1c6b45";

    public const string GoodTint = "#e6f3eb";

    /// <summary>Denied, impossible.</summary>
    public const string Bad = "#9d2f2c";

    public const string BadTint = "#fbeceb";

    /// <summary>Waiting, late, expired.</summary>
    public const string Wait = "#7d5200";

    public const string WaitTint = "#fcf3df";

    /// <summary>The same for readers who prefer dark.</summary>
    public static class Dark
    {
        public const string Ink = "#e9eef0";
        public const string MutedInk = "#a9b6bd";
        public const string Paper = "#12191d";
        public const string Card = "#1b252b";
        public const string Line = "#37444b";
        public const string Accent = "#8cc7e3";
        public const string AccentInk = "#0e2430";
        public const string AccentTint = "#203540";
        public const string Warm = "#d98a3d";
        public const string Good = "#86d3a8";
        public const string GoodTint = "#1b3527";
        public const string Bad = "#f2a29e";
        public const string BadTint = "#412321";
        public const string Wait = "#ecc77a";
        public const string WaitTint = "#3a2f18";
    }
}
