using System.Text.Json;
using FormsFlow.Domain.Proposals;
using FormsFlow.Server.Check;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Serving;

/// <summary>The built program's <c>check</c>, against a real SMTP server and the stand-in for Google.</summary>
public sealed class CheckTests
{
    const string Account = "formsflow@formsflow-emulator.iam.gserviceaccount.com";

    [Fact]
    public async Task Right_settings_are_found_right_and_nothing_is_left_behind()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Form.Propose("Desmos");
        var before = await SheetAsync(district);

        var (exitCode, output, errors) = await CheckAsync(district);

        Assert.Equal("", errors);
        Assert.DoesNotContain("PROBLEM", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Contains($"ok       Google sign-in: {Account}", output, StringComparison.Ordinal);
        Assert.Contains("ok       proposals: ProductTitle: \u2190 'Product title'", output, StringComparison.Ordinal);
        Assert.Contains("ok       proposals: writing: the account may edit it", output, StringComparison.Ordinal);
        Assert.Contains("note     proposals: own columns: FormsFlow ID, Status, Business decision", output, StringComparison.Ordinal);
        Assert.Contains("not encrypted, without a login", output, StringComparison.Ordinal);
        Assert.Contains($"note     Installation: gets its id when FormsFlow is first started with this store, Pine Creek School District at {district.Address}", output, StringComparison.Ordinal);
        Assert.Equal(before, await SheetAsync(district));
        Assert.Empty(district.Mails);
        Assert.False(File.Exists(district.Store));
        Assert.Equal(["google-service-account.json", "local.settings.json"], Directory.GetFiles(district.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_sheet_that_is_in_use_is_looked_at_by_tags_and_the_installation_is_named()
    {
        await using var district = await ServedDistrict.CreateAsync();
        using (var server = await district.ServeAsync())
        {
            district.Form.Propose("Desmos");
            await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
            await server.UntilItSaysAsync("it is the installation");
            await server.StopAsync();
        }

        var tab = district.Emulator.Views.Window(district.Form.Spreadsheet, rows: 0).Tabs.Single(tab => tab.IsFormTab);
        var headers = district.Emulator.Views.Window(district.Form.Spreadsheet, tab.SheetId, rows: 1).Rows[0].Cells.Select(cell => cell?.Text).ToList();
        district.Emulator.Editing.EditCell(district.Form.Spreadsheet, tab.SheetId, 0, headers.IndexOf("Business decision"), "What business thinks");

        var (_, output, _) = await CheckAsync(district);

        var installation = FormsFlow.Storage.Sqlite.SqliteProposalStore.PeekNote(district.Store, FormsFlow.Application.Intake.SheetOwnership.Note);
        Assert.Contains($"ok       Installation: {installation}, Pine Creek School District at {district.Address}", output, StringComparison.Ordinal);
        Assert.Contains("ok       proposals: own columns: FormsFlow ID, Status, Business decision", output, StringComparison.Ordinal);
        Assert.Contains("note     proposals: own columns: 'What business thinks' is the column 'Business decision' under another name", output, StringComparison.Ordinal);
        Assert.DoesNotContain("own question: 'What business thinks'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_with_its_remedy_and_the_rest_is_tried_all_the_same()
    {
        await using var district = await ServedDistrict.CreateAsync("proposals", "trips");
        district.Emulator.Store.Share(district.Form.Spreadsheet, []);
        district.Settings["FormsFlow:Forms:1:Spreadsheet"] = "https://docs.google.com/spreadsheets/d/1NobodyHasThisSpreadsheet/edit";
        district.Settings["FormsFlow:TimeZone"] = "Central";
        district.Settings["Mail:Smtp:Port"] = "1";
        district.Settings["Storage:Path"] = Path.Combine(district.Folder, "no-such-folder", "formsflow.db");

        var (exitCode, output, _) = await CheckAsync(district);

        Assert.Equal(1, exitCode);
        Assert.Contains("FormsFlow:TimeZone is 'Central'", output, StringComparison.Ordinal);
        Assert.Contains($"-> Share the spreadsheet with {Account} as Editor.", output, StringComparison.Ordinal);
        Assert.Contains("There is no spreadsheet 1NobodyHasThisSpreadsheet (form 'trips')", output, StringComparison.Ordinal);
        Assert.Contains("PROBLEM  Mail: The mail server 127.0.0.1:1 cannot be reached", output, StringComparison.Ordinal);
        Assert.Matches(@"PROBLEM  Mail: .*\n +-> Run check again in a few minutes", output.ReplaceLineEndings("\n"));
        Assert.Contains("PROBLEM  Store: the folder", output, StringComparison.Ordinal);
        Assert.Contains(": one setting is wrong", output, StringComparison.Ordinal);
        Assert.Contains("\n5 problems, ", output, StringComparison.Ordinal);
        Assert.Contains("ok       Google sign-in", output, StringComparison.Ordinal);
        Assert.Contains("ok       Clock: agrees with", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_form_that_asks_in_other_words_it_proposes_lines_that_make_it_work_when_pasted()
    {
        await using var district = await ServedDistrict.CreateAsync();
        var old = new FormDefinition
        {
            Id = "old",
            Title = "Software request",
            CollectEmail = true,
            Sections = [new FormSection { Questions = [.. OldQuestions.Select(title => new FormQuestion { Title = title })] }],
        };
        district.Settings["FormsFlow:Forms:0:Spreadsheet"] = district.Emulator.Forms.CreateSpreadsheet(old);

        var (exitCode, output, _) = await CheckAsync(district);

        Assert.Equal(1, exitCode);
        var lines = output.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("    \"FormsFlow:Forms:0:Questions:", StringComparison.Ordinal)).ToList();
        Assert.Contains("    \"FormsFlow:Forms:0:Questions:ProductTitle\": \"Name of the software or web site\",", lines);
        Assert.Contains("    \"FormsFlow:Forms:0:Questions:Sponsor\": \"Your name\",", lines);
        foreach (var (name, question) in JsonSerializer.Deserialize<Dictionary<string, string>>($"{{{string.Concat(lines).TrimEnd(',')}}}")!) district.Settings[name] = question;

        (exitCode, output, _) = await CheckAsync(district);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_sheet_that_may_only_be_read_and_a_revoked_key_are_told_apart()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Emulator.Faults.Add(new Fault(FaultKind.Status, 403, Method: "write", Times: 100));
        var (exitCode, output, _) = await CheckAsync(district);
        Assert.Equal(1, exitCode);
        Assert.Contains("PROBLEM  proposals: writing", output, StringComparison.Ordinal);
        Assert.Contains("give", output, StringComparison.Ordinal);

        district.Emulator.Faults.Clear();
        district.Emulator.Accounts.Revoke(Account);
        (exitCode, output, _) = await CheckAsync(district);
        Assert.Equal(1, exitCode);
        Assert.Contains("PROBLEM  Google sign-in", output, StringComparison.Ordinal);
        Assert.Contains("skipped  proposals: sheet: nobody is signed in", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_mail_is_sent_when_asked_for()
    {
        await using var district = await ServedDistrict.CreateAsync();

        var (exitCode, output, _) = await CheckAsync(district, "--send-test-mail", "it@pinecreek.example");

        Assert.True(exitCode == 0, output);
        Assert.Contains("ok       Test mail: sent to it@pinecreek.example", output, StringComparison.Ordinal);
        await district.MailAsync("it@pinecreek.example", "A test mail from FormsFlow");
    }

    [Fact]
    public async Task As_JSON_it_says_the_same_to_a_script()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["FormsFlow:Forms:0:People:business"] = "marcus@pinecrek.example";
        var (exitCode, output, _) = await CheckAsync(district, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, exitCode);
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Contains(json.RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("verdict").GetString() == "warning" && finding.GetProperty("text").GetString()!.Contains("pinecrek.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check", "--settings", "/nowhere/local.settings.json")]
    [InlineData("serve", "--settings", "/nowhere/local.settings.json")]
    [InlineData("export", "export.jsonl", "--settings", "/nowhere/local.settings.json")]
    public async Task Without_a_file_to_read_it_says_which(params string[] arguments)
    {
        var (exitCode, _, errors) = await ServerProcess.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("There is no settings file /nowhere/local.settings.json. Copy local.settings.sample.json", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_settings_serve_says_first_that_there_is_no_file()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, _, errors) = await ServerProcess.RunInAsync(folder.Path, [], "serve");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"There is no local.settings.json in {folder.Path}; only environment variables were read.", errors, StringComparison.Ordinal);
        Assert.Contains(" settings are wrong:", errors, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(folder.Path, "local.settings.json"), """{ "Values": { "FormsFlow:District": "Pine Creek" } }""");
        (_, _, errors) = await ServerProcess.RunInAsync(folder.Path, [], "serve");
        Assert.DoesNotContain("There is no local.settings.json", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProposalPart.ProductTitle, "Name of the software or web site")]
    [InlineData(ProposalPart.ProductTitle, "What app would you like to use?")]
    [InlineData(ProposalPart.Sponsor, "Your name")]
    [InlineData(ProposalPart.Sponsor, "Requested by (teacher name)")]
    [InlineData(ProposalPart.SponsorContact, "Your e-mail and phone")]
    [InlineData(ProposalPart.VendorContact, "Company / publisher")]
    [InlineData(ProposalPart.Deadline, "When do you need it?")]
    [InlineData(ProposalPart.DataNeeds, "Will student data be uploaded (rostering)?")]
    [InlineData(ProposalPart.Alignment, "Which curriculum standards does it support?")]
    [InlineData(ProposalPart.Funding, "Who pays for it? Cost per year")]
    [InlineData(ProposalPart.BudgetCode, "Account / budget code")]
    public void Common_wordings_are_guessed(ProposalPart part, string header)
    {
        var guess = Assert.Single(ColumnGuess.Of([header], Enum.GetValues<ProposalPart>()));
        Assert.Equal(part, guess.Part);
    }

    [Fact]
    public void What_is_about_nothing_known_is_not_guessed() => Assert.Empty(ColumnGuess.Of(
        ["Lunch preference", "How many students are in your class?", "Notes", "\ud83d\ude00", "", new string('x', 50_000)], Enum.GetValues<ProposalPart>()));

    static readonly string[] OldQuestions =
        ["Name of the software or web site", "Your name", "Your e-mail and phone", "Company / publisher", "When do you need it?", "Which curriculum standards does it support?", "Lunch preference"];

    static async Task<(int ExitCode, string Output, string Errors)> CheckAsync(ServedDistrict district, params string[] arguments)
    {
        district.WriteSettings();
        var said = await ServerProcess.RunAsync(["check", "--settings", district.SettingsPath, .. arguments]);
        Assert.DoesNotMatch(@"(?m)^(PROBLEM|WARNING) .*\n(?! +-> )", said.Output.ReplaceLineEndings("\n"));
        return said;
    }

    /// <summary>All of the spreadsheet, as Google's own API gives it.</summary>
    static async Task<string> SheetAsync(ServedDistrict district) => await Task.FromResult(string.Join('\n', district.Form.Rows.SelectMany(row => row.Select(cell => $"{cell.Key}={cell.Value}"))
        .Concat(district.Emulator.Views.Window(district.Form.Spreadsheet, rows: 0).Tabs.Select(tab => tab.Title))));
}
