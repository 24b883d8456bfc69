using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>An answer in Google's error shape.</summary>
public sealed class ApiException(int code, string status, string message, JsonArray? details = null) : Exception(message)
{
    public int Code { get; } = code;
    public string Status { get; } = status;

    /// <summary>Seconds for a Retry-After header, or null for none.</summary>
    public int? RetryAfter { get; init; }

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["code"] = Code, ["message"] = Message };
        if (Errors is not null)
            error["errors"] = Errors.DeepClone();
        error["status"] = Status;
        if (details is not null)
            error["details"] = details.DeepClone();
        return new JsonObject { ["error"] = error };
    }

    private JsonArray? Errors { get; init; }

    public static ApiException Invalid(string message) => new(400, "INVALID_ARGUMENT", message);

    /// <summary>A field of the request is wrong; says which.</summary>
    public static ApiException BadField(string field, string message) => new(400, "INVALID_ARGUMENT", message,
        [BadRequest(field, message)]);

    /// <summary>The <c>fields</c> parameter names something that the answer does not have.</summary>
    public static ApiException BadMask(string path) => new(400, "INVALID_ARGUMENT", "Request contains an invalid argument.",
        [BadRequest(path, $"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'.")]);

    public static ApiException NotFound() => new(404, "NOT_FOUND", "Requested entity was not found.");

    public static ApiException Forbidden() => new(403, "PERMISSION_DENIED", "The caller does not have permission");

    public static ApiException Unauthenticated(string reason, string method) => new(401, "UNAUTHENTICATED",
        reason is "CREDENTIALS_MISSING"
            ? "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
            : "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
        [ErrorInfo(reason, new() { ["method"] = $"google.apps.sheets.v4.SpreadsheetsService.{method}", ["service"] = "sheets.googleapis.com" })])
    {
        Errors = [new JsonObject { ["message"] = "Invalid Credentials", ["domain"] = "global", ["reason"] = "authError", ["location"] = "Authorization", ["locationType"] = "header" }],
    };

    public static ApiException QuotaExceeded(bool write, bool perUser, int limit)
    {
        var (kind, metric) = write ? ("Write", "write_requests") : ("Read", "read_requests");
        return new(429, "RESOURCE_EXHAUSTED",
            $"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{(perUser ? " per user" : "")}' of service 'sheets.googleapis.com' for consumer 'project_number:199000000001'.",
            [
                ErrorInfo("RATE_LIMIT_EXCEEDED", new()
                {
                    ["consumer"] = "projects/199000000001",
                    ["quota_limit"] = $"{kind}RequestsPerMinutePer{(perUser ? "User" : "Project")}",
                    ["quota_limit_value"] = limit.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["quota_location"] = "global",
                    ["quota_metric"] = $"sheets.googleapis.com/{metric}",
                    ["quota_unit"] = perUser ? "1/min/{project}/{user}" : "1/min/{project}",
                    ["service"] = "sheets.googleapis.com",
                }),
                new JsonObject
                {
                    ["@type"] = "type.googleapis.com/google.rpc.Help",
                    ["links"] = new JsonArray(new JsonObject { ["description"] = "Request a higher quota limit.", ["url"] = "https://cloud.google.com/docs/quotas/help/request_increase" }),
                },
            ]);
    }

    /// <summary>An injected failure, worded as Google words that status.</summary>
    public static ApiException OfStatus(int code, int? retryAfter = null)
    {
        var (status, message) = code switch
        {
            400 => ("INVALID_ARGUMENT", "Request contains an invalid argument."),
            401 => ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
            403 => ("PERMISSION_DENIED", "The caller does not have permission"),
            404 => ("NOT_FOUND", "Requested entity was not found."),
            409 => ("ABORTED", "The operation was aborted."),
            429 => ("RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:199000000001'."),
            503 => ("UNAVAILABLE", "The service is currently unavailable."),
            504 => ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
            _ => ("INTERNAL", "Internal error encountered."),
        };
        return new(code, status, message) { RetryAfter = retryAfter };
    }

    private static JsonObject BadRequest(string field, string message) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
        ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = field, ["description"] = message }),
    };

    private static JsonObject ErrorInfo(string reason, JsonObject metadata) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
        ["reason"] = reason,
        ["domain"] = "googleapis.com",
        ["metadata"] = metadata,
    };
}
