using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Http;
using FormsFlow.GoogleSheets.Responses;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.GoogleSheets.Inspection;

/// <summary>Looks at a form's spreadsheet as FormsFlow would use it, and leaves it as it was.</summary>
public sealed class SpreadsheetInspector : IDisposable
{
    /// <summary>A person waits for the answer: two attempts, not two minutes of them.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly GoogleHttpClientFactory _clients;
    readonly SheetsService _service;
    readonly Google.Apis.Auth.OAuth2.ServiceAccountCredential _credential;

    /// <param name="options">Valid ones.</param>
    public SpreadsheetInspector(GoogleOptions options, ServiceAccount account, TimeProvider time, ILoggerFactory loggers)
    {
        var hurried = new GoogleOptions
        {
            Credentials = options.Credentials,
            CredentialsFile = options.CredentialsFile,
            BaseAddress = options.BaseAddress,
            AttemptTimeout = TimeSpan.FromSeconds(20),
            RetryFor = Patience,
            LongestPause = TimeSpan.FromSeconds(2),
        };
        Account = account.Email;
        _clients = new GoogleHttpClientFactory(new RetryHandler(hurried, time, loggers.CreateLogger<RetryHandler>()), hurried, time);
        _credential = account.Over(_clients);
        _service = ResponseSheets.Service(_credential, hurried.BaseAddress, _clients);
    }

    /// <summary>The address that spreadsheets have to be shared with.</summary>
    public string Account { get; }

    /// <summary>Gets a token for the account.</summary>
    /// <exception cref="SheetUnavailableException">The key is refused, or nobody answers.</exception>
    public async Task SignInAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _credential.RequestAccessTokenAsync(cancellationToken);
        }
        catch (Exception e)
        {
            if (SheetErrors.Explain(e, "", "", Account, writing: false) is { } explained) throw explained;
            throw;
        }
    }

    /// <param name="own">FormsFlow's own columns, which are looked for as FormsFlow does: by their tags first.</param>
    /// <exception cref="SheetUnavailableException">The spreadsheet cannot be read, or has no tab with responses.</exception>
    public async Task<SpreadsheetInspection> InspectAsync(ResponseSheetSettings form, IReadOnlyList<OwnColumn> own, CancellationToken cancellationToken)
    {
        var spreadsheet = Open(form);
        var seen = await spreadsheet.GetAsync(
            ResponseTab.Fields.Replace("properties(timeZone)", "properties(title,timeZone)", StringComparison.Ordinal)
            + ",sheets.protectedRanges(range,warningOnly,requestingUserCanEdit,description)",
            null, cancellationToken);
        var tab = ResponseTab.Find(seen, form.ResponseTab) ?? throw spreadsheet.Trouble(
            SheetTrouble.TabMissing,
            string.IsNullOrWhiteSpace(form.ResponseTab)
                ? $"It has no tab whose name begins with 'Form Responses', only {ResponseTab.Named(seen)}. Link the form to it (in the form: Responses, Link to Sheets), or name the tab with the responses in ResponseTab."
                : $"It has no tab called '{form.ResponseTab}', only {ResponseTab.Named(seen)}. Correct ResponseTab.");
        var headers = HeaderRow.From(await spreadsheet.ReadHeaderAsync(tab.Title, cancellationToken));
        var barred = (seen.Sheets ?? []).Where(sheet => sheet.Properties?.SheetId == tab.SheetId)
            .SelectMany(sheet => sheet.ProtectedRanges ?? [])
            .Where(range => range is { WarningOnly: not true, RequestingUserCanEdit: false })
            .Select(range => string.IsNullOrWhiteSpace(range.Description) ? "a protected range without a description" : $"'{range.Description}'");
        var tabs = (seen.Sheets ?? []).Select(sheet => sheet.Properties?.Title).OfType<string>();
        return new SpreadsheetInspection(seen.Properties?.Title ?? "", tab.TimeZone, tab.Title, tab.SheetId, headers.Texts, [.. tabs], [.. barred])
        {
            Owner = new InstallationMarks(spreadsheet).OwnerIn(tab, headers),
            Own = await new OwnColumnsInSheet(spreadsheet, NullLogger<OwnColumnsInSheet>.Instance).LookAsync(tab, headers, own, cancellationToken),
        };
    }

    /// <summary>Asks for a change that changes nothing: a text that nobody has written is replaced wherever it stands.</summary>
    /// <exception cref="SheetUnavailableException">The account may not write.</exception>
    public Task TryWritingAsync(ResponseSheetSettings form, int tab, CancellationToken cancellationToken) => Open(form).ChangeAsync(
        [
            new Request
            {
                FindReplace = new FindReplaceRequest
                {
                    Find = string.Create(CultureInfo.InvariantCulture, $"formsflow-check-{Guid.NewGuid():N}"), Replacement = "", MatchCase = true, SheetId = tab,
                },
            },
        ],
        null, cancellationToken);

    public void Dispose()
    {
        _service.Dispose();
        _clients.Dispose();
    }

    FormSpreadsheet Open(ResponseSheetSettings form) => SpreadsheetAddress.TryRead(form.Spreadsheet, out var id, out var problem)
        ? new FormSpreadsheet(_service, form, id, Account)
        : throw new SheetUnavailableException(form.Form, SheetTrouble.NotFound, $"Spreadsheet {problem}");
}

/// <param name="ResponseTab">Where the responses are.</param>
/// <param name="Headers">Its header row.</param>
/// <param name="Barred">Protections in it that the account may not write through.</param>
public sealed record SpreadsheetInspection(
    string Title, string TimeZone, string ResponseTab, int SheetId, IReadOnlyList<string> Headers, IReadOnlyList<string> Tabs, IReadOnlyList<string> Barred)
{
    /// <summary>The installation that works on the sheet; null if none has marked it.</summary>
    public string? Owner { get; init; }

    /// <summary>Those of FormsFlow's columns that are there, each with what it is headed now.</summary>
    public IReadOnlyList<(OwnColumn Column, string Header)> Own { get; init; } = [];
}
