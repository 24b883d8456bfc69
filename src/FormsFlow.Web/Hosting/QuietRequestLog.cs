using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Web.Hosting;

/// <summary>
/// Links carry their proof in the path. ASP.NET Core writes every path into its request log and into the scope around each line
/// of a request, so that category is off: also where the settings turn everything up, and for each provider that has rules of its own.
/// </summary>
sealed class QuietRequestLog : IPostConfigureOptions<LoggerFilterOptions>
{
    const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var providers = options.Rules.Select(rule => rule.ProviderName).Distinct(StringComparer.Ordinal).Append(null).ToList();
        // Of rules for the same category the last one counts; a rule that names the provider counts more than one that does not.
        foreach (var provider in providers) options.Rules.Add(new LoggerFilterRule(provider, Category, LogLevel.None, null));
    }
}
