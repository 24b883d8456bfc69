using System.Text.Json;
using FormsFlow.Application.Settings;
using FormsFlow.Server.Serve;

namespace FormsFlow.Tests.Server;

/// <summary>What is said of a wrong setting goes to a screen, a log, and the mail to whoever is asked for help.</summary>
public sealed class SettingsSecrecyTests
{
    const string Key = "zebrafinch4711";

    [Theory]
    [InlineData("FormsFlow:BaseAddress", "https://sam:zebrafinch4711@formsflow.district.org/")]
    [InlineData("FormsFlow:BaseAddress", "https://sam:zebrafinch4711/x@y@formsflow.district.org/")]
    [InlineData("FormsFlow:BaseAddress", "https://formsflow.district.org/?key=zebrafinch4711")]
    [InlineData("FormsFlow:Forms:0:Address", "ftp://sam:zebrafinch4711@forms.district.org/")]
    [InlineData("FormsFlow:Forms:0:Spreadsheet", "https://sam:zebrafinch4711@docs.google.com/")]
    [InlineData("FormsFlow:LinkKeys:0", "zebrafinch4711")]
    [InlineData("FormsFlow:NudgeKey", "zebrafinch4711")]
    [InlineData("Google:BaseAddress", "http://sam:zebrafinch4711@localhost:5010/")]
    [InlineData("Google:CredentialsFile", "{ \"private_key\": \"zebrafinch4711\" }")]
    [InlineData("Google:CredentialsFile", "-----BEGIN PRIVATE KEY-----\nzebrafinch4711")]
    [InlineData("Mail:Smtp:Host", "smtps://sam:zebrafinch4711@smtp.district.org:465")]
    [InlineData("Mail:Smtp:Password", "zebrafinch4711")]
    [InlineData("Mail:SendGrid:Host", "https://sam:zebrafinch4711@api.sendgrid.com")]
    [InlineData("Mail:SendGrid:ApiKey", "SG zebrafinch4711")]
    [InlineData("Mail:SendGrid:EventKey", "zebrafinch4711")]
    [InlineData("Storage:Provider", "DefaultEndpointsProtocol=https;AccountName=pinecreek;AccountKey=zebrafinch4711==")]
    [InlineData("Storage:Path", "DefaultEndpointsProtocol=https;AccountName=pinecreek;AccountKey=zebrafinch4711==")]
    [InlineData("Storage:AzureTables:ConnectionString", "AccountKey=zebrafinch4711==")]
    [InlineData("Storage:AzureTables:Endpoint", "DefaultEndpointsProtocol=https;AccountName=pinecreek;AccountKey=zebrafinch4711==")]
    [InlineData("Storage:AzureTables:Endpoint", "https://pinecreek.table.core.windows.net/?sv=2024&sig=zebrafinch4711")]
    [InlineData("Storage:AzureTables:Prefix", "AccountKey=zebrafinch4711==")]
    [InlineData("Server:Listen", "http://sam:zebrafinch4711@127.0.0.1:8080")]
    [InlineData("Server:KnownProxies", "http://sam:a,zebrafinch4711;b@10.0.0.5")]
    [InlineData("Telemetry:Otlp:Endpoint", "https://sam:zebrafinch4711@collector.district.org:4318")]
    [InlineData("Telemetry:Otlp:Endpoint", "collector:4318/?api-key=zebrafinch4711")]
    [InlineData("Telemetry:Otlp:Headers", "zebrafinch4711")]
    public void What_may_hold_a_secret_is_not_repeated_when_it_is_wrong(string setting, string wrong)
    {
        var problems = Problems(setting, wrong);
        Assert.Contains(problems, problem => problem.StartsWith(setting, StringComparison.Ordinal) || setting is "Mail:Smtp:Password" && problem.StartsWith("Mail:Smtp:User is empty", StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain(Key, problem, StringComparison.OrdinalIgnoreCase));
        Assert.All(problems, problem => Assert.DoesNotContain("sam:", problem, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("https://formsflow.district.org/a", "https://formsflow.district.org/a")]
    [InlineData("https://sam:pw@host/a", "https://\u2026@host/a")]
    [InlineData("sam:pw://x@host", "\u2026@host")]
    [InlineData("http:\\\\sam:pw@host", "\u2026@host")]
    [InlineData("https://host/?a@b", "https://\u2026@b")]
    [InlineData("https://host/?a#b", "https://host/?\u2026")]
    [InlineData("AccountName=a;AccountKey=b", "AccountName=\u2026")]
    [InlineData("", "")]
    [InlineData("@", "\u2026@")]
    public void The_rest_of_an_address_is_shown(string text, string shown) => Assert.Equal(shown, ShownAddress.Of(text));

    static IReadOnlyList<string> Problems(string setting, string wrong)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "local.settings.json");
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Telemetry:Otlp:Endpoint"] = "http://localhost:4318", [setting] = wrong };
        if (setting.StartsWith("Mail:SendGrid:", StringComparison.Ordinal)) settings["Mail:Sender"] = "SendGrid";
        if (setting.StartsWith("Storage:AzureTables:", StringComparison.Ordinal)) settings["Storage:Provider"] = "AzureTables";
        File.WriteAllText(path, JsonSerializer.Serialize(new { Values = settings }));
        return ServeSetup.Read(path).Problems;
    }
}
