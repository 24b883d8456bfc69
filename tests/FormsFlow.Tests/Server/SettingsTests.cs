using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.GoogleSheets;
using FormsFlow.Server.Serve;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Tests.Server;

public sealed class SettingsTests
{
    static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json");

    [Fact]
    public void The_sample_is_understood_without_a_problem()
    {
        var reading = Read([]);
        Assert.Empty(reading.Problems);
        var form = Assert.Single(reading.Installation!.Forms);
        Assert.Equal("proposals", form.Key);
        Assert.Equal(["Business", "Curriculum", "Technology"], form.Parties.Select(party => party.Title));
        Assert.Equal("Omar Haddad", Assert.Single(form.Roster.Holders(DistrictProcedure.Technology, new DateOnly(2026, 12, 11))).Name);
        Assert.False(reading.Installation.Calendar.IsWorkingDay(new DateOnly(2026, 12, 31)));
        Assert.Equal([3, 6], form.Process.Stage("committee").Pace.RemindAfter);
    }

    [Theory]
    [InlineData("District", " ")]
    [InlineData("BaseAddress", "formsflow.district.org")]
    [InlineData("BaseAddress", "https://formsflow.d\uFFFDstrict.org")]
    [InlineData("BaseAddress", "ftp://formsflow.district.org")]
    [InlineData("BaseAddress", "http://0.0.0.0:8080")]
    [InlineData("BaseAddress", "http://[::]:8080")]
    [InlineData("TimeZone", "Central")]
    [InlineData("WorkingDays", "Mon")]
    [InlineData("WorkingDays", "1")]
    [InlineData("Holidays", "12/24/2026")]
    [InlineData("Holidays", "2027-01-03..2026-12-24")]
    [InlineData("DayBegins", "8 am")]
    [InlineData("DayEnds", "07:30")]
    [InlineData("Administrators", "Sam Lindqvist")]
    [InlineData("ShowOthers", "perhaps")]
    [InlineData("ShortestReadingSeconds", "-1")]
    [InlineData("PollSeconds", "1")]
    [InlineData("Forms:0:Key", "Product Proposals")]
    [InlineData("Forms:0:Spreadsheet", "")]
    [InlineData("Forms:0:Address", "the form")]
    [InlineData("Forms:0:Address", "https://forms.g\uFFFD.org/x")]
    [InlineData("Forms:0:Questions:Title", "Product title")]
    [InlineData("Forms:0:Questions:1", "Product title")]
    [InlineData("Forms:0:DateOrder", "American")]
    [InlineData("Forms:0:People:business", "")]
    [InlineData("Forms:0:People:busines", "a@district.org")]
    [InlineData("Forms:0:People:technology", "Priya Nair priya@district.org")]
    [InlineData("Forms:0:People:sis_liaison", "Priya Nair priya@district.org")]
    [InlineData("Forms:0:Substitutes:0", "Omar while Priya is away")]
    [InlineData("Forms:0:RemindAfter", "three")]
    [InlineData("Forms:0:EscalateAfter", "0")]
    [InlineData("Forms:0:ExpireAfter", "-5")]
    [InlineData("Forms:0:OnDenial", "Sometimes")]
    [InlineData("Forms:0:Process", "no-such-process.json")]
    public void What_is_wrong_is_named_with_what_would_be_right(string setting, string wrong)
    {
        var reading = Read(new() { [$"FormsFlow:{setting}"] = wrong });
        Assert.Null(reading.Installation);
        var problem = Assert.Single(reading.Problems);
        Assert.StartsWith($"FormsFlow:{setting} ", problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.Contains(";", problem, StringComparison.Ordinal);
        if (wrong.Trim().Length > 0 && !setting.Contains("Questions", StringComparison.Ordinal) && !setting.EndsWith("busines", StringComparison.Ordinal))
            Assert.Contains(wrong.Trim(), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_underscore_stands_for_the_dash_of_a_role_and_a_role_that_is_named_both_ways_is_refused()
    {
        var form = Assert.Single(Read(new() { ["FormsFlow:Forms:0:People:Technology_Operations"] = "a@district.org", ["FormsFlow:Forms:0:People:sis_liaison"] = "b@district.org" }).Installation!.Forms);
        Assert.Equal("a@district.org", Assert.Single(form.Roster.Holders(DistrictProcedure.TechnologyOperations, new DateOnly(2026, 12, 1))).Address);
        Assert.Equal("b@district.org", Assert.Single(form.Roster.Holders(DistrictProcedure.SisLiaison, new DateOnly(2026, 12, 1))).Address);

        var problem = Assert.Single(Read(new() { ["FormsFlow:Forms:0:People:sis_liaison"] = "b@district.org", ["FormsFlow:Forms:0:People:sis-liaison"] = "c@district.org" }).Problems);
        Assert.Contains("names the same role as", problem, StringComparison.Ordinal);
        var unknown = Assert.Single(Read(new() { ["FormsFlow:Forms:0:People:sis_liason"] = "b@district.org" }).Problems);
        Assert.StartsWith("FormsFlow:Forms:0:People:sis_liason is not a role", unknown, StringComparison.Ordinal);
        Assert.Contains("sis-liaison", unknown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form Responses 1", null)]
    [InlineData("form responses 1 ", "Form Responses 1")]
    [InlineData("Antworten", "antworten")]
    public void The_dashboard_may_not_be_where_responses_are(string dashboard, string? responses)
    {
        var form = new FormOptions { Key = "proposals", Spreadsheet = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg", DashboardTab = dashboard, ResponseTab = responses };
        Assert.Contains("DashboardTab", Assert.Single(ResponseSheetSettings.Problems([form])), StringComparison.Ordinal);
        Assert.Empty(ResponseSheetSettings.Problems([new FormOptions { Key = "proposals", Spreadsheet = form.Spreadsheet, ResponseTab = responses }]));
    }

    [Fact]
    public void People_of_a_role_that_the_process_lost_answer_on_for_proposals_that_began_with_it()
    {
        var reading = Read(new() { ["FormsFlow:Forms:0:FormerPeople:principal"] = "Ann Lee <ann.lee@pinecreek.example>" });
        Assert.Equal("Ann Lee", Assert.Single(Assert.Single(reading.Installation!.Forms).Roster.Holders("principal", new DateOnly(2026, 12, 1))).Name);
        Assert.Contains("FormerPeople:principal", Assert.Single(Read(new() { ["FormsFlow:Forms:0:People:principal"] = "ann.lee@pinecreek.example" }).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var reading = InstallationReader.Read(new FormsFlowOptions { Forms = { new FormOptions(), new FormOptions() } });
        Assert.True(reading.Problems.Length >= 14, string.Join('\n', reading.Problems));
    }

    [Theory]
    [InlineData("c2VjcmV0LXRoYXQtaXMtdG9vLXNob3J0")]
    [InlineData("a1:c2VjcmV0LXRoYXQtaXMtdG9vLXNob3J0")]
    [InlineData("a1:this-secret-is-not-base64!")]
    public void A_bad_link_key_is_refused_without_being_repeated(string key)
    {
        var problem = Assert.Single(Read(new() { ["FormsFlow:LinkKeys:0"] = key }).Problems);
        Assert.DoesNotContain(key[3..], problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_in_other_words_replace_the_defaults_of_their_part_only()
    {
        var layout = Read(new() { ["FormsFlow:Forms:0:Questions:Sponsor"] = "Who asks? | Applicant" }).Installation!.Forms[0].Layout;
        Assert.Equal(["Who asks?", "Applicant"], layout.Headers[ProposalPart.Sponsor]);
        Assert.Equal(FormLayout.Default.Headers[ProposalPart.Alignment], layout.Headers[ProposalPart.Alignment]);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "Values")]
    [InlineData("""{ "Values": { "FormsFlow": { "District": "x" } } }""", "list or an object")]
    [InlineData("""{ "Values": { "A:B": "1", "A__B": "2" } }""", "twice")]
    public void A_broken_settings_file_is_refused_with_its_name(string text, string word)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            var problem = Assert.Single(Assert.Throws<SettingsException>(() => ServeHost.Build(path)).Problems);
            Assert.Contains(path, problem, StringComparison.Ordinal);
            Assert.Contains(word, problem, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_sections_of_google_and_mail_are_checked_together_with_the_others()
    {
        var problems = Assert.Throws<SettingsException>(() => ServeHost.Build(Sample)).Problems;
        // All that the sample lacks is the key of a real service account.
        Assert.StartsWith("Google:CredentialsFile", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://formsflow.district.org/", true)]
    [InlineData("https://formsflow.example.org/", true)]
    [InlineData("https://10.0.0.5/", true)]
    [InlineData("http://127.0.0.1:8080/", false)]
    [InlineData("http://localhost:8080/", false)]
    [InlineData("https://formsflow.district.example/", false)]
    public void The_samples_secrets_are_refused_wherever_people_can_come(string address, bool refused)
    {
        var problems = Read(new() { ["FormsFlow:BaseAddress"] = address }).Problems;
        Assert.Equal(refused ? ["FormsFlow:LinkKeys:0", "FormsFlow:NudgeKey"] : [], problems.Select(problem => problem.Split(' ')[0]));
        Assert.All(problems, problem => Assert.Contains("the one of the sample", problem, StringComparison.Ordinal));
    }

    /// <summary>What local.settings.sample.json says.</summary>
    internal static FormsFlowOptions SampleOptions() => Options([]);

    static InstallationReading Read(Dictionary<string, string?> changes) => InstallationReader.Read(Options(changes));

    static FormsFlowOptions Options(Dictionary<string, string?> changes) =>
        new ConfigurationBuilder().AddInMemoryCollection(SettingsFile.Read(Sample)).AddInMemoryCollection(changes).Build()
            .GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>()!;
}
