using FormsFlow.Application.Ports;
using FormsFlow.Server.Demo.Pages;
using FormsFlow.SheetsEmulator.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.Server.Demo;

/// <summary>The start page, the inbox and the clock of the demo.</summary>
static class DemoPages
{
    /// <summary>A mail may bring its own inline styles, and nothing else.</summary>
    const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'";

    const string FramingPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static WebApplication MapDemo(this WebApplication app)
    {
        // Before the pages' own start page, which has nothing to show in a demo.
        app.MapGet("/", ShowStartAsync).WithOrder(-1);
        app.MapGet("/demo/form", (DemoPlaces places) => Results.Redirect(places.Form.ToString()));
        app.MapGet(DemoAssets.StyleSheet, DemoAssets.ServeStyleSheet);
        app.MapGet(DemoAssets.Script, DemoAssets.ServeScript);
        app.MapGet("/demo/sheet", (DemoPlaces places, SheetsEmulatorHost emulator) => Results.Redirect(places.Dashboard(emulator).ToString()));
        app.MapGet("/demo/statuses", (DemoPlaces places, SheetsEmulatorHost emulator) => Results.Redirect(places.Statuses(emulator).ToString()));
        app.MapGet("/inbox", (Inbox inbox, string? to) => new RazorComponentResult<InboxPage>(new { Mails = inbox.List(), To = to }));
        app.MapGet("/inbox/{key}", ShowMail);
        app.MapGet("/inbox/{key}/html", ShowMailBody);
        app.MapPost("/demo/clock/morning", (DemoTime time, CancellationToken cancellationToken) => TurnAsync(time.MoveToNextMorningAsync(cancellationToken)));
        app.MapPost("/demo/clock/event", (DemoTime time, CancellationToken cancellationToken) => TurnAsync(time.MoveToNextEventAsync(cancellationToken)));
        return app;
    }

    public static bool IsMailItself(PathString path) =>
        path.StartsWithSegments("/inbox", StringComparison.Ordinal) && path.Value!.EndsWith("/html", StringComparison.Ordinal);

    /// <param name="mails">After the clock was turned: how many mails that brought.</param>
    static async Task<IResult> ShowStartAsync(
        IProposalStore store, Inbox inbox, DemoTime time, DemoPlaces places, SheetsEmulatorHost emulator, int? mails, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(DemoDistrict.Form, cancellationToken);
        var next = await time.DescribeNextEventAsync(cancellationToken);
        return new RazorComponentResult<StartPage>(new { Mails = inbox.List().Count, Counts = counts, NextEvent = next, Brought = mails, Responses = places.Responses(emulator) });
    }

    static async Task<IResult> TurnAsync(Task<int> turning) => Results.LocalRedirect($"/?mails={await turning}#clock");

    static IResult ShowMail(Inbox inbox, HttpContext context, string key, string? view)
    {
        if (inbox.Find(key) is not { } mail) return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = FramingPolicy;
        return new RazorComponentResult<MailPage>(new { Mail = mail, View = view is "text" or "source" ? view : null, Source = view is "source" ? inbox.Source(mail) : "" });
    }

    static IResult ShowMailBody(Inbox inbox, HttpContext context, string key)
    {
        if (inbox.Find(key) is not { } mail) return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = MailPolicy;
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        // Links lead out of the frame.
        return Results.Content(mail.Html.Replace("<head>", "<head><base target=\"_top\">", StringComparison.OrdinalIgnoreCase), "text/html; charset=utf-8");
    }
}
