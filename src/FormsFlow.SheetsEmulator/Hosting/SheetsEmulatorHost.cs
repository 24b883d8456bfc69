using System.Net;
using FormsFlow.SheetsEmulator.Accounts;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Storage;
using FormsFlow.SheetsEmulator.Viewing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FormsFlow.SheetsEmulator.Hosting;

/// <summary>A running emulator: its address, what it holds, and the controls that tests and the demo use.</summary>
public sealed class SheetsEmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FolderLock? _lock;

    private SheetsEmulatorHost(WebApplication app, Uri baseAddress, FolderLock? folderLock) => (_app, BaseAddress, _lock) = (app, baseAddress, folderLock);

    /// <summary>What clients take for <c>https://sheets.googleapis.com/</c>.</summary>
    public Uri BaseAddress { get; }

    public SpreadsheetStore Store => _app.Services.GetRequiredService<SpreadsheetStore>();

    public FormResponses Forms => _app.Services.GetRequiredService<FormResponses>();

    public SheetViews Views => _app.Services.GetRequiredService<SheetViews>();

    public SheetEditing Editing => _app.Services.GetRequiredService<SheetEditing>();

    public ServiceAccounts Accounts => _app.Services.GetRequiredService<ServiceAccounts>();

    /// <summary>Failures to come.</summary>
    public Faults Faults => _app.Services.GetRequiredService<Faults>();

    public Quotas Quotas => _app.Services.GetRequiredService<Quotas>();

    /// <summary>Steps in before and after requests.</summary>
    public RequestHooks Hooks => _app.Services.GetRequiredService<RequestHooks>();

    /// <summary>What was asked and answered, with sizes.</summary>
    public RequestLog Log => _app.Services.GetRequiredService<RequestLog>();

    /// <summary>
    /// The credentials of a service account in Google's JSON, its token endpoint being this emulator. Made the first time; the same account
    /// keeps its key across restarts.
    /// </summary>
    public string CredentialsOf(string account = "formsflow") => Accounts.CredentialsOf(account, new Uri(BaseAddress, "token"));

    /// <summary>Listens when it returns. Disposing stops it and folds the journals into snapshots.</summary>
    /// <exception cref="FolderInUseException">Another emulator keeps its spreadsheets in this folder.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SheetsEmulatorHost> StartAsync(SheetsEmulatorOptions options, CancellationToken cancellationToken)
    {
        var folderLock = options.DataDirectory is { } data ? FolderLock.Take(data) : null;
        try
        {
            return await StartAsync(options, folderLock, cancellationToken);
        }
        catch
        {
            folderLock?.Dispose();
            throw;
        }
    }

    private static async Task<SheetsEmulatorHost> StartAsync(SheetsEmulatorOptions options, FolderLock? folderLock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SheetsEmulatorHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 << 20;
            kestrel.Limits.MaxRequestLineSize = 32 << 10;
            // A port of one's choice is reached as localhost, whichever of its two addresses a program takes that for.
            if (options.Port != 0 && IPAddress.Loopback.Equals(options.Address))
                kestrel.ListenLocalhost(options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            else
                kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        options.Logging?.Invoke(builder.Logging);
        builder.Services.AddSheetsEmulator(options);
        var app = builder.Build();
        try
        {
            app.MapSheetsEmulator();
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        var host = new SheetsEmulatorHost(app, new Uri(app.Urls.First().TrimEnd('/') + "/"), folderLock);
        folderLock?.Announce(host.BaseAddress);
        host.OfferForm(options);
        return host;
    }

    private void OfferForm(SheetsEmulatorOptions options)
    {
        if (options.Form is { } form && !Store.List().Any(s => s.FormTitle == form.Title))
            Forms.CreateSpreadsheet(form, options.TimeZone);
    }

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
        _lock?.Dispose();
    }
}
