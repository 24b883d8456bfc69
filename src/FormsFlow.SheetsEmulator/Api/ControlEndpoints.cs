using System.Text.Json.Serialization;
using FormsFlow.SheetsEmulator.Accounts;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>
/// <c>/emulator/…</c>: what the in-process controls offer, for programs in other languages. Faults, quotas, the request log, accounts.
/// </summary>
internal static class ControlEndpoints
{
    private sealed record NewAccount(string Name);

    private sealed record NewResponse(Dictionary<string, string>? Answers, string? Email)
    {
        public Dictionary<string, string> Given() => Answers ?? throw new SheetsException("answers is missing: an object with an answer for each question.");
    }

    private sealed record Sharing(IReadOnlyList<string>? Accounts);

    public static void MapControls(this IEndpointRouteBuilder app)
    {
        var controls = app.MapGroup("/emulator").AddEndpointFilter(ExplainAsync);
        controls.MapPost("/faults", (Fault fault, Faults faults) => faults.Add(fault));
        controls.MapGet("/faults", (Faults faults) => faults.Pending);
        controls.MapDelete("/faults", (Faults faults) => faults.Clear());
        controls.MapPut("/quotas", (QuotaLimits limits, Quotas quotas) => { quotas.Limits = limits; });
        controls.MapDelete("/quotas", (Quotas quotas) => { quotas.Limits = null; });
        controls.MapGet("/requests", (RequestLog log) => new
        {
            log.Requests,
            Totals = log.Totals.ToDictionary(t => t.Key, t => new { t.Value.Count, t.Value.Bytes }, StringComparer.Ordinal),
        });
        controls.MapDelete("/requests", (RequestLog log) => log.Reset());
        controls.MapGet("/spreadsheets", (SpreadsheetStore store) => store.List());
        controls.MapPut("/spreadsheets/{id}/sharing", (string id, Sharing sharing, SpreadsheetStore store) => store.Share(id, sharing.Accounts));
        controls.MapPost("/spreadsheets/{id}/responses", (string id, NewResponse response, FormResponses forms) =>
            new { ResponseId = forms.Submit(id, response.Given(), response.Email) });
        controls.MapPut("/spreadsheets/{id}/responses/{responseId}", (string id, string responseId, NewResponse response, FormResponses forms) =>
            forms.Edit(id, responseId, response.Given(), response.Email));
        controls.MapPost("/accounts", (NewAccount account, ServiceAccounts accounts, HttpContext context) =>
            Results.Text(accounts.CredentialsOf(account.Name, new Uri($"{context.Request.Scheme}://{context.Request.Host}/token")), "application/json"));
        controls.MapPost("/accounts/{email}/revoke", (string email, ServiceAccounts accounts) => accounts.Revoke(email));
        controls.MapPost("/accounts/{email}/restore", (string email, ServiceAccounts accounts) => accounts.Restore(email));
    }

    /// <summary>What is wrong with a request is said in the shape of Google's errors.</summary>
    private static async ValueTask<object?> ExplainAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (SpreadsheetNotFoundException)
        {
            return Answer(ApiException.NotFound());
        }
        catch (SheetsException e)
        {
            return Answer(ApiException.Invalid(e.Message));
        }

        static IResult Answer(ApiException error) => Results.Text(error.ToJson().ToJsonString(), "application/json", statusCode: error.Code);
    }

    public static void ConfigureJson(Microsoft.AspNetCore.Http.Json.JsonOptions json) => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
}
