using FormsFlow.SheetsEmulator.Accounts;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Pages;
using FormsFlow.SheetsEmulator.Storage;
using FormsFlow.SheetsEmulator.Viewing;
using Microsoft.AspNetCore.Http.Json;

namespace FormsFlow.SheetsEmulator.Hosting;

/// <summary>What the emulator is made of, and what it answers.</summary>
internal static class SheetsEmulatorServices
{
    public static IServiceCollection AddSheetsEmulator(this IServiceCollection services, SheetsEmulatorOptions options)
    {
        var accounts = options.DataDirectory is { } data ? Path.Combine(data, "accounts") : null;
        var spreadsheets = options.DataDirectory is { } root ? Path.Combine(root, "spreadsheets") : null;

        // Signals are for the process that hosts the emulator.
        services.AddSingleton<IHostLifetime, HostedLifetime>();
        services.AddRouting();
        services.Configure<JsonOptions>(ControlEndpoints.ConfigureJson);
        services.AddSingleton(options);
        services.AddSingleton(options.Time);

        services.AddSingleton(_ => SpreadsheetStore.Open(spreadsheets, options.Time));
        services.AddSingleton(_ => UploadedFiles.Open(options.DataDirectory is { } folder ? Path.Combine(folder, "files") : null, options.Drive, options.Time));
        services.AddSingleton<FormResponses>();
        services.AddSingleton<SheetViews>();
        services.AddSingleton<SheetEditing>();

        services.AddSingleton(_ => ServiceAccounts.Open(accounts));
        services.AddSingleton(_ => AccessTokens.Open(accounts, options.Time));
        services.AddSingleton<TokenEndpoint>();

        services.AddSingleton<Faults>();
        services.AddSingleton<RequestHooks>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton(_ => new Quotas(options.Time) { Limits = options.Quotas });
        services.AddSingleton<SheetsApi>();
        services.AddEmulatorPages();
        return services;
    }

    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public static void MapSheetsEmulator(this WebApplication app)
    {
        var api = app.Services.GetRequiredService<SheetsApi>();
        app.MapPost("/token", api.HandleTokenAsync);
        app.Map("/v4/{**path}", api.HandleAsync);
        app.MapControls();
        app.MapEmulatorPages();
        app.MapGet("/healthz", () => "ok");
    }
}
