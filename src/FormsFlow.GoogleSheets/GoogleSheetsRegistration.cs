using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Http;
using FormsFlow.GoogleSheets.Responses;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.GoogleSheets;

public static class GoogleSheetsRegistration
{
    /// <summary>Adds the response sheets. <see cref="GoogleOptions"/> come from the section "Google" and are checked at start.</summary>
    /// <param name="forms">Where each form's responses are.</param>
    /// <param name="sockets">What carries the requests; sockets of its own if null.</param>
    public static IServiceCollection AddGoogleSheets(
        this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<ResponseSheetSettings>> forms, Func<HttpMessageHandler>? sockets = null)
    {
        services.AddOptions<GoogleOptions>()
            .Configure<IConfiguration>((options, configuration) => GoogleSettings.Bind(configuration.GetSection(GoogleOptions.Section), options))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<GoogleOptions>, GoogleOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RetryHandler(
            provider.GetRequiredService<IOptions<GoogleOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RetryHandler>>()));
        services.AddSingleton(provider => new GoogleHttpClientFactory(
            provider.GetRequiredService<RetryHandler>(),
            provider.GetRequiredService<IOptions<GoogleOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            sockets));
        services.AddSingleton(provider => new ResponseSheets(
            provider.GetRequiredService<IOptions<GoogleOptions>>(),
            forms(provider),
            provider.GetRequiredService<GoogleHttpClientFactory>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IResponseSheets>(provider => provider.GetRequiredService<ResponseSheets>());
        return services;
    }
}
