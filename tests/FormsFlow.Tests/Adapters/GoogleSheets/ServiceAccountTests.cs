using System.Security.Cryptography;
using System.Text.Json;
using FormsFlow.GoogleSheets;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class ServiceAccountTests
{
    static readonly string PrivateKey = NewKey();

    static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    static string Key(string type = "service_account", string? privateKey = null, string? email = "formsflow@district.example") => JsonSerializer.Serialize(new
    {
        type,
        project_id = "district",
        private_key_id = "1",
        private_key = privateKey ?? PrivateKey,
        client_email = email,
        token_uri = "http://127.0.0.1:1/token",
    });

    static string Problem(GoogleOptions options)
    {
        Assert.False(ServiceAccount.TryRead(options, out _, out var problem));
        return problem;
    }

    [Fact]
    public void A_pasted_key_is_read()
    {
        Assert.True(ServiceAccount.TryRead(new GoogleOptions { Credentials = " " + Key() + "\n" }, out var account, out _));
        Assert.Equal("formsflow@district.example", account.Email);
    }

    [Fact]
    public void A_key_file_is_read()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, Key());
        try
        {
            Assert.True(ServiceAccount.TryRead(new GoogleOptions { CredentialsFile = path }, out var account, out _));
            Assert.Equal("formsflow@district.example", account.Email);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Without_a_key_both_settings_are_named()
    {
        var problem = Problem(new GoogleOptions());

        Assert.Contains("Google:CredentialsFile is empty", problem, StringComparison.Ordinal);
        Assert.Contains("Google:Credentials.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_keys_are_one_too_many() =>
        Assert.Contains("keep one", Problem(new GoogleOptions { Credentials = Key(), CredentialsFile = "key.json" }), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("'/nowhere/key.json', which cannot be read", Problem(new GoogleOptions { CredentialsFile = "/nowhere/key.json" }), StringComparison.Ordinal);

    [Fact]
    public void A_key_of_another_type_is_named() =>
        Assert.Contains("'authorized_user'", Problem(new GoogleOptions { Credentials = Key("authorized_user") }), StringComparison.Ordinal);

    [Fact]
    public void Half_a_key_is_noticed() => Assert.Contains("is not JSON", Problem(new GoogleOptions { Credentials = Key()[..200] }), StringComparison.Ordinal);

    [Fact]
    public void A_missing_part_is_named() =>
        Assert.Contains("lacks client_email", Problem(new GoogleOptions { Credentials = Key(email: null) }), StringComparison.Ordinal);

    [Fact]
    public void A_broken_private_key_is_noticed_and_not_repeated()
    {
        var problem = Problem(new GoogleOptions { Credentials = Key(privateKey: "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n") });

        Assert.Contains("private key that cannot be read", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_does_not_print_its_key()
    {
        Assert.True(ServiceAccount.TryRead(new GoogleOptions { Credentials = Key() }, out var account, out _));

        Assert.Equal("service account", account.ToString());
    }
}
