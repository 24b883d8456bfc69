using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Server.Demo.Pages;
using FormsFlow.Server.Engine;
using FormsFlow.SheetsEmulator.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.Server.Demo;

/// <summary>The start page, the inbox and the clock of the demo.</summary>
static class DemoPages
{
    /// <summary>A mail may bring its own inline styles, and nothing else.</summary>
    const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'";

    const string FramingPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static WebApplication MapDemo(this WebApplication app)
    {
        // Before the pages' own start page, which has nothing to show in a demo.
        app.MapGet("/", ShowStartAsync).WithOrder(-1);
        app.MapGet(DemoAssets.StyleSheet, DemoAssets.Serve);
        app.MapGet("/demo/sheet", (DemoPlaces places, SheetsEmulatorHost emulator) => Results.Redirect(places.Dashboard(emulator).ToString()));
        app.MapGet("/inbox", (Inbox inbox, string? to) => new RazorComponentResult<InboxPage>(new { Mails = inbox.List(), To = to }));
        app.MapGet("/inbox/{key}", ShowMail);
        app.MapGet("/inbox/{key}/html", ShowMailBody);
        app.MapPost("/demo/clock", (DemoClock clock, Installation installation, EmbeddedEngine engine) =>
        {
            DemoTime.MoveToNextMorning(clock, installation, engine);
            return Results.LocalRedirect("/");
        });
        return app;
    }

    static async Task<IResult> ShowStartAsync(IProposalStore store, Inbox inbox, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(DemoDistrict.Form, cancellationToken);
        return new RazorComponentResult<StartPage>(new { Mails = inbox.List().Count, Counts = counts });
    }

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
