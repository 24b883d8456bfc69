using FormsFlow.Server.Serve;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Storage.Sqlite;

namespace FormsFlow.Server.Hosting;

static class ChosenStore
{
    public static IServiceCollection AddStore(this IServiceCollection services, StoreSettings store) => store switch
    {
        StoreSettings.Sqlite sqlite => services.AddSqliteStore(options => options.Path = sqlite.File),
        StoreSettings.AzureTables tables => services.AddAzureTablesStore(options =>
            (options.ConnectionString, options.Endpoint, options.Prefix) = (tables.Options.ConnectionString, tables.Options.Endpoint, tables.Options.Prefix)),
        _ => throw new InvalidOperationException($"Nobody has said how {store} is opened."),
    };
}
