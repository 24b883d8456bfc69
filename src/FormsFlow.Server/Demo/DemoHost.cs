using System.Globalization;
using FormsFlow.Application.Links;
using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using FormsFlow.Server.Engine;
using FormsFlow.Server.Hosting;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.Server.Demo;

/// <summary>Everything on one machine: a stand-in for Google with the form and the sheet, FormsFlow itself, and an inbox for every mail.</summary>
public sealed class DemoHost : IAsyncDisposable
{
    /// <summary>So often does the demo look at the sheet: soon enough that nobody wonders.</summary>
    static readonly SheetLoopOptions Loop = new(PollEvery: TimeSpan.FromSeconds(2), GatherFor: TimeSpan.FromMilliseconds(300));

    readonly WebApplication _app;

    DemoHost(WebApplication app, SheetsEmulatorHost emulator, DemoFolder folder, DemoClock clock, Uri address, string spreadsheet)
    {
        (_app, Emulator, Folder, Clock, Address, Spreadsheet) = (app, emulator, folder, clock, address, spreadsheet);
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
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<DemoHost> StartAsync(DemoFolder folder, int port, TimeSpan shortestReading, CancellationToken cancellationToken)
    {
        var clock = new DemoClock(folder.Clock);
        var emulator = await SheetsEmulatorHost.StartAsync(
            new SheetsEmulatorOptions
            {
                DataDirectory = folder.Sheets,
                Port = port == 0 ? 0 : port + 1,
                Form = FormResponses.Load(SampleFiles.Find("proposal-form.json")) with { Id = DemoDistrict.Form },
                Time = clock,
            },
            cancellationToken);
        try
        {
            return await StartAsync(folder, port == 0 ? FreePort.Find() : port, shortestReading, clock, emulator, cancellationToken);
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    static async Task<DemoHost> StartAsync(
        DemoFolder folder, int port, TimeSpan shortestReading, DemoClock clock, SheetsEmulatorHost emulator, CancellationToken cancellationToken)
    {
        var spreadsheet = emulator.Store.List().First(sheet => sheet.FormTitle is not null).Id;
        var form = emulator.Forms.FormOf(spreadsheet) ?? throw new InvalidOperationException($"The spreadsheet {spreadsheet} has lost its form; start over with --reset.");
        await File.WriteAllTextAsync(folder.Credentials, emulator.CredentialsOf(), cancellationToken);

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));
        var installation = DemoDistrict.Create(address, new Uri(emulator.BaseAddress, $"forms/{form.Id}"), shortestReading);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(DemoHost).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Google:CredentialsFile"] = folder.Credentials,
            ["Google:BaseAddress"] = emulator.BaseAddress.ToString(),
            ["Mail:Sender"] = "PickupFolder",
            ["Mail:PickupFolder:Path"] = folder.Mail,
            ["Mail:From:Name"] = $"{installation.District}, {form.Title.Split(':')[0]}",
            ["Mail:From:Address"] = "formsflow@pinecreek.example",
        });
        builder.Logging.AddFilter("FormsFlow", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(clock)
            .AddSingleton(folder)
            .AddSingleton(emulator)
            .AddSingleton(new DemoPlaces(new Uri(emulator.BaseAddress, $"forms/{form.Id}"), new Uri(emulator.BaseAddress, $"spreadsheets/d/{spreadsheet}"), spreadsheet))
            .AddSingleton<Inbox>()
            .AddOneMachine(
                builder.Configuration, installation, new LinkSigner([folder.LinkKey()]), folder.Store,
                [new ResponseSheetSettings(DemoDistrict.Form, spreadsheet)], Loop);

        var app = builder.Build();
        app.MapOneMachine();
        app.MapDemo();
        await app.StartAsync(cancellationToken);
        return new DemoHost(app, emulator, folder, clock, address, spreadsheet);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // What is in hand is finished before the store closes under it.
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}

/// <summary>Where a newcomer goes from the start page.</summary>
/// <param name="Spreadsheet">The id of the response spreadsheet.</param>
public sealed record DemoPlaces(Uri Form, Uri Sheet, string Spreadsheet)
{
    /// <summary>The FormsFlow tab, once there is one: the outcome is seen there without scrolling.</summary>
    public Uri Dashboard(SheetsEmulatorHost emulator) =>
        emulator.Views.Window(Spreadsheet, rows: 0).Tabs.FirstOrDefault(tab => !tab.IsFormTab) is { } tab
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"{Sheet}?tab={tab.SheetId}"))
            : Sheet;
}
