using System.Net;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Serving;

/// <summary>People with a browser and a link.</summary>
static class Reviewers
{
    static readonly HttpClient Http = new();

    public static Task ApproveAsync(Uri link) => AnswerAsync(link, "approve", "");

    public static Task DenyAsync(Uri link, string reason) => AnswerAsync(link, "deny", reason);

    public static Task ReportAsync(Uri link, string comment) => AnswerAsync(link, "done", comment);

    static async Task AnswerAsync(Uri link, string choice, string comment)
    {
        var (status, page) = await RunningDemo.SendAsync(Http, link, await RunningDemo.OpenFormAsync(Http, link), choice, comment);
        Assert.True(status is HttpStatusCode.OK, $"{(int)status}: {page.Body!.TextContent}");
    }
}
