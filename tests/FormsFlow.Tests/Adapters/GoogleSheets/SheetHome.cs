using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.GoogleSheets.Responses;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

/// <summary>An emulator with a form and its responses, and the adapter as the hosts register it, talking over HTTP.</summary>
sealed class SheetHome : IAsyncDisposable
{
    public const string Email = "formsflow@formsflow-emulator.iam.gserviceaccount.com";
    public static readonly string[] Own = ["FormsFlow ID", "Status", "Business decision", "Technology decision"];

    readonly ServiceProvider _services;

    SheetHome(SheetsEmulatorHost emulator, string id, ServiceProvider services, HurriedTime time) =>
        (Emulator, Id, _services, Time) = (emulator, id, services, time);

    public SheetsEmulatorHost Emulator { get; }

    public string Id { get; }

    public HurriedTime Time { get; }

    public IResponseSheet Sheet => _services.GetRequiredService<IResponseSheets>().Of("proposals");

    public int TabId => Emulator.Store.Read(Id, s => s.Sheets[0].Id);

    /// <summary>What came to the API since the log was reset, tokens left out.</summary>
    public IReadOnlyList<LoggedRequest> Asked => [.. Emulator.Log.Requests.Where(request => request.Method != "token")];

    public static SheetHome Open(SheetsEmulatorHost emulator, int responses, Func<ResponseSheetSettings, ResponseSheetSettings>? change)
    {
        var form = new FormDefinition
        {
            Title = "Proposals",
            CollectEmail = true,
            Sections = [new FormSection { Questions = [.. new[] { "Product title", "Deadline", "Anything else?" }.Select(title => new FormQuestion { Title = title })] }],
        };
        var id = emulator.Forms.CreateSpreadsheet(form, "America/Denver");
        for (var i = 1; i <= responses; i++) Submit(emulator, id, $"Product {i}");
        var time = new HurriedTime(new GoogleOptions().AttemptTimeout);
        return new SheetHome(emulator, id, Services(emulator, id, time, change), time);
    }

    static void Submit(SheetsEmulatorHost emulator, string id, string product, string deadline = "8/15/2027") => emulator.Forms.Submit(
        id, new Dictionary<string, string>(StringComparer.Ordinal) { ["Product title"] = product, ["Deadline"] = deadline }, "teacher@district.example");

    static ServiceProvider Services(SheetsEmulatorHost emulator, string id, HurriedTime time, Func<ResponseSheetSettings, ResponseSheetSettings>? change)
    {
        var settings = new ResponseSheetSettings("proposals", $"https://docs.google.com/spreadsheets/d/{id}/edit#gid=0");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Google:Credentials"] = emulator.CredentialsOf(),
            ["Google:BaseAddress"] = emulator.BaseAddress.ToString(),
        }).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(time)
            .AddLogging()
            .AddGoogleSheets(_ => [change is null ? settings : change(settings)])
            .BuildServiceProvider();
    }

    /// <summary>The adapter of another process on the same sheet.</summary>
    public ServiceProvider Another(Func<ResponseSheetSettings, ResponseSheetSettings>? change = null) => Services(Emulator, Id, Time, change);

    public void Submit(string product, string deadline = "8/15/2027") => Submit(Emulator, Id, product, deadline);

    public void ForgetRequests() => Emulator.Log.Reset();

    /// <summary>What a cell of the responses holds; row and column from 0.</summary>
    public object? Cell(int row, int column) => Emulator.Store.Read(Id, s => s.Sheets[0][row, column]?.Value);

    public string[] Header() => Emulator.Store.Read(Id, s => Enumerable.Range(0, s.Sheets[0].Layout.ColumnCount).Select(c => s.Sheets[0][0, c]?.Value as string ?? "").ToArray());

    public void Type(int row, int column, string text) => Emulator.Editing.EditCell(Id, TabId, row, column, text);

    /// <summary>Puts many cells in at once, as no person could.</summary>
    public void Fill(int row, int column, object?[][] cells) => Emulator.Store.Write(Id, t =>
    {
        var sheet = t.Spreadsheet.Sheets[0];
        if (row + cells.Length > sheet.Layout.RowCount) t.Apply(new SetLayout(sheet.Layout with { RowCount = row + cells.Length }));
        t.Apply(new SetCells(sheet.Id, row, column, Array.ConvertAll(cells, line => Array.ConvertAll(line, value => (Cell?)new Cell(value)))));
    });

    /// <summary>Replaces the header row and puts whole rows below it, from the given row and column on.</summary>
    public void Fill(int row, int column, Cell?[] header, Cell?[][] rows) => Emulator.Store.Write(Id, t =>
    {
        var sheet = t.Spreadsheet.Sheets[0];
        if (column + header.Length > sheet.Layout.ColumnCount) t.Apply(new SetLayout(sheet.Layout with { ColumnCount = column + header.Length }));
        t.Apply(new SetCells(sheet.Id, row, column, [header, .. rows]));
    });

    /// <summary>A bookmark as the intake would take it now: the last row, and these rows as a sample.</summary>
    public async Task<SheetBookmark> BookmarkAsync(params int[] sample)
    {
        string[] keys = ["FormsFlow ID", "Timestamp"];
        var headers = await Sheet.PrepareAsync(Own, CancellationToken.None);
        var rows = await Sheet.ReadColumnsAsync(keys, CancellationToken.None);
        return new SheetBookmark(
            headers, keys, rows.Count == 0 ? 1 : rows[^1].Number, rows.Count == 0 ? [] : rows[^1].Cells, [.. rows.Where(row => sample.Contains(row.Number))]);
    }

    /// <summary>A look at a tab through the API, as the sheet shows it.</summary>
    public async Task<FormsFlow.GoogleSheets.Client.Sheet> LookAsync(string tab)
    {
        var options = new GoogleOptions { Credentials = Emulator.CredentialsOf(), BaseAddress = Emulator.BaseAddress };
        Assert.True(ServiceAccount.TryRead(options, out var account, out _));
        using var service = new SheetsService(new Google.Apis.Services.BaseClientService.Initializer
        {
            ApplicationName = "FormsFlow",
            BaseUri = Emulator.BaseAddress.ToString(),
            HttpClientInitializer = account.Over(new Google.Apis.Http.HttpClientFactory()),
            Serializer = new SheetsJson(),
        });
        var request = service.Spreadsheets.Get(Id);
        request.Ranges = A1.Tab(tab);
        request.IncludeGridData = true;
        return (await request.ExecuteAsync()).Sheets!.Single();
    }

    /// <summary>Gives up the adapter only: the emulator is gone already.</summary>
    public ValueTask CloseAsync() => _services.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Emulator.Hooks.Before = Emulator.Hooks.After = null;
        Emulator.Faults.Clear();
        Emulator.Store.Delete(Id);
        Emulator.Log.Reset();
    }
}

/// <summary>One emulator for the tests of a class, which run one after another; each has a spreadsheet of its own.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    SheetsEmulatorHost? _emulator;

    public async ValueTask InitializeAsync() => _emulator = await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions(), CancellationToken.None);

    internal Task<SheetHome> HomeAsync(int responses = 3, Func<ResponseSheetSettings, ResponseSheetSettings>? change = null) =>
        Task.FromResult(SheetHome.Open(_emulator!, responses, change));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _emulator, null) is { } emulator) await emulator.DisposeAsync();
    }
}

/// <summary>The same sheet, whatever form is asked for.</summary>
sealed class OneSheet(IResponseSheet sheet) : IResponseSheets
{
    public IResponseSheet Of(string form) => sheet;
}

static class PreparedByName
{
    /// <summary>Columns that have no key: what they are called is who they are.</summary>
    public static Task<IReadOnlyList<string>> PrepareAsync(this IResponseSheet sheet, IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        sheet.PrepareAsync([.. names.Select(name => new OwnColumn(name))], cancellationToken);
}
