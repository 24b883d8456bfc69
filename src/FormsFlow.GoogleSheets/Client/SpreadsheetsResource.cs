using Google.Apis.Services;
using Google.Apis.Util;

namespace FormsFlow.GoogleSheets.Client;

/// <summary>spreadsheets.*</summary>
public sealed class SpreadsheetsResource(IClientService service)
{
    public ValuesResource Values { get; } = new(service);

    public GetRequest Get(string spreadsheetId) => new(service, spreadsheetId);

    public GetByDataFilterRequest GetByDataFilter(GetSpreadsheetByDataFilterRequest body, string spreadsheetId) => new(service, body, spreadsheetId);

    public BatchUpdateRequest BatchUpdate(BatchUpdateSpreadsheetRequest body, string spreadsheetId) => new(service, body, spreadsheetId);

    public sealed class GetRequest(IClientService service, string spreadsheetId) : SheetsRequest<Spreadsheet>(service, spreadsheetId)
    {
        [RequestParameter("ranges", RequestParameterType.Query)]
        public Repeatable<string>? Ranges { get; set; }

        /// <summary>Ignored by Google when a field mask is set.</summary>
        [RequestParameter("includeGridData", RequestParameterType.Query)]
        public bool? IncludeGridData { get; set; }

        public override string MethodName => "get";

        public override string HttpMethod => "GET";

        public override string RestPath => "v4/spreadsheets/{spreadsheetId}";

        protected override void InitParameters()
        {
            base.InitParameters();
            Add("ranges", "query");
            Add("includeGridData", "query");
        }
    }

    /// <summary>Like get, but the ranges travel in the body.</summary>
    public sealed class GetByDataFilterRequest(IClientService service, GetSpreadsheetByDataFilterRequest body, string spreadsheetId)
        : SheetsPost<GetSpreadsheetByDataFilterRequest, Spreadsheet>(service, body, spreadsheetId)
    {
        public override string MethodName => "getByDataFilter";

        public override string RestPath => "v4/spreadsheets/{spreadsheetId}:getByDataFilter";
    }

    public sealed class BatchUpdateRequest(IClientService service, BatchUpdateSpreadsheetRequest body, string spreadsheetId)
        : SheetsPost<BatchUpdateSpreadsheetRequest, BatchUpdateSpreadsheetResponse>(service, body, spreadsheetId)
    {
        public override string MethodName => "batchUpdate";

        public override string RestPath => "v4/spreadsheets/{spreadsheetId}:batchUpdate";
    }
}

/// <summary>spreadsheets.values.*</summary>
public sealed class ValuesResource(IClientService service)
{
    public BatchGetRequest BatchGet(string spreadsheetId) => new(service, spreadsheetId);

    public BatchGetByDataFilterRequest BatchGetByDataFilter(BatchGetValuesByDataFilterRequest body, string spreadsheetId) =>
        new(service, body, spreadsheetId);

    public BatchUpdateByDataFilterRequest BatchUpdateByDataFilter(BatchUpdateValuesByDataFilterRequest body, string spreadsheetId) =>
        new(service, body, spreadsheetId);

    public sealed class BatchGetRequest(IClientService service, string spreadsheetId)
        : SheetsRequest<BatchGetValuesResponse>(service, spreadsheetId)
    {
        [RequestParameter("ranges", RequestParameterType.Query)]
        public Repeatable<string>? Ranges { get; set; }

        [RequestParameter("majorDimension", RequestParameterType.Query)]
        public string? MajorDimension { get; set; }

        [RequestParameter("valueRenderOption", RequestParameterType.Query)]
        public string? ValueRenderOption { get; set; }

        [RequestParameter("dateTimeRenderOption", RequestParameterType.Query)]
        public string? DateTimeRenderOption { get; set; }

        public override string MethodName => "batchGet";

        public override string HttpMethod => "GET";

        public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchGet";

        protected override void InitParameters()
        {
            base.InitParameters();
            Add("ranges", "query");
            Add("majorDimension", "query");
            Add("valueRenderOption", "query");
            Add("dateTimeRenderOption", "query");
        }
    }

    /// <summary>Like batchGet, but the ranges travel in the body: there is no longest address to mind.</summary>
    public sealed class BatchGetByDataFilterRequest(IClientService service, BatchGetValuesByDataFilterRequest body, string spreadsheetId)
        : SheetsPost<BatchGetValuesByDataFilterRequest, BatchGetValuesByDataFilterResponse>(service, body, spreadsheetId)
    {
        public override string MethodName => "batchGetByDataFilter";

        public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchGetByDataFilter";
    }

    /// <summary>Like batchUpdate, but says where by data filters.</summary>
    public sealed class BatchUpdateByDataFilterRequest(IClientService service, BatchUpdateValuesByDataFilterRequest body, string spreadsheetId)
        : SheetsPost<BatchUpdateValuesByDataFilterRequest, BatchUpdateValuesByDataFilterResponse>(service, body, spreadsheetId)
    {
        public override string MethodName => "batchUpdateByDataFilter";

        public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchUpdateByDataFilter";
    }
}
