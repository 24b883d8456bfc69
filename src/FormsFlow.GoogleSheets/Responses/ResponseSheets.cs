using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>The response sheets of all forms, over one client and one account.</summary>
public sealed class ResponseSheets : IResponseSheets, IDisposable
{
    readonly SheetsService _service;
    readonly Dictionary<string, ResponseSheet> _sheets;

    public ResponseSheets(
        IOptions<GoogleOptions> options, IReadOnlyList<ResponseSheetSettings> forms, GoogleHttpClientFactory clients, ILoggerFactory loggers)
    {
        if (!ServiceAccount.TryRead(options.Value, out var account, out var problem)) throw new OptionsValidationException(GoogleOptions.Section, typeof(GoogleOptions), [problem]);

        Account = account.Email;
        _service = Service(account.Over(clients), options.Value.BaseAddress, clients);
        _sheets = forms.ToDictionary(form => form.Form, form => Sheet(form, account.Email, loggers), StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="address">An emulator's; null for Google.</param>
    internal static SheetsService Service(Google.Apis.Auth.OAuth2.ServiceAccountCredential credential, Uri? address, GoogleHttpClientFactory clients) =>
        new(new Google.Apis.Services.BaseClientService.Initializer
        {
            ApplicationName = "FormsFlow",
            BaseUri = Address(address),
            HttpClientFactory = clients,
            HttpClientInitializer = new Authorization(credential),
            DefaultExponentialBackOffPolicy = Google.Apis.Http.ExponentialBackOffPolicy.None,
            Serializer = new SheetsJson(),
            // Ranges travel in bodies; no GET may turn into a POST on its way.
            MaxUrlLength = 0,
        });

    /// <summary>The address that spreadsheets have to be shared with.</summary>
    public string Account { get; }

    public IResponseSheet Of(string form) => _sheets.TryGetValue(form, out var sheet)
        ? sheet
        : throw new KeyNotFoundException($"There is no form '{form}'. The settings have {string.Join(", ", _sheets.Keys.Select(key => $"'{key}'"))}.");

    public void Dispose()
    {
        foreach (var sheet in _sheets.Values) sheet.Dispose();
        _service.Dispose();
    }

    ResponseSheet Sheet(ResponseSheetSettings form, string account, ILoggerFactory loggers) =>
        SpreadsheetAddress.TryRead(form.Spreadsheet, out var id, out var problem)
            ? new ResponseSheet(new FormSpreadsheet(_service, form, id, account), loggers)
            : throw new OptionsValidationException(form.Form, typeof(ResponseSheetSettings), [$"The spreadsheet of form '{form.Form}' {problem}"]);

    static string? Address(Uri? address) => address is null ? null : address.AbsoluteUri.TrimEnd('/') + "/";
}
