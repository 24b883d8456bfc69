using System.Text.Json;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>Answers as a program sends them: by question title, taken exactly as they are, required or not.</summary>
/// <param name="Answers">By question title or id.</param>
/// <param name="Email">The respondent's address, whatever it looks like.</param>
public sealed record RawResponse(IReadOnlyDictionary<string, string?>? Answers, string? Email);

/// <summary>A response that was taken in.</summary>
/// <param name="ResponseId">Its id.</param>
/// <param name="EditUrl">Where a person edits it.</param>
public sealed record RawResponseReceipt(string ResponseId, string EditUrl);

/// <summary>A way in for tests and samples, which bring what no form page lets through.</summary>
internal static class RawResponses
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void MapRawResponses(this IEndpointRouteBuilder app)
    {
        app.MapPost("/forms/{formId}/responses", async (HttpContext http, string formId, FormDirectory forms, FormResponses responses) =>
        {
            var (linked, response, refusal) = await ReadAsync(http, formId, forms);
            if (linked is null || response is null)
                return refusal!;
            var id = responses.Submit(linked.SpreadsheetId, Answers(response), response.Email);
            var receipt = new RawResponseReceipt(id, $"{http.Request.Scheme}://{http.Request.Host}/forms/{Uri.EscapeDataString(formId)}/responses/{id}");
            http.Response.Headers.Location = receipt.EditUrl;
            return Results.Json(receipt, Json, statusCode: 201);
        });
        app.MapPut("/forms/{formId}/responses/{responseId}", async (HttpContext http, string formId, string responseId, FormDirectory forms, FormResponses responses) =>
        {
            var (linked, response, refusal) = await ReadAsync(http, formId, forms);
            if (linked is null || response is null)
                return refusal!;
            if (responses.Find(linked.SpreadsheetId, responseId) is null)
                return Refuse(404, "There is no such response.");
            responses.Edit(linked.SpreadsheetId, responseId, Answers(response), response.Email);
            return Results.NoContent();
        });
    }

    private static async Task<(LinkedForm? Linked, RawResponse? Response, IResult? Refusal)> ReadAsync(HttpContext http, string formId, FormDirectory forms)
    {
        if (forms.Find(formId) is not { } linked)
            return (null, null, Refuse(404, "There is no such form."));
        if (!http.Request.HasJsonContentType())
            return (null, null, Refuse(415, "Send JSON: { \"answers\": { \"question title\": \"text\" }, \"email\": \"…\" }"));
        RawResponse? response;
        try
        {
            response = await http.Request.ReadFromJsonAsync<RawResponse>(Json, http.RequestAborted);
        }
        catch (JsonException wrong)
        {
            return (null, null, Refuse(400, $"That is not JSON of the right shape: {wrong.Message}"));
        }
        if (response?.Answers is not { } answers)
            return (null, null, Refuse(400, "\"answers\" is missing: { \"answers\": { \"question title\": \"text\" }, \"email\": \"…\" }"));
        var known = linked.Form.Questions.SelectMany(q => new[] { q.Title, q.Id }).ToHashSet(StringComparer.Ordinal);
        var unknown = answers.Keys.Where(k => !known.Contains(k)).ToList();
        if (unknown.Count > 0)
            return (null, null, Refuse(400, $"The form does not ask: {string.Join("; ", unknown)}"));
        if (answers.Values.Append(response.Email).Any(a => a?.Length > Limits.CharactersPerCell))
            return (null, null, Refuse(400, Limits.TooLong));
        return (linked, response, null);
    }

    private static Dictionary<string, string> Answers(RawResponse response) =>
        response.Answers!.ToDictionary(a => a.Key, a => a.Value ?? "", StringComparer.Ordinal);

    private static JsonHttpResult<Dictionary<string, string>> Refuse(int status, string why) =>
        TypedResults.Json(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = why }, Json, statusCode: status);
}
