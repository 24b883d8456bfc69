using System.Globalization;
using System.Text.RegularExpressions;
using FormsFlow.Tests.Adapters.Mail;
using FormsFlow.Tests.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>The mail service is away, hesitates, refuses, or drops the line: real servers, and all of FormsFlow.</summary>
public sealed class MailOutageTests
{
    const string Administrator = "sam.lindqvist@pinecreek.example";

    [Fact]
    public async Task Greylisting_a_line_that_drops_and_an_unknown_mailbox_are_each_met_in_their_own_way()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["FormsFlow:Forms:0:People:business"] = "grey@pinecreek.example";
        district.Settings["FormsFlow:Forms:0:People:curriculum"] = "Elena Torres <dropping@pinecreek.example>";
        district.Settings["FormsFlow:Forms:0:People:technology"] = "Priya Nair <unknown@pinecreek.example>";
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");

        // Unknown: for good. It stands in the sheet, and the administrators hear of it, once.
        await Eventually.IsTrueAsync("the sheet tells of the mailbox", () => district.Form.StatusOf("Desmos").Contains("Attention: the review request to Priya Nair", StringComparison.Ordinal));
        await district.MailAsync(Administrator, "Needs your attention: Desmos");

        // Greylisted: later. Nobody has to do anything.
        await Eventually.IsTrueAsync("the greylisted mail is taken", () =>
        {
            host.Pass(TimeSpan.FromSeconds(20));
            return district.Mails.Any(mail => mail.To.Mailboxes.Single().Address == "grey@pinecreek.example");
        });

        // Dropped after the text was sent: it may have been taken or not, so it is sent again, under the same Message-ID, and the log says so.
        // Time passes only when an attempt has failed: on a busy machine each takes its while, and with the days that would go by reminders come due.
        var failed = 0;
        var dropped = await district.EventsAsync("dropped", 3, () =>
        {
            var before = failed;
            failed = host.Logs.Lines.Count(line => line.Event == 1022 && line.Text.Contains("request-review/curriculum", StringComparison.Ordinal));
            host.Pass(failed > before ? TimeSpan.FromMinutes(40) : TimeSpan.Zero);
        });
        Assert.Single(dropped.Select(SmtpPeer.Parse).Select(mail => mail.MessageId).Distinct());
        Assert.Contains(host.Logs.Lines, line => line.Event == 1022 && line.Text.Contains("request-review/curriculum", StringComparison.Ordinal));
        Assert.Single(district.Mails, mail => mail.Subject == "Needs your attention: Desmos");

        // Three failures with nothing in between may be those of the service itself, until the next mail goes out.
        district.Form.Propose("Quizlet");
        await host.ReadyAsync("Healthy", TimeSpan.FromSeconds(20));
        await Eventually.IsTrueAsync("the other mails go out", () =>
        {
            host.Pass(TimeSpan.FromSeconds(20));
            return district.Mails.Any(mail => mail.Subject == "We have your proposal: Quizlet");
        });
    }

    [Fact]
    public async Task A_mail_server_that_is_away_holds_up_the_mails_and_nothing_else()
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        var port = Ports.FindPair();
        district.Settings["Mail:Smtp:Port"] = port.ToString(CultureInfo.InvariantCulture);
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
        await host.ReadyAsync("mail: away for now since", TimeSpan.FromMinutes(1));
        for (var hour = 0; hour < 24; hour++) host.Pass(TimeSpan.FromHours(1));

        var smtp = await SmtpPeer.StartAsync(new { port });
        district.Use(smtp);
        await Eventually.IsTrueAsync("all four mails arrive", () =>
        {
            host.Pass(TimeSpan.FromMinutes(10));
            return district.Mails.Count >= 4;
        });
        await host.ReadyAsync("Healthy");
        Assert.Equal(district.Mails.Count, district.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Single(host.Logs.Lines, line => line.Event == 1502);
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_tried_once_in_a_while_and_not_for_each_mail()
    {
        var smtp = await SmtpPeer.StartAsync(new { user = "formsflow", pass = "right" });
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Use(smtp);
        district.Settings["Mail:Smtp:Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture);
        district.Settings["Mail:Smtp:User"] = "formsflow";
        district.Settings["Mail:Smtp:Password"] = "wrong-password";
        await using (var host = await HostedDistrict.StartAsync(district))
        {
            for (var i = 0; i < 5; i++) district.Form.Propose($"Product {i}");
            await host.ReadyAsync("mail: needs a hand since");
            await Eventually.IsTrueAsync("every mail was tried", () => host.Logs.Lines.Count(line => line.Event == 1022) >= 20);
            Assert.Single(host.Logs.Lines, line => line.Event == 1501);
            // One of the twenty tried, by each of the ways to log in that the server offers.
            Assert.InRange((await district.EventsAsync("login-refused", 1)).Count, 1, 4);
            Assert.DoesNotContain(host.Logs.Lines, line => line.Text.Contains("wrong-password", StringComparison.Ordinal));

            // The administrators cannot be told by mail; the sheet that they watch says it.
            await Eventually.IsTrueAsync("the tab says that no mail goes out", () =>
            {
                host.Nudge();
                return district.Form.Notice.StartsWith("No mail goes out since ", StringComparison.Ordinal);
            });
            Assert.DoesNotContain("wrong-password", district.Form.Notice, StringComparison.Ordinal);
        }

        // Somebody corrects the setting.
        district.Settings["Mail:Smtp:Password"] = "right";
        await using var again = await HostedDistrict.StartAsync(district);
        await Eventually.IsTrueAsync("all mails arrive", () =>
        {
            again.Pass(TimeSpan.FromMinutes(1));
            return district.Mails.Count == 20;
        });
        await Eventually.IsTrueAsync("the tab says so no longer", () =>
        {
            again.Nudge();
            return district.Form.Notice.Length == 0;
        });
    }

    [Fact]
    public async Task SendGrid_asks_for_a_pause_fails_refuses_the_key_and_in_the_end_takes_every_mail_once()
    {
        var answers = new Queue<int>([429, 503, 500, 401]);
        var (taken, asked, gate) = (new List<string>(), 0, new Lock());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var sendGrid = builder.Build();
        sendGrid.MapPost("/v3/mail/send", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (gate)
            {
                asked++;
                context.Response.StatusCode = answers.TryDequeue(out var status) ? status : StatusCodes.Status202Accepted;
                if (status == 429) context.Response.Headers.RetryAfter = "30";
                if (context.Response.StatusCode == StatusCodes.Status202Accepted) taken.Add(body);
            }
        });
        await sendGrid.StartAsync(TestContext.Current.CancellationToken);
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings["Mail:Sender"] = "SendGrid";
        district.Settings["Mail:SendGrid:ApiKey"] = "SG.a-key-for-tests";
        district.Settings["Mail:SendGrid:Host"] = sendGrid.Urls.First();
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");

        await Eventually.IsTrueAsync("the key is refused", () =>
        {
            host.Pass(TimeSpan.FromSeconds(20));
            return host.Logs.Lines.Any(line => line.Event == 1501) && district.Form.Notice.Contains("No mail goes out", StringComparison.Ordinal);
        });
        await Eventually.IsTrueAsync("every mail is taken", () =>
        {
            host.Pass(TimeSpan.FromMinutes(1));
            lock (gate) return taken.Count == 4;
        });
        await host.ReadyAsync("Healthy");
        await Eventually.IsTrueAsync("the tab says so no longer", () =>
        {
            host.Nudge();
            return district.Form.Notice.Length == 0;
        });
        Assert.Equal(8, asked);
        Assert.Equal(4, taken.Select(body => Regex.Match(body, "\"formsflow_mail\":\"(?<mail>.+?)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["mail"].Value).Distinct().Count());
        Assert.DoesNotContain(host.Logs.Lines, line => line.Text.Contains("a-key-for-tests", StringComparison.Ordinal));
    }
}
