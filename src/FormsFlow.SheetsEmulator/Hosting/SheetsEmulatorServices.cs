using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Storage;
using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.SheetsEmulator.Hosting;

internal static class SheetsEmulatorServices
{
    public static IServiceCollection AddSheetsEmulator(this IServiceCollection services, SheetsEmulatorOptions options)
    {
        services.AddRoutingCore();
        services.AddSingleton(options);
        services.AddSingleton(options.Time);
        services.AddSingleton(_ => SpreadsheetStore.Open(options.DataDirectory is { } data ? Path.Combine(data, "spreadsheets") : null, options.Time));
        services.AddSingleton<FormResponses>();
        services.AddSingleton<SheetViews>();
        services.AddSingleton<SheetEditing>();
        return services;
    }

    public static void MapSheetsEmulator(this WebApplication app)
    {
        app.MapGet("/healthz", () => "ok");
    }
}
