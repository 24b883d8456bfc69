using FormsFlow.SheetsEmulator.Forms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>The form page: fill in page by page, send, edit again. Between its pages the answers travel in the form itself; nothing is kept before it is sent.</summary>
internal static class FormEndpoints
{
    private const string Form = "/forms/{formId}";
    private const string Response = "/forms/{formId}/responses/{responseId}";

    public static void MapForms(this IEndpointRouteBuilder app)
    {
        app.MapGet(Form, (HttpContext http, string formId, FormDirectory forms) =>
            forms.Find(formId) is { } linked ? Show(http, linked, Filling.Empty, 0) : Unknown(http));
        app.MapPost(Form, Submit).DisableAntiforgery();
        app.MapGet(Response, (HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses) =>
            forms.Find(formId) is { } linked && responses.Find(linked.SpreadsheetId, responseId) is { } response
                ? Show(http, linked, Filling.Of(linked.Form, response), 0, responseId)
                : Unknown(http));
        app.MapPost(Response, Edit).DisableAntiforgery();
        app.MapGet(Response + "/recorded", (HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses) =>
            forms.Find(formId) is { } linked && responses.Find(linked.SpreadsheetId, responseId) is not null
                ? http.Page<RecordedPage>(new() { [nameof(RecordedPage.Linked)] = linked, [nameof(RecordedPage.ResponseId)] = responseId })
                : Unknown(http));
        app.MapRawResponses();
    }

    private static async Task<IResult> Submit(HttpContext http, string formId, FormDirectory forms, FormResponses responses, UploadedFiles files) =>
        forms.Find(formId) is { } linked
            ? await Take(http, linked, responseId: null, files, (answers, email) => responses.Submit(linked.SpreadsheetId, answers, email))
            : Unknown(http);

    private static async Task<IResult> Edit(HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses, UploadedFiles files) =>
        forms.Find(formId) is { } linked && responses.Find(linked.SpreadsheetId, responseId) is not null
            ? await Take(http, linked, responseId, files, (answers, email) =>
            {
                responses.Edit(linked.SpreadsheetId, responseId, answers, email);
                return responseId;
            })
            : Unknown(http);

    /// <param name="http">The request.</param>
    /// <param name="linked">The form.</param>
    /// <param name="responseId">The response that is edited; null for a new one.</param>
    /// <param name="files">Where uploads go.</param>
    /// <param name="record">Takes the answers and the address, and returns the response's id.</param>
    private static async Task<IResult> Take(
        HttpContext http, LinkedForm linked, string? responseId, UploadedFiles files, Func<IReadOnlyDictionary<string, string>, string?, string> record)
    {
        var form = linked.Form;
        var sent = await http.ReadSentAsync();
        var step = FormStep.Of(form, sent);
        var filling = await Uploads.TakeAsync(form, Filling.Of(form, sent), sent, step.File, files, http.RequestAborted);
        if (step.Question is { } cleared)
            filling = filling.Without(cleared);
        if (!filling.Problems.IsEmpty)
            return Show(http, linked, filling, step.Page, responseId, 422);
        switch (step.Go)
        {
            case FormStep.Way.Stay:
                return Show(http, linked, filling, step.Page, responseId);
            case FormStep.Way.Back:
                return Show(http, linked, filling, Math.Max(0, step.Page - 1), responseId);
            case FormStep.Way.Next:
                filling = filling.Checked(form, step.Page);
                return filling.Problems.IsEmpty ? Show(http, linked, filling, step.Page + 1, responseId) : Show(http, linked, filling, step.Page, responseId, 422);
        }
        // Whoever comes from the last page has been through the others; whoever made up a request has not.
        for (var page = 0; page < form.Pages.Count; page++)
        {
            filling = filling.Checked(form, page);
            if (!filling.Problems.IsEmpty)
                return Show(http, linked, filling, page, responseId, 422);
        }
        return Recorded(form.Id, record(filling.ToAnswers(form, files), form.CollectEmail ? filling.Email.Trim() : null));
    }

    private static SeeOther Recorded(string formId, string responseId) =>
        new SeeOther($"/forms/{Uri.EscapeDataString(formId)}/responses/{Uri.EscapeDataString(responseId)}/recorded");

    private static RazorComponentResult Show(HttpContext http, LinkedForm linked, Filling filling, int page, string? responseId = null, int status = 200)
    {
        var shown = http.Page<FormPage>(
            new() { [nameof(FormPage.Linked)] = linked, [nameof(FormPage.Filling)] = filling, [nameof(FormPage.Page)] = page, [nameof(FormPage.ResponseId)] = responseId }, status);
        // The browser's own Back button finds the page before as it was left.
        if (HttpMethods.IsPost(http.Request.Method))
            http.Response.Headers.CacheControl = "private, no-cache";
        return shown;
    }

    private static RazorComponentResult Unknown(HttpContext http) =>
        http.Trouble(404, "Sorry, there is no such form or response.", "Check the address, or choose a form from the start page.");
}
