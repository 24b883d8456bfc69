using FormsFlow.SheetsEmulator.Forms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>The form page: fill in, send, edit again.</summary>
internal static class FormEndpoints
{
    private const string Form = "/forms/{formId}";
    private const string Response = "/forms/{formId}/responses/{responseId}";

    public static void MapForms(this IEndpointRouteBuilder app)
    {
        app.MapGet(Form, (HttpContext http, string formId, FormDirectory forms) =>
            forms.Find(formId) is { } linked ? Show(http, linked, Filling.Empty) : Unknown(http));
        app.MapPost(Form, Submit).DisableAntiforgery();
        app.MapGet(Response, (HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses) =>
            forms.Find(formId) is { } linked && responses.Find(linked.SpreadsheetId, responseId) is { } response
                ? Show(http, linked, Filling.Of(linked.Form, response), responseId)
                : Unknown(http));
        app.MapPost(Response, Edit).DisableAntiforgery();
        app.MapGet(Response + "/recorded", (HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses) =>
            forms.Find(formId) is { } linked && responses.Find(linked.SpreadsheetId, responseId) is not null
                ? http.Page<RecordedPage>(new() { [nameof(RecordedPage.Linked)] = linked, [nameof(RecordedPage.ResponseId)] = responseId })
                : Unknown(http));
        app.MapRawResponses();
    }

    private static async Task<IResult> Submit(HttpContext http, string formId, FormDirectory forms, FormResponses responses)
    {
        if (forms.Find(formId) is not { } linked)
            return Unknown(http);
        var filling = Filling.Of(linked.Form, await http.Request.ReadFormAsync(http.RequestAborted));
        if (http.Request.Form["clear"] is [{ Length: > 0 } cleared])
            return Show(http, linked, filling.Without(cleared));
        filling = filling.Checked(linked.Form);
        if (!filling.Problems.IsEmpty)
            return Show(http, linked, filling, status: 422);
        var id = responses.Submit(linked.SpreadsheetId, filling.ToAnswers(linked.Form), linked.Form.CollectEmail ? filling.Email.Trim() : null);
        return Recorded(formId, id);
    }

    private static async Task<IResult> Edit(HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses)
    {
        if (forms.Find(formId) is not { } linked || responses.Find(linked.SpreadsheetId, responseId) is null)
            return Unknown(http);
        var filling = Filling.Of(linked.Form, await http.Request.ReadFormAsync(http.RequestAborted));
        if (http.Request.Form["clear"] is [{ Length: > 0 } cleared])
            return Show(http, linked, filling.Without(cleared), responseId);
        filling = filling.Checked(linked.Form);
        if (!filling.Problems.IsEmpty)
            return Show(http, linked, filling, responseId, status: 422);
        responses.Edit(linked.SpreadsheetId, responseId, filling.ToAnswers(linked.Form), linked.Form.CollectEmail ? filling.Email.Trim() : null);
        return Recorded(formId, responseId);
    }

    private static SeeOther Recorded(string formId, string responseId) =>
        new SeeOther($"/forms/{Uri.EscapeDataString(formId)}/responses/{Uri.EscapeDataString(responseId)}/recorded");

    private static RazorComponentResult Show(HttpContext http, LinkedForm linked, Filling filling, string? responseId = null, int status = 200) =>
        http.Page<FormPage>(new() { [nameof(FormPage.Linked)] = linked, [nameof(FormPage.Filling)] = filling, [nameof(FormPage.ResponseId)] = responseId }, status);

    private static RazorComponentResult Unknown(HttpContext http) =>
        http.Trouble(404, "Sorry, there is no such form or response.", "Check the address, or choose a form from the start page.");
}
