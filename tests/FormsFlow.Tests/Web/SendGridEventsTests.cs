using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Simulation;
using FormsFlow.Web.MailEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Web;

/// <summary>What SendGrid tells of mails, over HTTP, with a key pair like SendGrid's.</summary>
public sealed class SendGridEventsTests : IDisposable
{
    const string Path = "/mail/sendgrid/events";

    readonly ECDsa _sendGrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly HttpClient _client = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_came_back_is_told_to_the_administrators_once_however_often_sendgrid_says_so()
    {
        await using var world = await World.CreateAsync();
        await using var app = await StartAsync(world);
        var (id, effect) = await AskedAsync(world);
        var body = Events(id, effect, "bounce", "550 5.1.1 no mailbox tess.ngo@district.example here");
        for (var i = 0; i < 3; i++) Assert.Equal(204, await PostAsync(app, body));

        var failure = Assert.Single((await world.LoadAsync(id)).State.Dossier.Failures);
        Assert.Equal(effect, failure.EffectId);
        Assert.Equal("the review request (technology)", failure.What);
        Assert.DoesNotContain("@district", failure.Reason, StringComparison.Ordinal);
        Assert.Contains(id, world.Engine.Woken);
        await world.DrainAsync();
        Assert.Single(world.Mailer.Of<MailMessage.AdministratorNotice>());
        await world.AssertSoundAsync();
    }

    [Fact]
    public async Task A_mail_that_arrived_is_kept_in_the_history_once()
    {
        await using var world = await World.CreateAsync();
        await using var app = await StartAsync(world);
        var (id, effect) = await AskedAsync(world);
        for (var i = 0; i < 3; i++) Assert.Equal(204, await PostAsync(app, Events(id, effect, "delivered")));
        Assert.Single(await world.Store.ReadEventsAsync(id, Token), record => record.Type == "delivered");
        Assert.Empty((await world.LoadAsync(id)).State.Dossier.Failures);
        await world.AssertSoundAsync();
    }

    [Fact]
    public async Task What_is_forged_is_turned_away_and_changes_nothing()
    {
        await using var world = await World.CreateAsync();
        await using var app = await StartAsync(world);
        var (id, effect) = await AskedAsync(world);
        var body = Events(id, effect, "dropped", "Bounced Address");
        using var somebodyElse = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var genuine = Sign(_sendGrid, "1770000000", body);
        foreach (var (signature, timestamp, text) in new (string?, string?, string)[]
        {
            (Sign(somebodyElse, "1770000000", body), "1770000000", body),
            (genuine, "1770000001", body),
            (genuine, "1770000000", body.Replace("dropped", "delivered", StringComparison.Ordinal)),
            (genuine, null, body), (null, "1770000000", body), ("not base64!", "1770000000", body), ("AAAA", "1770000000", body), ("", "", ""),
        })
            Assert.Equal(401, await PostAsync(app, text, signature, timestamp));
        Assert.DoesNotContain(await world.Store.ReadEventsAsync(id, Token), record => record.Type is "delivered" or "delivery-failed");
        Assert.Equal(204, await PostAsync(app, body, genuine, "1770000000"));
    }

    [Fact]
    public async Task What_is_not_about_a_mail_of_ours_is_left_alone()
    {
        await using var world = await World.CreateAsync();
        await using var app = await StartAsync(world);
        var (id, effect) = await AskedAsync(world);
        var before = (await world.LoadAsync(id)).State.Version;
        foreach (var body in new[]
        {
            "[]", "[1,null,\"x\",{}]", Events(id, effect, "processed"), Events(id, effect, "deferred"), Events(ProposalId.Derive("another"), effect, "bounce"),
            $$"""[{"event":"bounce","timestamp":1770000000,"formsflow_proposal":"{{id}}"}]""", $$"""[{"event":"bounce","formsflow_proposal":"{{id}}","formsflow_effect":"{{effect}}"}]""",
        })
            Assert.Equal(204, await PostAsync(app, body));
        foreach (var body in new[] { "", "{}", "[", "null", "1" }) Assert.Equal(400, await PostAsync(app, body));
        Assert.Equal(413, await PostAsync(app, new string(' ', 3_000_000)));
        Assert.Equal(before, (await world.LoadAsync(id)).State.Version);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_such_address()
    {
        await using var world = await World.CreateAsync();
        await using var app = await StartAsync(world, key: null);
        Assert.Equal(404, await PostAsync(app, "[]"));
    }

    [Fact]
    public void Every_kind_of_effect_is_known_by_its_id() => Assert.All(
        Journeys.All.SelectMany(journey => journey.Scenario().Effects), effect => Assert.NotEqual("a mail", EffectText.DescribeId(effect.Id)));

    public void Dispose()
    {
        _sendGrid.Dispose();
        _client.Dispose();
    }

    static async Task<(ProposalId Id, string Effect)> AskedAsync(World world)
    {
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        world.Engine.Woken.Clear();
        var request = world.Mailer.Of<MailMessage.ReviewRequest>().Single(mail => mail.Role.Key == "technology");
        return (id, request.Id.Split('/', 2)[1]);
    }

    static string Events(ProposalId id, string effect, string kind, string reason = "") =>
        $$"""[{"email":"x@y.example","timestamp":1772500000,"event":"{{kind}}","sg_event_id":"ZGVm","reason":"{{reason}}","formsflow_proposal":"{{id}}","formsflow_effect":"{{effect}}"}]""";

    static string Sign(ECDsa key, string timestamp, string body) => Convert.ToBase64String(
        key.SignData(Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    Task<int> PostAsync(WebApplication app, string body)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return PostAsync(app, body, Sign(_sendGrid, timestamp, body), timestamp);
    }

    async Task<int> PostAsync(WebApplication app, string body, string? signature, string? timestamp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(app.Urls.Single()), Path)) { Content = new StringContent(body) };
        if (signature is not null) request.Headers.TryAddWithoutValidation("X-Twilio-Email-Event-Webhook-Signature", signature);
        if (timestamp is not null) request.Headers.TryAddWithoutValidation("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        return (int)(await _client.SendAsync(request, Token)).StatusCode;
    }

    Task<WebApplication> StartAsync(World world) => StartAsync(world, Convert.ToBase64String(_sendGrid.ExportSubjectPublicKeyInfo()));

    static async Task<WebApplication> StartAsync(World world, string? key)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Mail:SendGrid:EventKey", key)]);
        builder.Services.AddSendGridEvents();
        builder.Services.AddSingleton(new DeliveryReports(world.Store, world.Runner, world.Engine, world.Logs.For<DeliveryReports>()));
        var app = builder.Build();
        app.MapSendGridEvents();
        await app.StartAsync();
        return app;
    }
}
