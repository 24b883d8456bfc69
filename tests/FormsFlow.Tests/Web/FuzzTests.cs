using System.Globalization;
using System.Text;
using CsCheck;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Web;

/// <summary>Whatever strangers send: never a failure of ours, never an accepted forgery, nothing changed. A failure prints its seed.</summary>
public sealed class FuzzTests
{
    const int Rounds = 400;

    static readonly string[] Pages = ["review", "confirm", "status"];

    [Fact]
    public async Task A_link_that_is_not_ours_opens_nothing_and_changes_nothing()
    {
        await using var place = await Place.CreateAsync();
        var before = await place.StateAsync();
        var links = Gen.Select(Any(Pages), place.Forgeries, Gen.Bool, Any("approve", "deny"));
        await links.SampleAsync(async (page, token, post, choice) =>
        {
            var path = $"/{page}/{token}";
            var seen = post
                ? await place.Site.PostAsync(path, ("choice", choice), ("comment", "c"), ("revision", "1"), ("nonce", place.Nonce), ("reason", "r"), ("confirm", "yes"))
                : await place.Site.GetAsync(path);
            Assert.InRange(seen.Status, 400, 499);
            Assert.Empty(seen.Document.QuerySelectorAll("form"));
            Assert.DoesNotContain(TestDistrict.Marker, seen.Html, StringComparison.Ordinal);
            return true;
        }, iter: Rounds, threads: 1);
        Assert.Equal(before, await place.StateAsync());
    }

    [Fact]
    public async Task A_form_that_no_page_of_ours_sent_decides_nothing_even_with_a_good_link()
    {
        await using var place = await Place.CreateAsync();
        await Gen.Select(Any(place.GoodLinks), Bodies(place)).SampleAsync(async (path, body) =>
        {
            using var content = new ByteArrayContent(body.Bytes);
            if (body.Type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", body.Type);
            if (body.Encoding.Length > 0) content.Headers.TryAddWithoutValidation("Content-Encoding", body.Encoding);
            var seen = await place.Site.PostAsync(path, content);
            // A whole answer without its page's proof is held, and leads back to the page that says so.
            Assert.True(seen.Status is 303 or (>= 400 and < 500), $"{path} answered {seen.Status} to {body}");
            return true;
        }, iter: Rounds, threads: 1);
        await place.AssertUndecidedAsync();
    }

    [Fact]
    public async Task A_nudge_without_the_secret_and_a_page_that_is_none_are_refused()
    {
        await using var place = await Place.CreateAsync();
        var before = await place.StateAsync();
        await Gen.Select(Any("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "QUERY"), Paths, Text).SampleAsync(async (method, path, secret) =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(place.Site.Address.GetLeftPart(UriPartial.Authority) + path));
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Uri.EscapeDataString(secret));
            var seen = await Seen.OfAsync(await place.Site.Client.SendAsync(request));
            Assert.True(seen.Status < 500, $"{method} {path} answered {seen.Status}");
            Assert.NotEqual(202, seen.Status);
            return true;
        }, iter: Rounds, threads: 1);
        Assert.Equal(before, await place.StateAsync());
    }

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[0, 40], Gen.String[Gen.Char['\u0000', '\u2fff'], 0, 60], Any("", "0", "null", "../..", "%00", "\ud800", new string('a', 3_000)));

    static readonly Gen<string> Paths = Gen.Select(Any("/", "/review/", "/status/", "/confirm/", "/nudge", "/nudge/", "/assets/", "/healthz/", "/readyz/", "//", "/."), Text, Gen.Bool)
        .Select((start, rest, encode) => start + (encode ? Uri.EscapeDataString(Whole(rest)) : Encoded(rest)));

    /// <summary>As bytes that no browser would send.</summary>
    static string Encoded(string text) =>
        string.Concat(Encoding.BigEndianUnicode.GetBytes(text.Length > 200 ? text[..200] : text).Select(b => "%" + b.ToString("X2", CultureInfo.InvariantCulture)));

    static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    static Gen<Body> Bodies(Place place)
    {
        var field = Gen.Select(Any("choice", "comment", "revision", "nonce", "reason", "confirm", "x", ""), Gen.OneOf(
                Text, Any("approve", "deny", "done", "recommend", "1", "2", "-1", "yes", place.Nonce, place.Nonce[..^3], "c")))
            .Select((name, value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(Whole(value))}");
        var form = field.Array[0, 12].Select(fields => Encoding.UTF8.GetBytes(string.Join('&', fields)));
        var whole = Gen.Select(Any("approve", "deny"), Text, Any("1", "0", "7")).Select((choice, nonce, revision) =>
            Encoding.UTF8.GetBytes($"choice={choice}&comment=c&revision={revision}&nonce={Uri.EscapeDataString(Whole(nonce))}&reason=r&confirm=yes"));
        var raw = Gen.Byte.Array[0, 400];
        return Gen.Select(
            Gen.OneOf(form, whole, raw, Gen.Const(new byte[1_200_000])),
            Any(
                "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
                "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain", ";", ""),
            Any("", "", "", "gzip", "br")).Select((bytes, type, encoding) => new Body(bytes, type, encoding));
    }

    sealed record Body(byte[] Bytes, string Type, string Encoding)
    {
        public override string ToString() => $"{Type} {Encoding} {System.Text.Encoding.Latin1.GetString(Bytes.Length > 300 ? Bytes[..300] : Bytes)}";
    }

    /// <summary>The real desk over a real store, with proposals in review, and pages on a real server.</summary>
    sealed class Place : IAsyncDisposable
    {
        readonly World _world;
        readonly ProposalId[] _ids;

        Place(World world, Site site, ProposalId[] ids, string[] links, string nonce, Gen<string> forgeries) =>
            (_world, Site, _ids, GoodLinks, Nonce, Forgeries) = (world, site, ids, links, nonce, forgeries);

        public Site Site { get; }

        public string[] GoodLinks { get; }

        /// <summary>Of another page than any that is posted to.</summary>
        public string Nonce { get; }

        public Gen<string> Forgeries { get; }

        public static async Task<Place> CreateAsync()
        {
            var world = await World.CreateAsync();
            ProposalId[] ids = [await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2))];
            await world.DrainAsync();
            var site = await Site.StartAsync(builder => builder.Services
                .AddSingleton<IDesk>(_ => world.Desk)
                .AddSingleton(new NudgeSecret("a-secret-that-nobody-guesses"))
                .AddSingleton<INudge>(new Silent())
                // Limits would refuse most of these before anybody looks at them.
                .PostConfigure<RateLimiterOptions>(options => options.GlobalLimiter = null));
            var dossier = (await world.LoadAsync(ids[0])).State.Dossier;
            var review = world.ReviewToken(ids[0], DistrictProcedure.Business);
            var sponsor = World.TokenOf(world.Mailer.Of<MailMessage.Acknowledgement>()[0].StatusPage);
            var status = World.TokenOf(world.Links.Status(dossier));
            var nonce = world.Signer.SignOpening("another page's", new Opening(world.Clock.GetUtcNow().AddMinutes(-1), "0-0"));
            return new Place(world, site, ids, [$"/review/{review}", $"/status/{sponsor}", $"/status/{status}"], nonce, Forged([review, sponsor, status], world, dossier));
        }

        /// <summary>Every proposal's last hash: whatever is recorded changes it.</summary>
        public async Task<string> StateAsync()
        {
            var hashes = new List<string>();
            foreach (var id in _ids)
            {
                var stored = await _world.LoadAsync(id);
                hashes.Add($"{stored.State.Version} {stored.LastHash} {stored.Inbox.Count} {stored.Outbox.Count}");
            }

            return string.Join('\n', hashes);
        }

        public async Task AssertUndecidedAsync()
        {
            foreach (var id in _ids)
            {
                var history = (await _world.Store.ReadEventsAsync(id, CancellationToken.None)).Select(record => ProposalCodec.ReadEvent(record.Body)).ToList();
                Assert.DoesNotContain(history, e => e is Event.VoteCast or Event.OutcomeReached or Event.StageSettled);
            }

            await _world.AssertSoundAsync();
        }

        /// <summary>Ours with a letter changed, cut or repeated; for another page; under another key's name; signed by another key; and anything else.</summary>
        static Gen<string> Forged(string[] good, World world, Dossier dossier)
        {
            var stranger = new LinkSigner([TestDistrict.Key("k1") with { Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)] }]);
            var later = world.Clock.GetUtcNow().AddDays(30);
            var token = Any(good);
            return Gen.OneOf(
                Gen.Select(token, Gen.Int[0, 400], Gen.Char.AlphaNumeric).Select((text, at, letter) => Changed(text, at % text.Length, letter)),
                Gen.Select(token, Gen.Int[1, 60]).Select((text, less) => text[..^Math.Min(less, text.Length - 1)]),
                Gen.Select(token, token).Select((a, b) => $"{a.Split('.')[0]}.{a.Split('.')[1]}.{b.Split('.')[2]}x"),
                Gen.Select(token, Any("k2", "K1", "", "k1 ")).Select((text, key) => Uri.EscapeDataString($"{key}{text[2..]}")),
                Gen.Select(Gen.Enum<LinkPurpose>(), Any("committee", "values", ""), Any("business", "purchasing", "")).Select((purpose, stage, role) =>
                    stranger.Sign(new ActionLink(purpose, dossier.Id, stage, role, TestDistrict.Bea.Key, later))),
                // Ours, but for another purpose than the page it is sent to; the confirmation has nothing to confirm.
                Gen.Const(world.Signer.SignOpening("x", new Opening(later, ""))),
                Gen.Const(world.Signer.Sign(new ActionLink(LinkPurpose.Review, ProposalId.Derive("nobody's"), "committee", "business", TestDistrict.Bea.Key, later))),
                Text.Select(text => Uri.EscapeDataString(Whole(text) is { Length: > 0 } some && some.Trim('.').Length > 0 ? some : "x")));
        }

        static string Changed(string text, int at, char letter) => text[at] == letter ? text + "x" : text[..at] + letter + text[(at + 1)..];

        public async ValueTask DisposeAsync()
        {
            await Site.DisposeAsync();
            await _world.DisposeAsync();
        }

        sealed class Silent : INudge
        {
            public Task NudgeAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }
    }
}
