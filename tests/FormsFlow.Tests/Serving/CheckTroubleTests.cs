using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.GoogleSheets;
using FormsFlow.Server.Check;
using FormsFlow.Server.Serve;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.Tests.Adapters.Mail;
using FormsFlow.Tests.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>What <c>check</c> finds wrong, one thing at a time, against the stand-in for Google, a real SMTP server and real addresses.</summary>
public sealed class CheckTroubleTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, "this machine's clock is 10 minutes ahead of 127.0.0.1")]
    [InlineData(-3, "this machine's clock is 3 minutes behind 127.0.0.1")]
    public async Task A_clock_that_is_off_is_a_problem(int minutes, string said)
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        var clock = new TestClock();
        clock.Jump(TimeSpan.FromMinutes(minutes));
        using var machine = new MachineCheck(clock);

        var finding = Assert.Single(await machine.ClockAsync(district.Emulator.BaseAddress, Token));

        Assert.Equal((Verdict.Problem, said), (finding.Verdict, finding.Text));
        Assert.Contains("set-ntp", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_way_to_Google_the_clock_cannot_be_compared_and_that_is_said()
    {
        using var machine = new MachineCheck(TimeProvider.System);
        var findings = await machine.ClockAsync(new Uri($"http://127.0.0.1:{NobodyListens()}/"), Token);
        Assert.Equal(
            [(Verdict.Problem, "Google", "127.0.0.1 cannot be reached (ConnectionError)"), (Verdict.Skipped, "Clock", "not compared, because Google could not be reached")],
            findings.Select(finding => (finding.Verdict, finding.What, finding.Text)));
        Assert.Contains("Google:BaseAddress", findings[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Google_is_asked_at_the_address_that_is_configured_also_when_the_credentials_are_wrong()
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings["Google:CredentialsFile"] = Path.Combine(district.Folder, "no-such-key.json");

        var findings = await FindAsync(district);

        Assert.Equal((Verdict.Good, "agrees with 127.0.0.1"), findings.Where(finding => finding.What == "Clock").Select(finding => (finding.Verdict, finding.Text)).Single());
        Assert.DoesNotContain(findings, finding => finding.What == "Google");

        district.Settings["Google:BaseAddress"] = "the emulator";
        Assert.Equal(Verdict.Skipped, Assert.Single(await FindAsync(district), finding => finding.What == "Clock").Verdict);
    }

    [Fact]
    public void What_only_a_server_tries_again_is_given_a_remedy()
    {
        var away = SheetErrors.Explain(new HttpRequestException(), "proposals", "1AbC", "a@b.example", writing: false)!;
        Assert.EndsWith("at the next poll.", away.Message, StringComparison.Ordinal);
        Assert.Equal("Google cannot be reached for the spreadsheet of form 'proposals' (1AbC): HttpRequestException.", SheetRemedy.TextOf(away));
        foreach (var trouble in Enum.GetValues<SheetTrouble>()) Assert.EndsWith(".", SheetRemedy.For(trouble, "a@b.example", 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tab_that_was_renamed_is_named_with_those_that_there_are()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["FormsFlow:Forms:0:ResponseTab"] = "Form Responses 1";
        var tab = district.Emulator.Views.Window(district.Form.Spreadsheet, rows: 0).Tabs.Single(tab => tab.IsFormTab);
        district.Emulator.Editing.RenameTab(district.Form.Spreadsheet, tab.SheetId, "Answers 2026");

        var finding = Assert.Single(await FindAsync(district), finding => finding.What == "proposals: sheet");

        Assert.Equal(Verdict.Problem, finding.Verdict);
        Assert.Contains("It has no tab called 'Form Responses 1', only 'Answers 2026'", finding.Text, StringComparison.Ordinal);
        Assert.Contains("Correct ResponseTab", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_in_another_time_zone_is_a_warning()
    {
        await using var district = await ServedDistrict.CreateAsync();
        Assert.DoesNotContain(await FindAsync(district), finding => finding.What.EndsWith("time zone", StringComparison.Ordinal));
        district.Settings["FormsFlow:TimeZone"] = "America/New_York";

        var finding = Assert.Single(await FindAsync(district), finding => finding.What == "proposals: time zone");

        Assert.Equal((Verdict.Warning, "the spreadsheet's is America/Chicago, the district's America/New_York"), (finding.Verdict, finding.Text));
        Assert.Contains("File, Settings, Time zone", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_that_the_account_may_not_edit_is_a_problem_and_one_that_only_warns_is_none()
    {
        await using var district = await ServedDistrict.CreateAsync();
        Protect(district, "Do not touch", warningOnly: true);
        Assert.Equal(Verdict.Good, Assert.Single(await FindAsync(district), finding => finding.What == "proposals: writing").Verdict);
        Protect(district, "Budget office only", warningOnly: false);

        var finding = Assert.Single(await FindAsync(district), finding => finding.What == "proposals: writing");

        Assert.Equal((Verdict.Problem, "the account may not edit 'Budget office only'"), (finding.Verdict, finding.Text));
        Assert.Contains("Protected sheets and ranges", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Little_room_on_the_disk_is_a_warning()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "formsflow.db");
        Assert.Equal(Verdict.Good, MachineCheck.Store(store, little: 0).Verdict);

        var finding = MachineCheck.Store(store, little: long.MaxValue);

        Assert.Equal(Verdict.Warning, finding.Verdict);
        Assert.Matches(@"formsflow\.db: only [\d,]+ MB free$", finding.Text);
        Assert.Contains("Free some space", finding.Remedy, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_is_no_store_is_told_apart_from_one()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "formsflow.db");
        File.WriteAllText(file, "Minutes of the board meeting");

        Assert.Equal((Verdict.Problem, $"{file} is no FormsFlow store"), (MachineCheck.Store(file).Verdict, MachineCheck.Store(file).Text));
        Assert.Equal("Minutes of the board meeting", File.ReadAllText(file));
        Assert.Equal((Verdict.Problem, $"{folder.Path} is a folder"), (MachineCheck.Store(folder.Path).Verdict, MachineCheck.Store(folder.Path).Text));
        Assert.Equal(Verdict.Problem, MachineCheck.Store(Path.Combine(file, "formsflow.db")).Verdict);
    }

    [Fact]
    public async Task A_login_that_the_mail_server_rejects_is_a_problem_that_does_not_repeat_the_password()
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        await using var smtp = await SmtpPeer.StartAsync(new { tls = "none", user = "formsflow", pass = "right" });
        district.Settings["Mail:Smtp:Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture);
        district.Settings["Mail:Smtp:User"] = "formsflow";
        district.Settings["Mail:Smtp:Password"] = "zebrafinch4711";

        var findings = await FindAsync(district);

        var finding = Assert.Single(findings, finding => finding.What == "Mail");
        Assert.Equal(Verdict.Problem, finding.Verdict);
        Assert.Contains("Mail:Smtp:User", finding.Text, StringComparison.Ordinal);
        Assert.Contains("docs/settings.md", finding.Remedy, StringComparison.Ordinal);
        Assert.All(findings, other => Assert.DoesNotContain("zebrafinch4711", other.ToString(), StringComparison.Ordinal));
        await smtp.NextAsync("login-refused");

        district.Settings["Mail:Smtp:Password"] = "right";
        Assert.Equal(Verdict.Good, Assert.Single(await FindAsync(district), finding => finding.What == "Mail").Verdict);
    }

    [Theory]
    [InlineData("unknown@pinecreek.example", "User unknown", "Try another address")]
    [InlineData("grey@pinecreek.example", "Greylisted", "Run check again in a few minutes")]
    public async Task A_test_mail_that_is_not_taken_is_a_problem_and_fails_the_check(string to, string said, string remedy)
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.WriteSettings();

        var (exitCode, output, _) = await ServerProcess.RunAsync("check", "--settings", district.SettingsPath, "--send-test-mail", to);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.ReplaceLineEndings("\n").Split('\n'), line => line.StartsWith("PROBLEM  ", StringComparison.Ordinal));
        Assert.StartsWith("PROBLEM  Test mail: ", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.Contains($"-> {remedy}", output, StringComparison.Ordinal);
        Assert.Empty(district.Mails);
    }

    [Fact]
    public async Task An_address_of_this_machine_only_is_a_warning_whoever_answers()
    {
        await using var site = await AnswerAsync("Healthy");
        var findings = await LookAsync(AddressOf(site));
        Assert.Equal([Verdict.Warning, Verdict.Good], findings.Select(finding => finding.Verdict));
        Assert.Equal($"{AddressOf(site)} is this machine only", findings[0].Text);
        Assert.Equal($"{AddressOf(site)} answers", findings[1].Text);
    }

    [Fact]
    public async Task An_address_without_encryption_is_a_warning()
    {
        var findings = await LookAsync(new Uri("http://formsflow.invalid/"));
        Assert.Equal((Verdict.Warning, "http://formsflow.invalid/ is not encrypted"), (findings[0].Verdict, findings[0].Text));
        Assert.Contains("https://", findings[0].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Welcome to nginx!", 200, "", "200")]
    [InlineData("Healthy", 404, "", "404")]
    [InlineData("Healthy", 302, "", "302")]
    [InlineData("Healthy", 200, "intranet/", "404")]
    public async Task Somebody_else_at_the_address_is_a_warning(string text, int status, string below, string said)
    {
        await using var site = await AnswerAsync(text, status);
        var address = new Uri(AddressOf(site), below);
        var finding = (await LookAsync(address))[^1];
        Assert.Equal((Verdict.Warning, $"somebody else answers at {address} ({said})"), (finding.Verdict, finding.Text));
        Assert.Contains("reverse proxy", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_warning_and_nothing_is_tried_there()
    {
        var findings = await LookAsync(new Uri("https://formsflow.invalid/"));
        Assert.Equal((Verdict.Warning, "the name formsflow.invalid is not known here"), (Assert.Single(findings).Verdict, findings[0].Text));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_warning_because_FormsFlow_may_not_run_yet()
    {
        var address = new Uri($"http://127.0.0.1:{NobodyListens()}/");
        var finding = (await LookAsync(address))[^1];
        Assert.Equal((Verdict.Warning, $"{address} does not answer (ConnectionError)", "Fine as long as FormsFlow does not run."), (finding.Verdict, finding.Text, finding.Remedy));
    }

    [Fact]
    public async Task Somebody_who_speaks_no_TLS_at_an_https_address_is_a_warning()
    {
        await using var site = await AnswerAsync("Healthy");
        var address = new UriBuilder(AddressOf(site)) { Scheme = "https" }.Uri;
        var finding = (await LookAsync(address))[^1];
        Assert.Equal((Verdict.Warning, $"{address} does not answer (SecureConnectionError)"), (finding.Verdict, finding.Text));
    }

    [Fact]
    public async Task Somebody_who_never_answers_is_not_waited_for()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://{silent.LocalEndpoint}/");
        using var machine = new MachineCheck(TimeProvider.System, patience: TimeSpan.FromMilliseconds(200));
        var finding = (await machine.AddressAsync(address, Token))[^1];
        Assert.Equal((Verdict.Warning, $"{address} does not answer (no answer in time)"), (finding.Verdict, finding.Text));
    }

    static async Task<IReadOnlyList<Finding>> LookAsync(Uri address)
    {
        using var machine = new MachineCheck(TimeProvider.System);
        return await machine.AddressAsync(address, Token);
    }

    /// <summary>All that a check of the district finds; no problem and no warning without a remedy.</summary>
    internal static async Task<IReadOnlyList<Finding>> FindAsync(ServedDistrict district)
    {
        district.WriteSettings();
        var findings = new List<Finding>();
        await foreach (var finding in new Checklist(ServeSetup.Read(district.SettingsPath), district.SettingsPath, TimeProvider.System).RunAsync((Person?)null, Token)) findings.Add(finding);
        Assert.DoesNotContain(findings, finding => finding.Verdict is Verdict.Problem or Verdict.Warning && finding.Remedy.Length == 0);
        return findings;
    }

    static void Protect(ServedDistrict district, string what, bool warningOnly) => district.Emulator.Store.Write(district.Form.Spreadsheet, change =>
    {
        var layout = change.Spreadsheet.Sheets[0].Layout;
        var more = warningOnly ? null : new JsonObject { ["requestingUserCanEdit"] = false };
        change.Apply(new SetLayout(layout with { ProtectedRanges = [new ProtectedRange(1, new GridRange(layout.SheetId, null, null, 1, 2), what, warningOnly, more)] }));
    });

    static async Task<WebApplication> AnswerAsync(string text, int status = 200)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/healthz", () => Results.Text(text, statusCode: status));
        await app.StartAsync(Token);
        return app;
    }

    static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    static int NobodyListens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
