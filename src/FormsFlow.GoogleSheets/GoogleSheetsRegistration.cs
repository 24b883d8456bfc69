using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Http;
using FormsFlow.GoogleSheets.Responses;
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
        services.AddOptions<GoogleOptions>().BindConfiguration(GoogleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<GoogleOptions>, GoogleOptionsCheck>();
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

    /// <summary>What annotations cannot say: whether the key is one, and whether the address is.</summary>
    sealed class GoogleOptionsCheck : IValidateOptions<GoogleOptions>
    {
        public ValidateOptionsResult Validate(string? name, GoogleOptions options)
        {
            var problems = new List<string>();
            if (!ServiceAccount.TryRead(options, out _, out var problem)) problems.Add(problem);
            if (options.BaseAddress is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")))
                problems.Add($"{GoogleOptions.Section}:{nameof(GoogleOptions.BaseAddress)} is '{address}'; leave it empty for Google, or set an emulator's address such as http://localhost:5010/.");
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
