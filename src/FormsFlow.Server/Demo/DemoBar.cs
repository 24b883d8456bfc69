using System.Net;
using System.Text;
using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.Server.Demo;

/// <summary>
/// The way round the demo, on top of every page. It is put there on the way out, so that the pages themselves are those that are served
/// for real and know nothing of a demo.
/// </summary>
static class DemoBar
{
    const string EndOfHead = "</head>";

    /// <summary>The link that leads past all of this stays the first one.</summary>
    const string AfterSkipLink = "<header ";

    /// <summary>The form and the sheet are pages of the stand-in for Google, the others of FormsFlow; their paths have nothing in common.</summary>
    /// <param name="start">The start page.</param>
    public static IReadOnlyList<PageLink> Links(Uri start) =>
    [
        new("Start page", start),
        new("Form", new Uri(start, "demo/form"), Here: "/forms"),
        new("Inbox", new Uri(start, "inbox"), Here: "/inbox"),
        new("Sheet", new Uri(start, "demo/sheet"), Here: "/spreadsheets"),
    ];

    public static IApplicationBuilder UseDemoBar(this IApplicationBuilder app, Uri start)
    {
        var links = Links(start);
        var style = $"<link rel=\"stylesheet\" href=\"{DemoAssets.StyleSheet}\" />";
        return app.Use(async (context, next) =>
        {
            var outgoing = context.Response.Body;
            using var page = new MemoryStream();
            context.Response.Body = page;
            try
            {
                await next(context);
            }
            finally
            {
                context.Response.Body = outgoing;
            }

            // A mail is shown as it was sent.
            if (page.Length > 0 && context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true && !DemoPages.IsMailItself(context.Request.Path))
            {
                var html = Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length);
                if (!html.Contains(DemoAssets.StyleSheet, StringComparison.Ordinal)) html = Insert(html, EndOfHead, style + EndOfHead);
                html = Insert(html, AfterSkipLink, Bar(links, context.Request.Path) + AfterSkipLink);
                var bytes = Encoding.UTF8.GetBytes(html);
                context.Response.ContentLength = bytes.Length;
                await outgoing.WriteAsync(bytes, context.RequestAborted);
                return;
            }

            page.Position = 0;
            await page.CopyToAsync(outgoing, context.RequestAborted);
        });
    }

    static string Bar(IReadOnlyList<PageLink> links, PathString path) =>
        $"<nav class=\"demo-bar\" aria-label=\"Demo\">{string.Concat(links.Select(link => Anchor(link, path)))}</nav>";

    static string Anchor(PageLink link, PathString path)
    {
        // The start page has no pages below it: every path begins with its own.
        var current = link.Address.AbsolutePath is "/" ? (path == "/" ? "page" : null) : link.CurrentAt(path);
        return $"<a href=\"{WebUtility.HtmlEncode(link.Address.AbsolutePath)}\"{(current is null ? "" : $" aria-current=\"{current}\"")}>{WebUtility.HtmlEncode(link.Text)}</a>";
    }

    static string Insert(string html, string at, string instead)
    {
        var index = html.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? html : string.Concat(html.AsSpan(0, index), instead, html.AsSpan(index + at.Length));
    }
}
