using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Accounts;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>A request's way through the emulator: read, perhaps made to fail, authenticated, counted, checked, performed, masked, answered.</summary>
internal sealed partial class SheetsApi(
    SpreadsheetStore store, ServiceAccounts accounts, AccessTokens tokens, TokenEndpoint tokenEndpoint, Quotas quotas, Faults faults, RequestHooks hooks, RequestLog log,
    SheetsEmulatorOptions options, ILogger<SheetsApi> logger)
{
    public Task HandleAsync(HttpContext context) => RunAsync(context, request =>
    {
        var route = ApiRoute.Of(request.HttpMethod, request.RawPath);
        return (route, route is null
            ? _ => throw new ApiException(404, "NOT_FOUND", $"Method not found: {request.HttpMethod} {request.RawPath}")
            : cancellation => PerformAsync(context, request, route, cancellation));
    });

    public Task HandleTokenAsync(HttpContext context) => RunAsync(context, request => (new ApiRoute("token", "", null), _ =>
    {
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(request.Body))
            .ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        return Task.FromResult(tokenEndpoint.Answer(form, new Uri($"{context.Request.Scheme}://{context.Request.Host}/token")));
    }
    ));

    private async Task RunAsync(HttpContext context, Func<IncomingRequest, (ApiRoute? Route, Func<CancellationToken, Task<(int, JsonObject)>> Perform)> resolve)
    {
        IncomingRequest? request = null;
        ApiRoute? route = null;
        OutgoingAnswer? answer = null;
        var (pretty, gzip) = (true, context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase));
        var halfway = false;
        try
        {
            request = await IncomingRequest.ReadAsync(context);
            pretty = request.Query.GetValueOrDefault("prettyPrint").ToString() is not "false" and not "0";
            (route, var perform) = resolve(request);
            var fault = route is null ? null : faults.Take(route.Method, route is { Method: not "token", IsWrite: true }, route.SpreadsheetId);
            switch (fault?.Kind)
            {
                case FaultKind.Status:
                    throw ApiException.OfStatus(fault.Status, fault.RetryAfter);
                case FaultKind.Hang:
                    await Task.Delay(Timeout.InfiniteTimeSpan, options.Time, context.RequestAborted);
                    return;
                case FaultKind.Close:
                    context.Abort();
                    return;
                case FaultKind.Delay:
                    await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), options.Time, context.RequestAborted);
                    break;
            }
            var (status, json) = await perform(context.RequestAborted);
            if (fault?.Kind is FaultKind.StatusAfterDoing)
                throw ApiException.OfStatus(fault.Status, fault.RetryAfter);
            halfway = fault?.Kind is FaultKind.CloseHalfway;
            answer = OutgoingAnswer.Of(status, json, pretty, gzip);
        }
        catch (ApiException refused)
        {
            answer = OutgoingAnswer.Of(refused.Code, refused.ToJson(), pretty, gzip, refused.RetryAfter);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException bad)
        {
            answer = OutgoingAnswer.Of(bad.StatusCode, ApiException.OfStatus(bad.StatusCode).ToJson(), pretty, gzip);
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure, route?.Method ?? "?");
            answer = OutgoingAnswer.Of(500, ApiException.OfStatus(500).ToJson(), pretty, gzip);
        }
        finally
        {
            log.Add(new LoggedRequest(route?.Method ?? "?", route is { Method: not "token", IsWrite: true }, route?.SpreadsheetId ?? "", context.Request.Path + context.Request.QueryString,
                answer?.Status ?? 0, request?.WireBytes ?? 0, answer?.Body.Length ?? 0, answer?.Length ?? 0, options.Time.GetUtcNow()));
        }
        await answer.SendAsync(context, halfway);
    }

    private async Task<(int, JsonObject)> PerformAsync(HttpContext context, IncomingRequest request, ApiRoute route, CancellationToken cancellationToken)
    {
        var account = Authenticate(context, request, route);
        quotas.Spend(account, route.IsWrite);
        var method = ApiMethods.All[route.Method];
        var body = request.Json();
        if (method.Body is { } type)
            Schema.Check(body, type, method.BodyPath);
        var call = new ApiCall(store, route, account, request.Query, body, MaskOf(context, request, method));
        var hooked = new EmulatedRequest(route.Method, route.IsWrite, route.SpreadsheetId, route.Range);
        if (hooks.Before is { } before)
            await before(hooked, cancellationToken);
        var answer = method.Perform(call);
        if (hooks.After is { } after)
            await after(hooked, cancellationToken);
        return (200, call.Fields is { } mask ? (JsonObject)mask.Project(answer)! : answer);
    }

    private static FieldsMask? MaskOf(HttpContext context, IncomingRequest request, ApiMethod method)
    {
        var text = request.Query.TryGetValue("fields", out var fields) || request.Query.TryGetValue("$fields", out fields)
            ? fields.ToString()
            : context.Request.Headers["X-Goog-FieldMask"].ToString();
        if (text.Length == 0)
            return null;
        try
        {
            var mask = FieldsMask.Parse(text);
            Schema.Check(mask, method.Answer, ApiException.BadMask);
            return mask;
        }
        catch (FormatException)
        {
            throw ApiException.BadMask(text);
        }
    }

    private string Authenticate(HttpContext context, IncomingRequest request, ApiRoute route)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var given = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : request.Query.GetValueOrDefault("access_token").ToString();
        if (given.Length == 0)
            throw ApiException.Unauthenticated("CREDENTIALS_MISSING", route.Procedure);
        if (tokens.Read(given) is not { } token)
            throw ApiException.Unauthenticated("ACCESS_TOKEN_TYPE_UNSUPPORTED", route.Procedure);
        if (token.IsExpired || !accounts.IsGood(token.Account))
            throw ApiException.Unauthenticated("ACCESS_TOKEN_EXPIRED", route.Procedure);
        var scopes = token.Scope.Split(' ');
        if (!scopes.Any(s => s is "https://www.googleapis.com/auth/spreadsheets" or "https://www.googleapis.com/auth/drive" or "https://www.googleapis.com/auth/drive.file"
            || (!route.IsWrite && s is "https://www.googleapis.com/auth/spreadsheets.readonly" or "https://www.googleapis.com/auth/drive.readonly")))
            throw new ApiException(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.");
        return token.Account;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The emulator failed while performing {Method}.")]
        public static partial void Failed(ILogger logger, Exception failure, string method);
    }
}
