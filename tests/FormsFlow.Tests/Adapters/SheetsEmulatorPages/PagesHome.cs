using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.SheetsEmulatorPages;

/// <summary>An emulator with one form, and a browser without JavaScript.</summary>
public abstract class PagesHome : IAsyncLifetime
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 30, 5, TimeSpan.Zero));

    protected SheetsEmulatorHost Emulator { get; private set; } = null!;

    protected HttpClient Browser { get; private set; } = null!;

    protected virtual FormDefinition Form { get; } = new()
    {
        Id = "proposals",
        Title = "Proposals & more",
        CollectEmail = true,
        AllowEdit = true,
        Confirmation = "Thank you.",
        Sections =
        [
            new()
            {
                Title = "The product",
                Questions =
                [
                    new() { Title = "Product title", Required = true },
                    new() { Title = "What is it?", Type = "paragraph" },
                    new() { Title = "Data?", Type = "choice", Options = ["No", "Yes, nightly"], Required = true },
                    new() { Title = "Grades", Type = "checkboxes", Options = ["K-5", "6-8", "9-12"] },
                    new() { Title = "Deadline", Type = "date" },
                ],
            },
        ],
    };

    protected string SpreadsheetId => Emulator.Store.List()[0].Id;

    protected int TabId => Emulator.Store.Read(SpreadsheetId, s => s.Sheets[0].Id);

    protected string Sheet => $"/spreadsheets/d/{SpreadsheetId}";

    public async ValueTask InitializeAsync()
    {
        Emulator = await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions { Form = Form, Time = Time }, TestContext.Current.CancellationToken);
        Browser = new HttpClient { BaseAddress = Emulator.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<IDocument> OpenAsync(string address) => (await ReadAsync(await Browser.GetAsync(new Uri(address, UriKind.Relative)))).Page;

    /// <summary>Sends a form as a browser does; redirects are followed.</summary>
    protected async Task<(HttpStatusCode Status, IDocument Page, Uri Address)> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await ReadAsync(await Browser.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), content));
    }

    /// <summary>Does something with a cell on the sheet page.</summary>
    protected Task<(HttpStatusCode Status, IDocument Page, Uri Address)> DoAsync(string action, string cell, params (string Name, string Value)[] more) =>
        PostAsync(Sheet, [("do", action), ("tab", $"{TabId}"), ("cell", cell), .. more]);

    /// <summary>Adds a response through the programs' way in, and returns its id.</summary>
    protected async Task<string> RespondAsync(string product, string? email = "ann@school.example", string? what = null)
    {
        using var answer = await Browser.PostAsJsonAsync("/forms/proposals/responses",
            new { email, answers = new Dictionary<string, string?> { ["Product title"] = product, ["What is it?"] = what } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("responseId").GetString()!;
    }

    protected object? Value(string cell)
    {
        var range = FormsFlow.SheetsEmulator.Pages.Tabular.Spot.Parse(cell)!.Value;
        return Emulator.Store.Read(SpreadsheetId, s => s.Sheets[0][range.Row, range.Column]?.Value);
    }

    protected IEnumerable<string?> Products() =>
        Emulator.Store.Read(SpreadsheetId, s => Enumerable.Range(1, Math.Max(0, s.Sheets[0].EndOfContent() - 1)).Select(r => s.Sheets[0][r, 2]?.Value as string).ToList());

    /// <summary>Changes the tab's layout as a client of the API would.</summary>
    protected void Arrange(Func<SheetLayout, SheetLayout> change) =>
        Emulator.Store.Write(SpreadsheetId, t => t.Apply(new SetLayout(change(t.Spreadsheet.Sheets[0].Layout))));

    private static async Task<(HttpStatusCode Status, IDocument Page, Uri Address)> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, new HtmlParser().ParseDocument(html), answer.RequestMessage!.RequestUri!);
        }
    }
}
