using Google.Apis.Discovery;
using Google.Apis.Requests;
using Google.Apis.Services;
using Google.Apis.Util;

namespace FormsFlow.GoogleSheets.Client;

/// <summary>What every call has: the spreadsheet, and which fields of the answer are wanted.</summary>
public abstract class SheetsRequest<TResponse> : ClientServiceRequest<TResponse>
{
    protected SheetsRequest(IClientService service, string spreadsheetId)
        : base(service)
    {
        SpreadsheetId = spreadsheetId;
#pragma warning disable MA0056, CA2214 // Google.Apis wants it called by constructors; the overrides only add names to a dictionary.
        InitParameters();
#pragma warning restore MA0056, CA2214
    }

    [RequestParameter("spreadsheetId", RequestParameterType.Path)]
    public string SpreadsheetId { get; }

    /// <summary>A field mask; all fields if null.</summary>
    [RequestParameter("fields", RequestParameterType.Query)]
    public string? Fields { get; set; }

    /// <summary>Google indents its answers unless told not to.</summary>
    [RequestParameter("prettyPrint", RequestParameterType.Query)]
    public bool? PrettyPrint { get; set; } = false;

    protected override void InitParameters()
    {
        base.InitParameters();
        Add("spreadsheetId", "path", required: true);
        Add("fields", "query");
        Add("prettyPrint", "query");
    }

    protected void Add(string name, string place, bool required = false) =>
        RequestParameters.Add(name, new Parameter { Name = name, IsRequired = required, ParameterType = place });
}

/// <summary>A call that carries a body.</summary>
public abstract class SheetsPost<TBody, TResponse>(IClientService service, TBody body, string spreadsheetId)
    : SheetsRequest<TResponse>(service, spreadsheetId)
    where TBody : class
{
    public override string HttpMethod => "POST";

    protected override object GetBody() => body;
}
