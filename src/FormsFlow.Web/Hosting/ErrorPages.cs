using System.Diagnostics;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Web.Hosting;

/// <summary>A calm page for whatever goes wrong: nothing of the inside is shown, a number leads to the log.</summary>
public static partial class ErrorPages
{
    /// <summary>Seconds.</summary>
    const string TryAgainAfter = "60";

    public static IApplicationBuilder UseFormsFlowErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ShowFailureAsync,
            // Logged below, once, under the number that the reader sees.
            SuppressDiagnosticsCallback = _ => true,
        });
        return app.UseStatusCodePages(context => ShowStatusAsync(context.HttpContext));
    }

    static Task ShowFailureAsync(HttpContext context)
    {
        var reference = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        // Whoever hung up gets no page, and nothing is wrong.
        if (failure is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested) return Task.CompletedTask;
        if (failure is BadHttpRequestException { StatusCode: var status })
        {
            context.Response.StatusCode = status;
            return ShowStatusAsync(context);
        }

        if (failure is StoreUnavailableException away) return ShowStoreAwayAsync(context, away);

        Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages)), reference, failure);
        return ShowAsync(context, StatusCodes.Status500InternalServerError, reference);
    }

    /// <summary>Nothing is wrong with the page: its reader comes again, and whoever looks after the store is told once.</summary>
    static Task ShowStoreAwayAsync(HttpContext context, StoreUnavailableException away)
    {
        if (context.RequestServices.GetService<StoreWatch>() is { } trouble) trouble.Report(away);
        else Log.StoreAway(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages)), FailureText.Of(away));
        context.Response.Headers.RetryAfter = TryAgainAfter;
        var sent = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        var page = (sent, away.KeptNothing) switch
        {
            (false, _) => StoreAway.Shown,
            (true, true) => StoreAway.NotRecorded,
            _ => StoreAway.Uncertain,
        };
        return new RazorComponentResult<TroublePage>(new { Status = StatusCodes.Status503ServiceUnavailable, StoreAway = page })
        {
            StatusCode = StatusCodes.Status503ServiceUnavailable,
            PreventStreamingRendering = true,
        }.ExecuteAsync(context);
    }

    static Task ShowStatusAsync(HttpContext context) => ShowAsync(context, context.Response.StatusCode, "");

    static Task ShowAsync(HttpContext context, int status, string reference) =>
        new RazorComponentResult<TroublePage>(new { Status = status, Reference = reference }) { StatusCode = status, PreventStreamingRendering = true }
            .ExecuteAsync(context);

    static partial class Log
    {
        [LoggerMessage(4003, LogLevel.Error, "A request could not be served, because the store cannot be used: {Reason}")]
        public static partial void StoreAway(ILogger logger, string reason);

        [LoggerMessage(4001, LogLevel.Error, "A request failed; its reader was given the reference {Reference}")]
        public static partial void Failed(ILogger logger, string reference, Exception? exception);
    }
}
