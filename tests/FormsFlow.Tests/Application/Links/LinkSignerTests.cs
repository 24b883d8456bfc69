using FormsFlow.Application.Links;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Links;

public class LinkSignerTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    static readonly ActionLink Link = new(LinkPurpose.Review, ProposalId.Derive("one"), "committee", "business", "0a1b2c3d", Noon.AddDays(1));
    readonly LinkSigner signer = new([TestDistrict.Key("k1")]);

    [Theory]
    [InlineData(LinkPurpose.Review)]
    [InlineData(LinkPurpose.Status)]
    [InlineData(LinkPurpose.Sponsor)]
    public void A_link_is_read_as_it_was_signed(LinkPurpose purpose)
    {
        var link = Link with { Purpose = purpose };
        Assert.Equal(new LinkReading.Valid(link), signer.Read(signer.Sign(link), Noon));
    }

    [Fact]
    public void Every_purpose_can_be_signed()
    {
        foreach (var purpose in Enum.GetValues<LinkPurpose>())
            Assert.Equal(purpose, Assert.IsType<LinkReading.Valid>(signer.Read(signer.Sign(Link with { Purpose = purpose }), Noon)).Link.Purpose);
    }

    [Fact]
    public void Every_change_of_a_single_character_is_refused()
    {
        var token = signer.Sign(Link);
        foreach (var other in "aZ09-_.=+/ \0\n\u00e9".ToCharArray())
        {
            for (var i = 0; i < token.Length; i++)
            {
                if (token[i] != other) AssertUnreadable($"{token[..i]}{other}{token[(i + 1)..]}");
                AssertUnreadable($"{token[..i]}{other}{token[i..]}");
            }

            AssertUnreadable(token + other);
        }

        for (var i = 0; i < token.Length; i++) AssertUnreadable(token.Remove(i, 1));
    }

    [Fact]
    public void Other_spellings_of_the_same_bytes_are_refused()
    {
        var token = signer.Sign(Link);
        // 32 bytes leave two bits of the last letter unused: four letters decode to the same signature.
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet.IndexOf(token[^1], StringComparison.Ordinal);
        foreach (var spelling in Enumerable.Range(last & ~3, 4).Where(letter => letter != last)) AssertUnreadable(token[..^1] + alphabet[spelling]);
        AssertUnreadable(token + "=");
        AssertUnreadable(token.Replace('-', '+').Replace('_', '/') + "==");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("k1..")]
    [InlineData("k1.AAAA.AAAA")]
    [InlineData("k1.!!!!.????")]
    [InlineData("k1.A.A")]
    [InlineData("../../etc/passwd")]
    [InlineData("\u05e9\u05dc\u05d5\u05dd.a.b")]
    public void What_is_no_token_is_unreadable(string text) => AssertUnreadable(text);

    [Fact]
    public void A_token_longer_than_any_of_ours_is_not_even_looked_at() => AssertUnreadable($"k1.{new string('A', 1_000_000)}.AAAA");

    [Fact]
    public void A_new_key_signs_while_the_old_one_still_verifies()
    {
        var old = signer.Sign(Link);
        var rotated = new LinkSigner([TestDistrict.Key("k2"), TestDistrict.Key("k1")]);

        Assert.IsType<LinkReading.Valid>(rotated.Read(old, Noon));
        Assert.StartsWith("k2.", rotated.Sign(Link), StringComparison.Ordinal);
        Assert.IsType<LinkReading.Unreadable>(signer.Read(rotated.Sign(Link), Noon));
    }

    [Fact]
    public void A_key_that_was_taken_away_verifies_nothing() =>
        Assert.IsType<LinkReading.Unreadable>(new LinkSigner([TestDistrict.Key("k2")]).Read(signer.Sign(Link), Noon));

    [Fact]
    public void Another_secret_under_the_same_name_verifies_nothing()
    {
        var impostor = new LinkSigner([TestDistrict.Key("k2") with { Id = "k1" }]);
        AssertUnreadable(impostor.Sign(Link));
    }

    [Fact]
    public void A_link_expires_to_the_second()
    {
        var token = signer.Sign(Link);
        Assert.IsType<LinkReading.Valid>(signer.Read(token, Link.ExpiresAt.AddTicks(-1)));
        Assert.Equal(Link, Assert.IsType<LinkReading.Expired>(signer.Read(token, Link.ExpiresAt)).Link);
    }

    [Fact]
    public void An_opening_is_proved_to_the_page_that_it_belongs_to_and_to_no_other()
    {
        var (token, other) = (signer.Sign(Link), signer.Sign(Link with { Role = "technology" }));
        var nonce = signer.SignOpening(token, new Opening(Noon, "1-0"));

        Assert.Equal(new Opening(Noon, "1-0"), signer.ReadOpening(token, nonce));
        Assert.Null(signer.ReadOpening(other, nonce));
        Assert.Null(signer.ReadOpening(token, nonce[..^1]));
        Assert.Null(signer.ReadOpening(token, null));
        Assert.Null(signer.ReadOpening(token, ""));
    }

    [Fact]
    public void Links_and_openings_are_not_interchangeable()
    {
        var token = signer.Sign(Link);
        AssertUnreadable(signer.SignOpening(token, new Opening(Noon, "1-0")));
        Assert.Null(signer.ReadOpening(token, token));
    }

    [Fact]
    public void An_opening_survives_the_rotation_of_keys()
    {
        var token = signer.Sign(Link);
        var nonce = signer.SignOpening(token, new Opening(Noon, "1-0"));
        Assert.Equal(new Opening(Noon, "1-0"), new LinkSigner([TestDistrict.Key("k2"), TestDistrict.Key("k1")]).ReadOpening(token, nonce));
    }

    [Fact]
    public void A_secret_that_could_be_guessed_is_refused_at_the_start()
    {
        var refused = Assert.Throws<ArgumentException>(() => new LinkSigner([new LinkKey("k1", [1, 2, 3])]));
        Assert.Contains("3 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_cannot_be_told_apart_are_refused_at_the_start()
    {
        Assert.Throws<ArgumentException>(() => new LinkSigner([]));
        Assert.Throws<ArgumentException>(() => new LinkSigner([TestDistrict.Key("k1"), TestDistrict.Key("k1")]));
        Assert.Throws<ArgumentException>(() => new LinkSigner([TestDistrict.Key("k1") with { Id = "k.1" }]));
        Assert.Throws<ArgumentException>(() => new LinkSigner([TestDistrict.Key("k1") with { Id = "" }]));
    }

    void AssertUnreadable(string token) => Assert.IsType<LinkReading.Unreadable>(signer.Read(token, Noon));
}
