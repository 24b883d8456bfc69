using FormsFlow.Application.Mailing;
using FormsFlow.Mail.Letters;

namespace FormsFlow.Mail.Rendering;

/// <summary>
/// The look, inline, because half of the mail programs drop a style sheet. The sheet only adds what they can do without: the dark
/// scheme, and tighter margins on a phone.
/// </summary>
static class Styles
{
    public const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;";
    const string Break = "text-align:start;word-break:break-word;overflow-wrap:anywhere;";

    public const string Body = $"margin:0;padding:0;width:100%;background-color:{Palette.Paper};color:{Palette.Ink};{Font}-webkit-text-size-adjust:100%;";
    public const string Paper = $"background-color:{Palette.Paper};";
    public const string Hidden = "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;color:transparent;mso-hide:all;";

    public const string District = $"{Font}font-size:15px;line-height:20px;font-weight:600;color:{Palette.Ink};{Break}";
    public const string Process = $"{Font}font-size:13px;line-height:18px;color:{Palette.MutedInk};{Break}";

    public const string Card = $"background-color:{Palette.Card};border:1px solid {Palette.Line};border-radius:12px;overflow:hidden;";
    public const string Label = $"{Font}margin:0 0 8px;font-size:13px;line-height:18px;font-weight:600;{Break}";
    public const string Heading = $"{Font}margin:0 0 20px;font-size:25px;line-height:32px;font-weight:700;letter-spacing:-0.01em;color:{Palette.Ink};{Break}";
    public const string Title = $"{Font}margin:32px 0 12px;font-size:17px;line-height:24px;font-weight:700;color:{Palette.Ink};{Break}";
    public const string Text = $"{Font}margin:0 0 16px;font-size:16px;line-height:25px;color:{Palette.Ink};{Break}";
    public const string Small = $"{Font}margin:0 0 8px;font-size:14px;line-height:21px;color:{Palette.MutedInk};{Break}";
    public const string Footer = $"{Font}margin:0 0 8px;font-size:13px;line-height:19px;color:{Palette.MutedInk};{Break}";

    public const string Key = $"{Font}font-size:14px;line-height:21px;color:{Palette.MutedInk};{Break}";
    public const string Value = $"{Font}font-size:15px;line-height:22px;color:{Palette.Ink};{Break}";
    public const string Strong = $"{Font}font-size:15px;line-height:22px;font-weight:600;color:{Palette.Ink};{Break}";
    public const string Link = $"color:{Palette.Accent};text-decoration:underline;";
    public const string Address = $"color:{Palette.Accent};text-decoration:underline;word-break:break-all;";

    public const string ButtonCell = $"background-color:{Palette.Accent};border-radius:8px;";
    public const string Button = $"{Font}display:inline-block;padding:14px 28px;border:1px solid {Palette.Accent};border-radius:8px;background-color:{Palette.Accent};font-size:17px;line-height:22px;font-weight:600;color:{Palette.AccentInk};text-decoration:none;text-align:center;";

    public static string Ink(Tone tone) => tone switch
    {
        Tone.Good => Palette.Good,
        Tone.Bad => Palette.Bad,
        Tone.Wait => Palette.Wait,
        _ => Palette.Accent,
    };

    public static string Tint(Tone tone) => tone switch
    {
        Tone.Good => Palette.GoodTint,
        Tone.Bad => Palette.BadTint,
        Tone.Wait => Palette.WaitTint,
        _ => Palette.AccentTint,
    };

    /// <summary>The class that carries a tone into the dark scheme.</summary>
    public static string Class(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Bad => "bad",
        Tone.Wait => "wait",
        _ => "accent",
    };

    public const string Sheet = $$"""
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        @media (max-width:480px){
        .edge{padding-left:12px!important;padding-right:12px!important}
        .inside{padding:24px 20px 24px!important}
        .key,.value{display:block!important;width:auto!important;padding-right:0!important}
        .key{padding-bottom:0!important}
        .value{padding-top:0!important;border-top:0!important}
        .button{width:100%!important}
        .button a{display:block!important}
        h1{font-size:23px!important;line-height:30px!important}
        }
        @media (prefers-color-scheme:dark){
        .paper{background-color:{{Palette.Dark.Paper}}!important}
        .card{background-color:{{Palette.Dark.Card}}!important;border-color:{{Palette.Dark.Line}}!important}
        .line{border-color:{{Palette.Dark.Line}}!important}
        .ink{color:{{Palette.Dark.Ink}}!important}
        .muted{color:{{Palette.Dark.MutedInk}}!important}
        .link,.accent{color:{{Palette.Dark.Accent}}!important}
        .good{color:{{Palette.Dark.Good}}!important}
        .bad{color:{{Palette.Dark.Bad}}!important}
        .wait{color:{{Palette.Dark.Wait}}!important}
        .accent-tint{background-color:{{Palette.Dark.AccentTint}}!important}
        .good-tint{background-color:{{Palette.Dark.GoodTint}}!important}
        .bad-tint{background-color:{{Palette.Dark.BadTint}}!important}
        .wait-tint{background-color:{{Palette.Dark.WaitTint}}!important}
        .accent-edge{border-color:{{Palette.Dark.Accent}}!important}
        .good-edge{border-color:{{Palette.Dark.Good}}!important}
        .bad-edge{border-color:{{Palette.Dark.Bad}}!important}
        .wait-edge{border-color:{{Palette.Dark.Wait}}!important}
        .accent-bar{background-color:{{Palette.Dark.Accent}}!important}
        .good-bar{background-color:{{Palette.Dark.Good}}!important}
        .bad-bar{background-color:{{Palette.Dark.Bad}}!important}
        .wait-bar{background-color:{{Palette.Dark.Wait}}!important}
        .button td,.button a{background-color:{{Palette.Dark.Accent}}!important;border-color:{{Palette.Dark.Accent}}!important;color:{{Palette.Dark.AccentInk}}!important}
        }
        """;
}
