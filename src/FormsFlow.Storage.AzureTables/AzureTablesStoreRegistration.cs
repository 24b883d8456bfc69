using FormsFlow.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Storage.AzureTables;

public static class AzureTablesStoreRegistration
{
    /// <summary>
    /// Remembers proposals in the tables and blobs of a storage account, which is first asked when the store is first used.
    /// Uses the container's <see cref="TimeProvider"/>, if it has one.
    /// </summary>
    public static IServiceCollection AddAzureTablesStore(this IServiceCollection services, Action<AzureTablesStoreOptions> configure)
    {
        services.AddOptions<AzureTablesStoreOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureTablesStoreOptions>, AzureTablesStoreOptionsValidator>();
        services.AddSingleton(provider => new AzureTablesProposalStore(
            provider.GetRequiredService<IOptions<AzureTablesStoreOptions>>().Value,
            provider.GetRequiredService<ILogger<AzureTablesProposalStore>>(),
            provider.GetService<TimeProvider>()));
        services.AddSingleton<IProposalStore>(provider => provider.GetRequiredService<AzureTablesProposalStore>());
        services.AddSingleton<IProposalArchive>(provider => provider.GetRequiredService<AzureTablesProposalStore>());
        return services.AddSingleton<IStoreCondition>(provider => provider.GetRequiredService<AzureTablesProposalStore>());
    }
}
