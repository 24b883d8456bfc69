using FormsFlow.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Storage.Sqlite;

public static class SqliteStoreRegistration
{
    /// <summary>
    /// Remembers proposals in a SQLite file, opened when the store is first asked for and closed with the container.
    /// Uses the container's <see cref="TimeProvider"/>, if it has one.
    /// </summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, Action<SqliteStoreOptions> configure)
    {
        services.AddOptions<SqliteStoreOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IProposalStore>(provider => SqliteProposalStore.Open(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value,
            provider.GetRequiredService<ILogger<SqliteProposalStore>>(),
            provider.GetService<TimeProvider>()));
        return services
            .AddSingleton(provider => (IProposalArchive)provider.GetRequiredService<IProposalStore>())
            .AddSingleton(provider => (IReleaseMemory)provider.GetRequiredService<IProposalStore>());
    }
}
