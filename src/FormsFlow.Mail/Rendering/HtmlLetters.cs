using System.Globalization;
using System.Text.RegularExpressions;
using FormsFlow.Mail.Letters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Mail.Rendering;

/// <summary>Letters as HTML.</summary>
sealed partial class HtmlLetters(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync(Letter letter)
    {
        // A renderer keeps everything it ever rendered, so each mail gets one of its own.
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<MailLayout>(
                ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(MailLayout.Letter)] = letter }));
            return root.ToHtmlString();
        });
        return OtherAlphabets().Replace(html, Letters);
    }

    /// <summary>
    /// The renderer writes every letter beyond ASCII as a number, which makes a mail in Arabic four times as long; mail programs cut off
    /// long mails. No letter from U+00A0 on means anything in HTML, so that they can stand for themselves.
    /// </summary>
    static string Letters(Match match)
    {
        var value = int.Parse(match.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return value is >= 0xa0 and <= 0x10ffff and not (>= 0xd800 and <= 0xdfff) ? char.ConvertFromUtf32(value) : match.Value;
    }

    [GeneratedRegex("&#x(?<hex>[0-9A-Fa-f]{2,6});", RegexOptions.None, 1000)]
    private static partial Regex OtherAlphabets();
}
