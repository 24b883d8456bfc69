using System.Globalization;
using FormsFlow.Application.Links;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using FormsFlow.GoogleSheets.Dashboards;
using FormsFlow.Server.Engine;
using FormsFlow.Server.Hosting;
using FormsFlow.Server.Serve;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.SheetsEmulator.Pages.Tabular;

namespace FormsFlow.Server.Demo;

/// <summary>Everything on one machine: a stand-in for Google with the form and the sheet, FormsFlow itself, and an inbox for every mail.</summary>
public sealed class DemoHost : IAsyncDisposable
{
    /// <summary>So often does the demo look at the sheet: soon enough that nobody wonders.</summary>
    static readonly SheetLoopOptions Loop = new(PollEvery: TimeSpan.FromSeconds(2), GatherFor: TimeSpan.FromMilliseconds(300));

    readonly WebApplication _app;
    readonly FolderLock _lock;

    DemoHost(WebApplication app, FolderLock folderLock, SheetsEmulatorHost emulator, DemoFolder folder, DemoClock clock, Uri address, string spreadsheet)
    {
        (_app, _lock, Emulator, Folder, Clock, Address, Spreadsheet) = (app, folderLock, emulator, folder, clock, address, spreadsheet);
    }

    /// <summary>Where the start page is.</summary>
    public Uri Address { get; }

    public SheetsEmulatorHost Emulator { get; }

    public DemoFolder Folder { get; }

    public DemoClock Clock { get; }

    /// <summary>The id of the response spreadsheet in the emulator.</summary>
    public string Spreadsheet { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="port">Of the pages; the stand-in for Google takes the next one. 0 takes two free ones.</param>
    /// <param name="shortestReading">See <see cref="Installation.ShortestReading"/>.</param>
    /// <exception cref="FolderInUseException">A demo runs in the folder.</exception>
    /// <exception cref="PortTakenException">A port is taken; the folder was not touched.</exception>
    public static async Task<DemoHost> StartAsync(DemoFolder folder, int port, TimeSpan shortestReading, CancellationToken cancellationToken)
    {
        folder.RequireFree();
        if (port == 0) port = DemoPorts.FindAny();
        else DemoPorts.RequireFree(port);

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));
        var folderLock = folder.Take();
        try
        {
            var clock = new DemoClock(folder.Clock);
            var emulator = await SheetsEmulatorHost.StartAsync(
                new SheetsEmulatorOptions
                {
                    DataDirectory = folder.Sheets,
                    Port = port + 1,
                    Form = FormResponses.Load(SampleFiles.Find("proposal-form.json")) with { Id = DemoDistrict.Form },
                    Time = clock,
                    // Not over because somebody moved the clock, twice in a row in the middle of a request.
                    TokenLifetime = TimeSpan.FromDays(3650),
                    Drive = new Uri($"http://localhost:{port + 1}/"),
                    Around = DemoBar.Links(address),
                    AfterResponse = new PageLink("Next: read the e\u2011mails", new Uri(address, "inbox")),
                },
                cancellationToken);
            try
            {
                var demo = await StartAsync(folder, folderLock, address, shortestReading, clock, emulator, cancellationToken);
                folderLock.Announce(address);
                return demo;
            }
            catch
            {
                await emulator.DisposeAsync();
                throw;
            }
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    static async Task<DemoHost> StartAsync(
        DemoFolder folder, FolderLock folderLock, Uri address, TimeSpan shortestReading, DemoClock clock, SheetsEmulatorHost emulator, CancellationToken cancellationToken)
    {
        var spreadsheet = emulator.Store.List().First(sheet => sheet.FormTitle is not null).Id;
        var form = emulator.Forms.FormOf(spreadsheet) ?? throw new InvalidOperationException($"The spreadsheet {spreadsheet} has lost its form; start over with --reset.");
        await File.WriteAllTextAsync(folder.Credentials, emulator.CredentialsOf(), cancellationToken);

        var installation = DemoDistrict.Create(clock.GetUtcNow(), address, new Uri(emulator.BaseAddress, $"forms/{form.Id}"), shortestReading);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DemoHost).Assembly.GetName().Name,
            // A watch goes over the current folder and every folder below it, and waits until it has gone through them all: started in somebody's home, that is a long way.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Google:CredentialsFile"] = folder.Credentials,
            ["Google:BaseAddress"] = emulator.BaseAddress.ToString(),
            ["Mail:Sender"] = "PickupFolder",
            ["Mail:PickupFolder:Path"] = folder.Mail,
            ["Mail:From:Name"] = $"{installation.District}, {form.Title.Split(':')[0]}",
            ["Mail:From:Address"] = DemoDistrict.Sender,
        });
        builder.Logging.AddFilter("FormsFlow", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(address.Port));
        builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(clock)
            .AddSingleton(folder)
            .AddSingleton(emulator)
            .AddSingleton(new DemoPlaces(new Uri(emulator.BaseAddress, $"forms/{form.Id}"), new Uri(emulator.BaseAddress, $"spreadsheets/d/{spreadsheet}"), new Uri(emulator.BaseAddress, "#break"), spreadsheet))
            .AddSingleton<Inbox>()
            .AddSingleton<DemoTime>()
            .AddOneMachine(
                builder.Configuration, installation, new LinkSigner([folder.LinkKey()]), new StoreSettings.Sqlite(folder.Store),
                [new ResponseSheetSettings(DemoDistrict.Form, spreadsheet)], Loop);

        var app = builder.Build();
        app.UseDemoBar(address);
        app.MapOneMachine();
        app.MapDemo();
        await app.StartAsync(cancellationToken);
        return new DemoHost(app, folderLock, emulator, folder, clock, address, spreadsheet);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // What is in hand is finished before the store closes under it.
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Emulator.DisposeAsync();
        _lock.Dispose();
    }
}

/// <summary>Where a newcomer goes from the start page.</summary>
/// <param name="Dares">What to do to the sheet.</param>
/// <param name="Spreadsheet">The id of the response spreadsheet.</param>
public sealed record DemoPlaces(Uri Form, Uri Sheet, Uri Dares, string Spreadsheet)
{
    const int MostResponses = 5;

    /// <summary>The FormsFlow tab, once there is one, at the column of the statuses: on a phone, too, the outcome is seen there without scrolling.</summary>
    public Uri Dashboard(SheetsEmulatorHost emulator) =>
        emulator.Views.Window(Spreadsheet, rows: 0).Tabs.FirstOrDefault(tab => !tab.IsFormTab) is { } tab ? At(emulator, tab.SheetId, DashboardColumn.StatusHeader) : Sheet;

    /// <summary>The newest responses, each with where it is edited: Google mails that link with the copy of a response, and the stand-in mails nothing.</summary>
    public IReadOnlyList<PageLink> Responses(SheetsEmulatorHost emulator) =>
    [
        .. emulator.Forms.List(Spreadsheet).Take(MostResponses).Select(response =>
            new PageLink(Title(emulator, response), new Uri($"{Form}/responses/{response.Id}"))),
    ];

    /// <summary>The first answer of a response, which is the product's title.</summary>
    string Title(SheetsEmulatorHost emulator, FormResponse response) =>
        emulator.Forms.FormOf(Spreadsheet)?.Questions.Select(question => response.Answers.GetValueOrDefault(question.Id, "")).FirstOrDefault(answer => answer.Length > 0) ?? "A response";

    /// <summary>The tab of the responses, at the column that says where each stands: it is far to the right of what people have answered.</summary>
    public Uri Statuses(SheetsEmulatorHost emulator) =>
        emulator.Views.Window(Spreadsheet, rows: 0).Tabs.FirstOrDefault(tab => tab.IsFormTab) is { } tab ? At(emulator, tab.SheetId, OwnColumns.Id) : Sheet;

    /// <summary>A tab at the first cell that says just this, near its top.</summary>
    Uri At(SheetsEmulatorHost emulator, int tab, string text)
    {
        var spots = from row in emulator.Views.Window(Spreadsheet, tab, rows: 10).Rows
                    from cell in row.Cells.Index()
                    where cell.Item?.Text == text
                    select new Spot(row.Index, cell.Index);
        var spot = spots.Select(found => $"&cell={found}").FirstOrDefault("");
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{Sheet}?tab={tab}{spot}"));
    }
}
