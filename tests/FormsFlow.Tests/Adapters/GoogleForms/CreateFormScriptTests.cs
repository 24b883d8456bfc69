using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using FormsFlow.Domain.Proposals;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Adapters.GoogleForms;

/// <summary>google/create-form.gs, run by Node against a stand-in for Google Apps Script; no test reaches Google itself.</summary>
public sealed class CreateFormScriptTests
{
    const string Account = "formsflow@pine-creek.iam.gserviceaccount.com";

    static readonly Dictionary<string, string> Filled = new()
    {
        ["SERVICE_ACCOUNT"] = Account,
        ["TIME_ZONE"] = "America/Denver",
        ["FORMSFLOW"] = "https://formsflow.pinecreek.example/base/",
    };

    static readonly Dictionary<string, string> Secret = new() { ["FORMSFLOW_NUDGE_KEY"] = "s3cret" };

    [Fact]
    public async Task The_forms_questions_are_those_of_the_sample_and_each_feeds_its_part_without_a_setting()
    {
        var world = await AppsScript.RunAsync(Filled, Secret);

        var items = world["forms"]![0]!["items"]!.AsArray();
        var questions = items.Where(item => item!["kind"]!.GetValue<string>() != "header").ToList();
        string[] titles = [.. questions.Select(item => item!["title"]!.GetValue<string>())];
        var sample = FormResponses.Load(Path.Combine(Repository.Root, "samples", "proposal-form.json"));
        Assert.Equal(sample.Questions.Select(question => question.Title), titles);
        Assert.Equal(
            sample.Questions.Select(question => (question.Type, question.Required, question.Help ?? "", string.Join('|', question.Options))),
            questions.Select(item => (
                item!["kind"]!.GetValue<string>(),
                item["required"]!.GetValue<bool>(),
                item["helpText"]?.GetValue<string>() ?? "",
                string.Join('|', item["choiceValues"]?.AsArray().Select(choice => choice!.GetValue<string>()) ?? []))));
        Assert.Equal(
            sample.Sections.Select(section => (section.Title, section.Description)),
            items.Where(item => item!["kind"]!.GetValue<string>() == "header").Select(item => ((string?)item!["title"]!.GetValue<string>(), item["helpText"]?.GetValue<string>())));
        var form = world["forms"]![0]!;
        Assert.Equal(
            (sample.Title, sample.Description, sample.Confirmation, sample.CollectEmail, sample.AllowEdit),
            (form["title"]!.GetValue<string>(), form["description"]!.GetValue<string>(), form["confirmationMessage"]!.GetValue<string>(),
                form["collectEmail"]!.GetValue<bool>(), form["allowResponseEdits"]!.GetValue<bool>()));

        // As Google heads the columns.
        string[] headers = ["Timestamp", "Email Address", .. titles];
        var layout = FormLayout.Default.Bind(headers, ["Timestamp"]);
        Assert.Empty(layout.Missing);
        Assert.Equal(Enum.GetValues<ProposalPart>().Order(), layout.Columns.Where(column => column.Part is not null).Select(column => column.Part!.Value).Order());
        Assert.Equal(SampleHeaders().Except(["Case", "Business", "Curriculum", "Technology", "Expected outcome", "Why"]), headers[1..]);
    }

    [Fact]
    public async Task The_form_takes_responses_into_a_sheet_that_the_service_account_may_edit_and_each_response_is_told()
    {
        var world = await AppsScript.RunAsync(Filled, Secret);

        Assert.Empty(world["errors"]!.AsArray());
        Assert.True(world["forms"]![0]!["isPublished"]!.GetValue<bool>());
        var sheet = world["sheets"]![0]!;
        Assert.Equal(sheet["id"]!.GetValue<string>(), world["forms"]![0]!["destination"]!.GetValue<string>());
        Assert.Equal("America/Denver", sheet["timeZone"]!.GetValue<string>());
        Assert.Equal(["owner@district.example", Account], sheet["editors"]!.AsArray().Select(editor => editor!.GetValue<string>()));
        Assert.Equal("tellFormsFlow on form submit of sheet1", Assert.Single(Triggers(world)));
        var said = string.Join('\n', world["log"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.Contains("Spreadsheet: https://docs.google.com/spreadsheets/d/sheet1/edit", said, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", world.ToJsonString().Replace("\"FORMSFLOW_NUDGE_KEY\":\"s3cret\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_the_older_kind_takes_responses_too()
    {
        var world = await AppsScript.RunAsync(Filled, Secret, extra: new() { ["legacy"] = true });
        Assert.Empty(world["errors"]!.AsArray());
        Assert.True(world["forms"]![0]!["isAcceptingResponses"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Run_again_it_makes_nothing_twice()
    {
        var once = await AppsScript.RunAsync(Filled, Secret);
        var thrice = await AppsScript.RunAsync(Filled, Secret, ["createForm", "createForm", "createForm"]);

        Assert.Empty(thrice["errors"]!.AsArray());
        foreach (var what in (string[])["forms", "sheets", "triggers"]) Assert.Equal(once[what]!.ToJsonString(), thrice[what]!.ToJsonString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(40)]
    public async Task Cut_off_by_Google_it_completes_the_same_form_when_it_is_run_again(int failAt)
    {
        var once = await AppsScript.RunAsync(Filled, Secret);
        var again = await AppsScript.RunAsync(Filled, Secret, ["createForm", "createForm"], new() { ["failAt"] = failAt });

        Assert.Single(again["errors"]!.AsArray());
        foreach (var what in (string[])["forms", "sheets", "triggers"]) Assert.Equal(once[what]!.ToJsonString(), again[what]!.ToJsonString());
    }

    [Fact]
    public async Task Without_an_address_of_FormsFlow_there_is_no_trigger()
    {
        var world = await AppsScript.RunAsync(new(Filled) { ["FORMSFLOW"] = "" }, []);
        Assert.Empty(world["errors"]!.AsArray());
        Assert.Empty(Triggers(world));
    }

    [Theory]
    [InlineData("SERVICE_ACCOUNT", "", "SERVICE_ACCOUNT is \"\"; it should be the \"client_email\"")]
    [InlineData("SERVICE_ACCOUNT", "me@gmail.com", "SERVICE_ACCOUNT is \"me@gmail.com\"")]
    [InlineData("FORMSFLOW", "http://formsflow.example", "FORMSFLOW is \"http://formsflow.example\"; it should begin with https://")]
    public async Task What_was_filled_in_wrong_is_said_before_anything_is_made(string constant, string value, string message)
    {
        var world = await AppsScript.RunAsync(new(Filled) { [constant] = value }, Secret);
        Assert.StartsWith(message, Assert.Single(world["errors"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(world["forms"]!.AsArray());
    }

    [Fact]
    public async Task A_missing_key_is_said_before_anything_is_made()
    {
        var world = await AppsScript.RunAsync(Filled, []);
        Assert.Contains("add FORMSFLOW_NUDGE_KEY", Assert.Single(world["errors"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(world["forms"]!.AsArray());
    }

    [Fact]
    public async Task A_sheet_that_is_there_already_is_shared_and_connected_and_nothing_else()
    {
        var world = await AppsScript.RunAsync(
            new(Filled) { ["EXISTING_SHEET"] = "https://docs.google.com/spreadsheets/d/theirs/edit#gid=1" }, Secret, ["connectExistingSheet", "connectExistingSheet"],
            new() { ["sheets"] = JsonNode.Parse("""[{"id":"theirs","name":"Proposals","tabs":["Form Responses 1"],"editors":[],"formUrl":"https://docs.google.com/forms/d/x"}]""") });

        Assert.Empty(world["errors"]!.AsArray());
        Assert.Empty(world["forms"]!.AsArray());
        Assert.Equal(Account, Assert.Single(world["sheets"]![0]!["editors"]!.AsArray())!.GetValue<string>());
        Assert.Equal("tellFormsFlow on form submit of theirs", Assert.Single(Triggers(world)));
    }

    [Theory]
    [InlineData(202, "")]
    [InlineData(401, "did not accept the key (401)")]
    [InlineData(404, "There is no FormsFlow at https://formsflow.pinecreek.example/base/nudge (404)")]
    public async Task What_a_person_has_to_correct_fails_so_that_Google_mails_it(int status, string error)
    {
        var world = await AppsScript.RunAsync(Filled, Secret, ["tellFormsFlow"], new() { ["nudgeStatus"] = status });

        var errors = world["errors"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
        if (error.Length == 0) Assert.Empty(errors);
        else Assert.Contains(error, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    public async Task What_passes_by_itself_is_only_logged(int status)
    {
        var world = await AppsScript.RunAsync(Filled, Secret, ["tellFormsFlow"], new() { ["nudgeStatus"] = status });
        Assert.Empty(world["errors"]!.AsArray());
        Assert.Contains($"answered {status}", Assert.Single(world["log"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
    }

    static List<string> Triggers(JsonNode world) =>
        [.. world["triggers"]!.AsArray().Select(trigger => $"{trigger!["handler"]} on {trigger["on"]} of {trigger["sheet"]}")];

    static string[] SampleHeaders()
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, "samples", "responses.csv"));
        using var csv = new CsvParser(reader, CultureInfo.InvariantCulture);
        csv.Read();
        return csv.Record!;
    }
}
