using Google.Apis.Http;
using Microsoft.Extensions.Logging;

namespace FormsFlow.GoogleSheets.Http;

/// <summary>
/// Tries a request again where that may help: Google.Apis by itself does so for 503 only, three times, and throws a 429 at once.
/// </summary>
/// <param name="dice">From 0 to 1: so that many who failed together do not come back together. The machine's own if null.</param>
public sealed partial class RetryHandler(GoogleOptions options, TimeProvider time, ILogger<RetryHandler> logger, Func<double>? dice = null)
    : IHttpExecuteInterceptor, IHttpUnsuccessfulResponseHandler, IHttpExceptionHandler
{
    /// <summary>Google.Apis allows no more; the time budget ends the attempts long before.</summary>
    public const int MostTries = 20;

    readonly Func<double> _dice = dice ?? Random.Shared.NextDouble;

    static readonly HttpRequestOptionsKey<long> Begun = new("FormsFlow.Begun");

    /// <summary>Runs before each attempt: the first one starts the clock.</summary>
    public Task InterceptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Begun, out _)) request.Options.Set(Begun, time.GetTimestamp());
        return Task.CompletedTask;
    }

    /// <exception cref="ComeBackLaterException">The server asks for more patience than a request has.</exception>
    public async Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
    {
        var (status, asked) = (args.Response.StatusCode, args.Response.Headers.RetryAfter);
        if (!Pause.IsWorthwhile(status)) return false;
        if (await WaitAsync(args.Request, args.CurrentFailedTry, asked, $"{(int)status}", args.CancellationToken)) return true;

        var rest = Pause.Asked(asked, time.GetUtcNow());
        if (rest <= TimeSpan.Zero) return false;
        args.Response.Dispose();
        throw new ComeBackLaterException(status, rest);
    }

    public Task<bool> HandleExceptionAsync(HandleExceptionArgs args)
    {
        if (args.Exception is not (HttpRequestException or IOException or TimeoutException)) return Task.FromResult(false);
        return WaitAsync(args.Request, args.CurrentFailedTry, null, args.Exception.GetType().Name, args.CancellationToken);
    }

    async Task<bool> WaitAsync(
        HttpRequestMessage request, int failures, System.Net.Http.Headers.RetryConditionHeaderValue? retryAfter, string what, CancellationToken cancellationToken)
    {
        if (failures >= MostTries) return false;

        var elapsed = request.Options.TryGetValue(Begun, out var begun) ? time.GetElapsedTime(begun) : TimeSpan.Zero;
        var pause = Pause.Before(failures, elapsed, options.RetryFor, options.LongestPause, retryAfter, time.GetUtcNow(), _dice());
        if (pause is null)
        {
            Log.GaveUp(logger, what, failures, elapsed);
            return false;
        }

        Log.Waiting(logger, what, failures, pause.Value);
        await Task.Delay(pause.Value, time, cancellationToken);
        return true;
    }

    static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Information, "Google answered {What} (attempt {Failures}); trying again in {Pause}.")]
        public static partial void Waiting(ILogger logger, string what, int failures, TimeSpan pause);

        [LoggerMessage(3102, LogLevel.Warning, "Google answered {What}; gave up after {Failures} attempts in {Elapsed}.")]
        public static partial void GaveUp(ILogger logger, string what, int failures, TimeSpan elapsed);
    }
}
