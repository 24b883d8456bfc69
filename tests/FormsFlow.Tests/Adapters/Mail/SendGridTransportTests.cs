using System.Text.Json;
using FormsFlow.Application.Ports;
using FormsFlow.Mail.Sending;
using FormsFlow.Mail.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.Mail;

public sealed class SendGridTransportTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_goes_out_with_its_thread_without_tracking_and_without_anything_personal_in_its_arguments()
    {
        await using var service = await StartAsync(StatusCodes.Status202Accepted, "");
        using var transport = Transport(service);
        var mail = await MailBench.RenderAsync(SampleMails.Request());

        await transport.SendAsync(mail, Token);

        Assert.Equal("Bearer SG.test-key", service.Authorization);
        var json = service.Body;
        var personalization = json.GetProperty("personalizations").EnumerateArray().Single();
        Assert.Equal("ana.ruiz@district.example", personalization.GetProperty("to")[0].GetProperty("email").GetString());
        Assert.Equal("solutions@district.example", json.GetProperty("from").GetProperty("email").GetString());
        Assert.Equal(mail.Subject, json.GetProperty("subject").GetString());
        Assert.Equal(["text/plain", "text/html"], json.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("type").GetString()!));
        Assert.Equal(mail.Html, json.GetProperty("content")[1].GetProperty("value").GetString());
        Assert.False(json.GetProperty("tracking_settings").GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        Assert.False(json.GetProperty("tracking_settings").GetProperty("open_tracking").GetProperty("enable").GetBoolean());
        var headers = Everywhere(json, "headers");
        Assert.Equal($"<{mail.ThreadId}>", headers["References"]);
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
        var arguments = Everywhere(json, "custom_args");
        Assert.Equal([mail.Hash, mail.Thread], arguments.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Too_many_requests_wait_as_long_as_the_service_asks()
    {
        await using var service = await StartAsync(StatusCodes.Status429TooManyRequests, """{"errors":[{"message":"too many requests"}]}""", ("Retry-After", "37"));
        using var transport = Transport(service);

        var delayed = await Assert.ThrowsAsync<MailDelayedException>(async () => await transport.SendAsync(await MailBench.RenderAsync(SampleMails.Request()), Token));

        Assert.Equal(TimeSpan.FromSeconds(37), delayed.RetryAfter);
        Assert.Contains("429 too many requests", delayed.Message, StringComparison.Ordinal);
        Assert.Equal(1, service.Requests);
    }

    [Fact]
    public async Task Without_Retry_After_the_limit_s_own_new_beginning_counts()
    {
        var reset = MailBench.Now.AddSeconds(90).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var service = await StartAsync(StatusCodes.Status429TooManyRequests, "", ("X-RateLimit-Reset", reset));
        using var transport = Transport(service);

        var delayed = await Assert.ThrowsAsync<MailDelayedException>(async () => await transport.SendAsync(await MailBench.RenderAsync(SampleMails.Request()), Token));

        Assert.Equal(TimeSpan.FromSeconds(90), delayed.RetryAfter);
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, typeof(MailMisconfiguredException), "Mail:SendGrid:ApiKey")]
    [InlineData(StatusCodes.Status403Forbidden, typeof(MailMisconfiguredException), "Mail:From:Address")]
    [InlineData(StatusCodes.Status404NotFound, typeof(MailMisconfiguredException), "Mail:SendGrid:Host")]
    [InlineData(StatusCodes.Status400BadRequest, typeof(MailRefusedException), "400")]
    [InlineData(StatusCodes.Status413PayloadTooLarge, typeof(MailRefusedException), "413")]
    [InlineData(StatusCodes.Status500InternalServerError, typeof(MailDelayedException), "500")]
    [InlineData(StatusCodes.Status503ServiceUnavailable, typeof(MailDelayedException), "503")]
    public async Task Each_no_means_what_it_means(int status, Type kind, string says)
    {
        await using var service = await StartAsync(status, """{"errors":[{"message":"Something about ana.ruiz@district.example and <b>x</b>","field":"to"}]}""");
        using var transport = Transport(service);

        var e = await Record.ExceptionAsync(async () => await transport.SendAsync(await MailBench.RenderAsync(SampleMails.Request()), Token));

        Assert.IsType(kind, e);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("@", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SG.test-key", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_still_understood()
    {
        await using var service = await StartAsync(StatusCodes.Status502BadGateway, "<html>Bad gateway</html>");
        using var transport = Transport(service);

        await Assert.ThrowsAsync<MailDelayedException>(async () => await transport.SendAsync(await MailBench.RenderAsync(SampleMails.Request()), Token));
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_asked_again_later()
    {
        var service = await StartAsync(StatusCodes.Status202Accepted, "");
        using var transport = Transport(service);
        await service.DisposeAsync();

        var delayed = await Assert.ThrowsAsync<MailDelayedException>(async () => await transport.SendAsync(await MailBench.RenderAsync(SampleMails.Request()), Token));

        Assert.Contains("Mail:SendGrid:Host", delayed.Message, StringComparison.Ordinal);
    }

    static SendGridTransport Transport(Service service) =>
        new(new SendGridOptions { ApiKey = "SG.test-key", Host = service.Address }, new FakeTimeProvider(MailBench.Now));

    /// <summary>SendGrid takes these for the whole message or for a recipient.</summary>
    static Dictionary<string, string> Everywhere(JsonElement json, string name)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in json.GetProperty("personalizations").EnumerateArray().Prepend(json))
            if (place.TryGetProperty(name, out var values))
                foreach (var value in values.EnumerateObject())
                    found[value.Name] = value.Value.GetString()!;
        return found;
    }

    static async Task<Service> StartAsync(int status, string body, params (string Name, string Value)[] headers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new Service(app);
        app.MapPost("/v3/mail/send", async (HttpContext context) =>
        {
            service.Requests++;
            service.Authorization = context.Request.Headers.Authorization.ToString();
            service.Body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement.Clone();
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers) context.Response.Headers[name] = value;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync(Token);
        service.Address = app.Urls.Single();
        return service;
    }

    sealed class Service(WebApplication app) : IAsyncDisposable
    {
        public string Address { get; set; } = "";

        public int Requests { get; set; }

        public string Authorization { get; set; } = "";

        public JsonElement Body { get; set; }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
