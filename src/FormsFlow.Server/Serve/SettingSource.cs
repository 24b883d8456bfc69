using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace FormsFlow.Server.Serve;

/// <summary>Where a setting was written.</summary>
static class SettingSource
{
    /// <param name="name">With colons.</param>
    /// <returns>" (in the settings file)", " (the environment variable …)"; empty if it is from elsewhere.</returns>
    public static string Of(IConfiguration configuration, string name)
    {
        if (configuration is not IConfigurationRoot root) return "";
        // The last one that has it wins.
        return root.Providers.LastOrDefault(provider => provider.TryGet(name, out _)) switch
        {
            ChainedConfigurationProvider { Configuration: var inner } => Of(inner, name),
            EnvironmentVariablesConfigurationProvider => $" (the environment variable {name.Replace(":", "__", StringComparison.Ordinal)})",
            MemoryConfigurationProvider => " (in the settings file)",
            _ => "",
        };
    }
}
