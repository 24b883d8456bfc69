using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FormsFlow.SheetsEmulator.Pages.Responding;

namespace FormsFlow.Server.Walk;

/// <summary>Fills in the form page by page and sends it, as a browser does.</summary>
sealed class FormSender(HttpClient http)
{
    /// <summary>More pages than any form has: one that leads round in a circle ends here.</summary>
    const int MostPages = 50;

    /// <returns>
    /// False if the form does not let the response through: an answer that must be there is missing, or is one that cannot be typed in.
    /// Nothing was sent then.
    /// </returns>
    public async Task<bool> SendAsync(Uri form, SampleResponse sample, CancellationToken cancellationToken)
    {
        var page = new HtmlParser().ParseDocument(await http.GetStringAsync(form, cancellationToken));
        for (var pages = 0; pages < MostPages; pages++)
        {
            if (Fill(page, sample) is not { } fields) return false;
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await http.PostAsync(new Uri(form, page.QuerySelector("form")!.GetAttribute("action")), content, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.UnprocessableEntity) return false;
            if (!answer.IsSuccessStatusCode) throw new WalkException($"The form refused the response '{sample.Case}' ({(int)answer.StatusCode}).");
            if (answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/recorded", StringComparison.Ordinal)) return true;
            page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        throw new WalkException($"The form has not come to its end after {MostPages} pages with the response '{sample.Case}'.");
    }

    /// <summary>Past the form's checks, for what no form would let through and a sheet may hold all the same: a form whose questions were not required.</summary>
    public async Task SendPastChecksAsync(Uri form, SampleResponse sample, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri($"{form}/responses"), new RawResponse(sample.Answers!, sample.Email), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new WalkException($"The form refused the response '{sample.Case}' ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <returns>What a browser sends when somebody has typed the answers and presses the button that leads on; null if they cannot be typed.</returns>
    static List<KeyValuePair<string, string>>? Fill(IHtmlDocument page, SampleResponse sample)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var hidden in page.QuerySelectorAll<IHtmlInputElement>("form input[type=hidden]")) fields.Add(new(hidden.Name!, Typed(hidden.Value)));
        if (page.QuerySelector<IHtmlInputElement>("form input[type=email]") is { } email) fields.Add(new(email.Name!, sample.Email.Trim()));
        foreach (var question in page.QuerySelectorAll("form .question"))
        {
            if (question.QuerySelector("bdi")?.TextContent is not { } title) continue;
            var answer = sample.Answers.GetValueOrDefault(title, "");
            if (answer.Length == 0) continue;
            if (Field(question, answer) is not { } field) return null;
            fields.Add(new(field, Typed(answer)));
        }

        var onward = page.QuerySelector<IHtmlButtonElement>("form button.primary") ?? throw new WalkException("The form's page has no button that leads on.");
        fields.Add(new(onward.Name!, onward.Value!));
        return fields;
    }

    static string? Field(IElement question, string answer) =>
        question.QuerySelectorAll<IHtmlInputElement>("input[type=radio]").ToArray() is { Length: > 0 } choices
            ? Array.Find(choices, choice => choice.Value == answer)?.Name
            : question.QuerySelector("textarea")?.GetAttribute("name") is { } paragraph ? paragraph
            : answer.Contains('\n', StringComparison.Ordinal) ? null // one line of text takes no second one
            : question.QuerySelector("input[type=text]")?.GetAttribute("name");

    /// <summary>A browser sends each line break as two characters.</summary>
    static string Typed(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
