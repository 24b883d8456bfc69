using FormsFlow.Server.Serve;
using FormsFlow.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Tests.Server;

/// <summary>A setting with a slip in its name would be left out in silence.</summary>
public sealed class SettingNamesTests
{
    [Theory]
    [InlineData("FormsFlow:Distrct", "District")]
    [InlineData("FormsFlow:Forms:0:RemindAftr", "RemindAfter")]
    [InlineData("FormsFlow:Forms:1:Peple", "People", ":business")]
    [InlineData("Google:CredentialFile", "CredentialsFile")]
    [InlineData("Google:Timeout", null)]
    [InlineData("Mail:Smtp:Hots", "Host")]
    [InlineData("Mail:Smtp:Passwort", "Password")]
    [InlineData("Mail:Smtp:Username", "User")]
    [InlineData("Mail:Smtp:Timeout", "TimeoutSeconds")]
    [InlineData("Mail:Form", "From", ":Address")]
    [InlineData("Mail:SendGrid:ApiKeys", "ApiKey")]
    [InlineData("Mail:SendGrid:EventsKey", "EventKey")]
    [InlineData("Mail:Unreadable", null, ":0")]
    [InlineData("Storage:File", null)]
    [InlineData("Storage:Pfad", null)]
    [InlineData("Storage:AzureTables:ConectionString", "ConnectionString")]
    [InlineData("Server:Lisen", "Listen")]
    [InlineData("Telemetry:Otlp:Endpont", "Endpoint")]
    [InlineData("Telemetry:Endpoint", null)]
    public void A_name_that_nobody_reads_is_said_with_the_one_that_was_meant(string slip, string? meant, string below = "")
    {
        var problem = Assert.Single(Problems((slip + below, "x4711")));
        Assert.StartsWith($"{slip} is no setting; {(meant is null ? "known here are " : $"did you mean {meant}? Known here are ")}", problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("x4711", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mails:From:Address", "Mails:From is no setting; did you mean Mail:From?")]
    [InlineData("Forms:0:Notices", "Forms:0 is no setting; did you mean FormsFlow:Forms:0?")]
    [InlineData("FormFlow:District", "FormFlow:District is no setting; did you mean FormsFlow:District?")]
    [InlineData("Telemtry:Otlp:Endpoint", "Telemtry:Otlp is no setting; did you mean Telemetry:Otlp?")]
    public void A_slip_in_the_sections_own_name_is_said_too(string slip, string said) => Assert.Equal(said, Assert.Single(Problems((slip, "x"))));

    [Theory]
    [InlineData("FormsFlow:Forms", "FormsFlow:Forms is a text; it should be a group of settings, such as FormsFlow:Forms:0.")]
    [InlineData("FormsFlow:Forms:0", "FormsFlow:Forms:0 is a text; it should be a group of settings, such as FormsFlow:Forms:0:Address.")]
    [InlineData("FormsFlow:Forms:0:People", "FormsFlow:Forms:0:People is a text; it should be a group of settings, such as FormsFlow:Forms:0:People:\u2026.")]
    [InlineData("Mail:Smtp", "Mail:Smtp is a text; it should be a group of settings, such as Mail:Smtp:Host.")]
    [InlineData("Storage:AzureTables", "Storage:AzureTables is a text; it should be a group of settings, such as Storage:AzureTables:ConnectionString.")]
    public void A_text_in_the_place_of_a_group_is_said(string setting, string said) => Assert.Equal(said, Assert.Single(Problems((setting, "x"))));

    [Theory]
    [InlineData("FormsFlow:District:Name", "FormsFlow:District:Name is no setting; FormsFlow:District is one text.")]
    [InlineData("FormsFlow:Forms:0:Questions:Sponsor:0", "FormsFlow:Forms:0:Questions:Sponsor:0 is no setting; FormsFlow:Forms:0:Questions:Sponsor is one text.")]
    [InlineData("Google:RetryFor:Minutes", "Google:RetryFor:Minutes is no setting; Google:RetryFor is one text.")]
    public void A_group_in_the_place_of_a_text_is_said(string setting, string said) => Assert.Equal(said, Assert.Single(Problems((setting, "x"))));

    [Theory]
    [InlineData("mail:SMTP:host")]
    [InlineData("FormsFlow:Forms:12:People:sis-liaison")]
    [InlineData("FormsFlow:LinkKeys:3")]
    [InlineData("FormsFlow:Forms:0:Substitutes:7")]
    // The environment's own: a mailbox, and what .NET and Azure read.
    [InlineData("MAIL")]
    [InlineData("PATH")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Kestrel:Limits:MaxRequestBodySize")]
    [InlineData("AzureWebJobsStorage:accountName")]
    public void What_somebody_reads_is_let_be(string setting) => Assert.Empty(Problems((setting, "x")));

    [Theory]
    [InlineData("Smtp:Host")]
    [InlineData("Forms:0:Notices")]
    [InlineData("Mails:From:Address")]
    [InlineData("Servers:Listen")]
    [InlineData("FormFlow:Colour")]
    [InlineData("PATH")]
    public void What_is_most_likely_another_programs_in_the_environment_is_let_be(string variable) => Assert.Empty(Judged(variable).Problems.Concat(Judged(variable).Doubts));

    [Theory]
    [InlineData("Server:Name", "Server:Name is no setting; known here are KnownProxies")]
    [InlineData("Mail:Smtp:Passwort", "Mail:Smtp:Passwort is no setting; did you mean Password?")]
    [InlineData("FormFlow:District", "FormFlow:District is no setting; did you mean FormsFlow:District?")]
    public void What_was_most_likely_meant_for_FormsFlow_in_the_environment_is_a_warning(string variable, string said)
    {
        var (problems, doubts) = Judged(variable);
        Assert.Empty(problems);
        Assert.StartsWith(said, Assert.Single(doubts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_in_FormsFlows_own_section_stops_the_start_in_the_environment_too() =>
        Assert.StartsWith("FormsFlow:Distrct is no setting; did you mean District?", Assert.Single(Judged("FormsFlow:Distrct").Problems), StringComparison.Ordinal);

    static (IReadOnlyList<string> Problems, IReadOnlyList<string> Doubts) Judged(string variable)
    {
        var (problems, doubts) = KnownSettings.Names.Judge(Configuration((variable, "x")), "FormsFlow");
        return ([.. problems], [.. doubts]);
    }

    [Fact]
    public void What_another_host_reads_beside_it_is_let_be_where_a_host_reads_only_a_part() =>
        Assert.Equal(
            ["Storage:AzureTables:Endpont"],
            new SettingNames().With<FormsFlow.Storage.AzureTables.AzureTablesStoreOptions>("Storage:AzureTables")
                .Problems(Configuration(("Storage:Path", "x"), ("Storage:AzureTables:Endpont", "x"))).Select(problem => problem.Split(' ')[0]));

    static IReadOnlyList<string> Problems(params (string Name, string Value)[] settings) => KnownSettings.Names.Problems(Configuration(settings));

    static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
