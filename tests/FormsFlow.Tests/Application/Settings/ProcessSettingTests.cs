using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Application.Settings;

/// <summary>A form's process as somebody writes it down.</summary>
public sealed class ProcessSettingTests
{
    static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);

    [Fact]
    public void The_sample_is_the_districts_procedure_word_for_word() =>
        Assert.Equal(Written(DistrictProcedure.Definition), Written(Understood(Sample("process.json")).Process));

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("/* Ours. */ ")]
    [InlineData("// Ours.\n")]
    [InlineData(" \uFEFF\r\n// Ours.\r\n/* And\nmore. */\n")]
    public void A_process_in_the_setting_itself_may_begin_as_a_file_may(string beginning) =>
        Assert.Equal(Written(DistrictProcedure.Definition), Written(Understood(beginning + File.ReadAllText(Sample("process.json"))).Process));

    [Fact]
    public void The_whole_procedure_can_be_written_down()
    {
        var form = Understood(Sample("process-whole.json"), ("campus-leader", "Lincoln Elementary: Pam Ortiz <pam@district.org>; K-8: North: Val Moreau <val@district.org>; Eve Stone <eve@district.org>"), ("sis-liaison", "lee@district.org"));
        Assert.Equal(["Lincoln Elementary", "K-8: North", null], form.Roster.Assignments.Where(assignment => assignment.Role == "campus-leader").Select(assignment => assignment.For));
        Assert.Equal(
            ["Campus leader", "SIS liaison", "Business", "Curriculum", "Technology", "Sponsor", "Curriculum (Renewal)"], form.Parties.Select(party => party.Title));
        Assert.Equal([3, 6], form.Process.Stage("campus").Pace.RemindAfter);
        Assert.Null(form.Process.Stage("renewal").Pace.ExpireAfter);
    }

    /// <summary>From the campus leader to the renewal, in the order of the procedure.</summary>
    [Fact]
    public void The_whole_procedure_goes_its_way()
    {
        var form = Understood(Sample("process-whole.json"), ("values", "val@district.org"), ("campus-leader", "Lincoln: pam@district.org; Roosevelt: ray@district.org"),
            ("technology-operations", "olga@district.org"), ("sis-liaison", "lee@district.org"), ("purchasing", "pia@district.org"));
        var response = Responses.With((Responses.DataNeeds, "Yes, nightly"), (Responses.DataElements, "name"));
        response = response with { Proposal = response.Proposal with { Answers = response.Proposal.Answers.Add(new Answer("Which campus is it for?", "ROOSEVELT")) } };
        var scenario = Given.AProposal(form.Process, form.Roster, response).ThenTold<Effect.RequestReview>(new Person("", "val@district.org"))
            .When(Steps.Approve("values", stage: "values"))
            .ThenTold<Effect.RequestReview>(new Person("", "ray@district.org"), new Person("", "olga@district.org"), new Person("", "olga@district.org"))
            .When(Steps.Answer("campus", "campus-leader", Choice.Recommend), Steps.Answer("technology-check", "technology-operations", Choice.Recommend),
                Steps.Answer("data-elements", "technology-operations", Choice.Done, "name"))
            .ThenTold<Effect.RequestReview>(new Person("", "lee@district.org")).ThenStage("committee", StageStatus.Waiting)
            .When(Steps.Answer("data-project", "sis-liaison", Choice.Done, "Request 4711")).ThenStage("committee", StageStatus.Open)
            .Approved("business", "curriculum", "technology").ThenOutcome(OutcomeKind.Approved).ThenTold<Effect.RequestReview>(new Person("", "pia@district.org"))
            .When(Steps.Answer("purchase-order", "purchasing", Choice.Done, "PO 118"));

        scenario.At(scenario.NextDue!.Value).When(Steps.PassTime()).ThenTold<Effect.RequestReview>(Given.Ana)
            .When(Steps.Answer("impact", "sponsor", Choice.Done, "They read more."))
            .When(Steps.Answer("renewal", "curriculum", Choice.Renew)).Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Approved);
    }

    [Fact]
    public void What_a_stage_does_not_say_follows_the_other_settings()
    {
        var stage = Understood("""{ "name": "P", "stages": [ { "key": "a", "title": "A", "kind": "vote", "required": true, "roles": [ { "key": "business", "title": "B" } ] } ] }""", change: form =>
        {
            form.People = new(StringComparer.OrdinalIgnoreCase) { ["business"] = "b@district.org" };
            (form.RemindAfter, form.EscalateAfter, form.ExpireAfter, form.OnDenial) = ("2", "4", "never", "WaitForAll");
        }).Process.Stages[0];
        Assert.Equal([2], stage.Pace.RemindAfter);
        Assert.Equal(((int?)4, "escalation", (int?)null, OnDenial.WaitForAll), (stage.Pace.EscalateAfter, stage.Pace.EscalateTo, stage.Pace.ExpireAfter, stage.OnDenial));
        Assert.Equal((new Rule.All(), new Condition.Always(), true), (stage.Rule, stage.When, stage.Required));
    }

    [Theory]
    [InlineData("", null, true)]
    [InlineData("", "All", true)]
    [InlineData("", "sponsoroutcome", false)]
    [InlineData("\"notices\": \"all\", ", "SponsorOutcome", true)]
    [InlineData("\"notices\": \"sponsor outcome\", ", null, false)]
    public void Which_notices_are_sent_is_the_processs_word_or_else_the_settings(string member, string? setting, bool all)
    {
        var process = Understood($$"""{ "name": "P", {{member}}"stages": [ { "key": "a", "title": "A", "kind": "vote", "roles": [ { "key": "business", "title": "B" } ] } ] }""", change: form =>
        {
            form.People = new(StringComparer.OrdinalIgnoreCase) { ["business"] = "b@district.org" };
            form.Notices = setting;
        }).Process;
        Assert.Equal(all, process.SendsAllNotices());
        Assert.Equal(all, ((ProposalState.Known)Given.AProposal(process, Given.Three).State).Dossier.Definition.SendsAllNotices());
    }

    [Fact]
    public void Every_member_means_what_it_says()
    {
        var process = Understood("""
            {
              "name": "P", // a comment, and a comma too many
              "stages": [
                { "key": "a", "title": "A", "kind": "recommendation", "roles": [ { "key": "r", "title": "R", "asked": "sponsor" } ], "rule": "any", "purpose": "Why.",
                  "when": { "all": [ { "answered": "budget code" }, { "not": { "any": [ "data needed", { "question": "Q?", "contains": ["x", "y"] } ] } } ] },
                  "opensAfter": "1 month and 10 working days", "choices": ["advise against", "Renew"], "remindAfter": "never", "escalateAfter": "never", "expireAfter": 250 },
                { "key": "b", "title": "B", "kind": "vote", "after": ["a"], "rule": 2, "onDenial": "WaitForAll", "escalateTo": "chief",
                  "roles": [ { "key": "business", "title": "B1", "concerns": ["Funding"] }, { "key": "c", "title": "C", "questions": ["Why?"] }, { "key": "d", "title": "D", "asked": { "answerTo": "Campus" } } ] },
              ],
              "correction": "never",
            }
            """, change: form => form.People = new(StringComparer.OrdinalIgnoreCase) { ["business"] = "b@district.org", ["chief"] = "c@district.org", ["d"] = "North: d@district.org" }).Process;
        var expected = new ProcessDefinition("P",
        [
            new Stage("a", "A", StageKind.Recommendation, [new StageRole("r", "R", [], [], new Holder.Sponsor())], new Rule.Any(),
                new Condition.AllOf([new Condition.Answered(ProposalPart.BudgetCode), new Condition.Not(new Condition.AnyOf([new Condition.DataNeeded(), new Condition.AnswerContains("Q?", ["x", "y"])]))]),
                [], OnDenial.CloseAtOnce, new Pace([], null, "escalation", 250), Required: false, "Why.", new Delay(1, 10), [Choice.AdviseAgainst, Choice.Renew]),
            new Stage("b", "B", StageKind.Vote,
                [new StageRole("business", "B1", [], [ProposalPart.Funding]), new StageRole("c", "C", ["Why?"], []), new StageRole("d", "D", [], [], new Holder.RosterByAnswer("Campus"))],
                new Rule.Quorum(2), new Condition.Always(), ["a"], OnDenial.WaitForAll, new Pace([3, 6], 8, "chief", 15), Required: false),
        ]);
        Assert.Equal(Written(expected), Written(process));
    }

    [Theory]
    [InlineData("""{ "name": "P" }""", "has no stages; it should have a list of them")]
    [InlineData("""{ "name": "", "stages": [] }""", "name is ''; it should be the name that people know")]
    [InlineData("""{ "name": "P", "stages": [], "pace": 3 }""", "has 'pace', which is not known; known are name, stages, correction, notices.")]
    [InlineData("""{ "name": "P", "stages": {} }""", "stages is {}; it should be a list of stages.")]
    [InlineData("""{ "name": "P", "stages": ["committee"] }""", "stages[0] is 'committee'; it should be an object with key, title,")]
    [InlineData("""{ "name": "P", "name": "Q", "stages": [] }""", "has 'name' twice; keep one of them.")]
    [InlineData("""{ "name": "P", "stages": [], "correction": { "expireAfter": 0 } }""", "correction.expireAfter is 0; it should be working days from 1 to 250, or never.")]
    [InlineData("""{ "name": "P", "stages": [ """, "is not JSON (line 1,")]
    [InlineData("/* never closed", "is not JSON (line 1,")]
    [InlineData("// one comment\n// and another", "is not JSON (line ")]
    [InlineData("//server/share/process.json", "is '//server/share/process.json', which cannot be read (")]
    [InlineData("no-such-file.json", "is 'no-such-file.json', which cannot be read (FileNotFoundException); it should be the path of a JSON file")]
    public void What_is_wrong_is_said_with_its_path(string process, string problem) => AssertProblem(process, problem);

    [Theory]
    [InlineData("kind", "\"ballot\"", "kind is 'ballot'; it should be vote, recommendation or task.")]
    [InlineData("kind", "null", "has no kind; it should be vote, recommendation or task.")]
    [InlineData("key", "7", "key is 7; it should be a short word")]
    [InlineData("titel", "\"x\"", "has 'titel', which is not known; known are key, title, kind,")]
    [InlineData("rule", "0", "rule is 0; it should be \"all\", \"any\", or how many must agree")]
    [InlineData("rule", "\"most\"", "rule is 'most'; it should be \"all\", \"any\", or how many must agree")]
    [InlineData("required", "\"yes\"", "required is 'yes'; it should be true or false.")]
    [InlineData("onDenial", "\"Sometimes\"", "onDenial is 'Sometimes'; it should be CloseAtOnce or WaitForAll.")]
    [InlineData("remindAfter", "[3, \"6\"]", "remindAfter[1] is '6'; it should be working days from 1 to 250, or never.")]
    [InlineData("escalateAfter", "\"8 days\"", "escalateAfter is '8 days'; it should be working days from 1 to 250, or never.")]
    [InlineData("opensAfter", "\"half a year\"", "opensAfter is 'half a year'; it should be a time such as 6 months or 10 working days.")]
    [InlineData("opensAfter", "\"0 months\"", "cannot work; The stage 'a' opens after no time at all")]
    [InlineData("when", "\"sometimes\"", "when is 'sometimes'; it should be \"always\", \"data needed\",")]
    [InlineData("when", "{ \"answered\": \"Colour\" }", "when.answered is 'Colour'; it should be ProductTitle,")]
    [InlineData("when", "{ \"contains\": [\"x\"] }", "when has no question; it should be a question of the form.")]
    [InlineData("when", "{ \"not\": { \"any\": [ 1 ] } }", "when.not.any[0] is 1; it should be")]
    [InlineData("choices", "[\"perhaps\"]", "choices[0] is 'perhaps'; it should be approve, deny,")]
    [InlineData("after", "[\"b\"]", "cannot work; The stage 'a' waits for 'b', which is no stage")]
    [InlineData("roles", "[ { \"key\": \"business\" } ]", "roles[0] has no title; it should be what people read")]
    [InlineData("roles", "[ { \"key\": \"b\", \"title\": \"B\", \"concerns\": [\"Money\"] } ]", "roles[0].concerns[0] is 'Money'; it should be ProductTitle,")]
    [InlineData("roles", "[ { \"key\": \"b\", \"title\": \"B\", \"asked\": \"campus\" } ]", "roles[0].asked is 'campus'; it should be \"sponsor\", or { \"answerTo\"")]
    [InlineData("roles", "[ { \"key\": \"b\", \"title\": \"B\", \"asked\": { \"answerTo\": \" \" } } ]", "roles[0].asked.answerTo is ' '; it should be a question of the form.")]
    [InlineData("roles", "[ { \"key\": \"b\", \"title\": \"B\", \"questions\": \"Why?\" } ]", "roles[0].questions is 'Why?'; it should be a list of questions.")]
    [InlineData("purpose", "\"\\ud800\"", "has a text with half a character in it; save the file as UTF-8.")]
    public void What_is_wrong_in_a_stage_is_said_with_its_path(string member, string value, string problem)
    {
        var members = new Dictionary<string, string> { ["key"] = "\"a\"", ["title"] = "\"A\"", ["kind"] = "\"vote\"", ["required"] = "true", ["roles"] = """[ { "key": "business", "title": "B" } ]""" };
        members[member] = value;
        AssertProblem($"{{ \"name\": \"P\", \"stages\": [ {{ {string.Join(", ", members.Select(entry => $"\"{entry.Key}\": {entry.Value}"))} }} ] }}",
            problem.StartsWith("cannot work", StringComparison.Ordinal) || problem.Contains("half a character", StringComparison.Ordinal) ? problem : problem.StartsWith("has ", StringComparison.Ordinal) ? $"stages[0] {problem}" : $"stages[0].{problem}");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var problems = Read("""{ "stages": [ { "kind": "ballot", "x": 1 }, { "key": "b", "title": "B", "kind": "task", "rule": [], "roles": [ {} ] } ], "y": 2 }""").Problems;
        Assert.Equal(
            ["has 'y'", "stages[0] has 'x'", "stages[0] has no roles", "stages[0] has no key", "stages[0] has no title", "stages[0].kind", "stages[1].roles[0] has no key", "stages[1].roles[0] has no title", "stages[1].rule", "has no name"],
            [.. problems.OrderBy(problem => Order(problem))], (start, problem) => problem.StartsWith($"FormsFlow:Forms:0:Process {start}", StringComparison.Ordinal));

        static int Order(string problem) => Array.FindIndex(
            ["has 'y'", "stages[0] has 'x'", "stages[0] has no roles", "stages[0] has no key", "stages[0] has no title", "stages[0].kind", "stages[1].roles[0] has no key", "stages[1].roles[0] has no title", "stages[1].rule", "has no name"],
            start => problem.StartsWith($"FormsFlow:Forms:0:Process {start}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("values", "FormsFlow:Forms:0:People:values is not a role of the process; it should be one of business, campus, escalation; if proposals in review began with it, keep its people as FormerPeople:values.", "v@district.org")]
    [InlineData("business", "FormsFlow:Forms:0:People:business is empty; it should be people such as", "")]
    [InlineData("campus", "FormsFlow:Forms:0:People:campus contains 'North ann@district.org'; it should be people behind the answers", "North ann@district.org")]
    [InlineData("campus", "FormsFlow:Forms:0:People:campus contains ': ann@district.org'; it should be people behind the answers", ": ann@district.org")]
    public void People_are_checked_against_the_roles_of_this_process(string role, string problem, string people)
    {
        const string Process = """
            { "name": "P", "stages": [ { "key": "a", "title": "A", "kind": "vote", "required": true, "roles": [ { "key": "business", "title": "B" } ] },
              { "key": "b", "title": "B2", "kind": "task", "roles": [ { "key": "campus", "title": "C", "asked": { "answerTo": "Campus" } }, { "key": "sponsor", "title": "S", "asked": "sponsor" } ] } ] }
            """;
        var reading = Read(Process, form => form.People = new(StringComparer.OrdinalIgnoreCase) { ["business"] = "b@district.org", [role] = people });
        Assert.StartsWith(problem, Assert.Single(reading.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_in_which_nobody_votes_here_is_refused()
    {
        var reading = Read("""{ "name": "P", "stages": [ { "key": "a", "title": "A", "kind": "vote", "roles": [ { "key": "x", "title": "X" } ] } ] }""", form => form.People.Clear());
        Assert.Equal("FormsFlow:Forms:0:People names nobody who votes; it should have somebody for x.", Assert.Single(reading.Problems));
    }

    static void AssertProblem(string process, string problem)
    {
        var problems = Read(process).Problems;
        Assert.True(problems.Any(found => found.StartsWith($"FormsFlow:Forms:0:Process {problem}", StringComparison.Ordinal)), string.Join('\n', problems));
        Assert.All(problems, found => Assert.EndsWith(".", found, StringComparison.Ordinal));
    }

    static Form Understood(string process, params (string Role, string People)[] more) => Understood(process, form =>
    {
        foreach (var (role, people) in more) form.People[role] = people;
    });

    static Form Understood(string process, Action<FormOptions> change)
    {
        var reading = Read(process, change);
        Assert.Empty(reading.Problems);
        return reading.Installation!.Forms[0];
    }

    static InstallationReading Read(string process, Action<FormOptions>? change = null)
    {
        var options = SettingsTests.SampleOptions();
        (options.BaseAddress, options.Forms[0].Process) = ("http://localhost:8080/", process);
        change?.Invoke(options.Forms[0]);
        return InstallationReader.Read(options);
    }

    static string Written(ProcessDefinition process) =>
        ProposalCodec.WriteEvent(new Event.ResponseReceived(Given.Id, "software", Responses.With().Proposal, process, Responses.Monday)).Body;
}
