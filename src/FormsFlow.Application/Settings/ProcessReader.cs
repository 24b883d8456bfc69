using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Settings;

/// <summary>Understands a process that somebody wrote down as JSON: what the members mean is in docs/settings.md.</summary>
/// <param name="otherwise">The pace of stages that do not say.</param>
/// <param name="onDenial">What a denial does in stages that do not say.</param>
/// <param name="notices">Which notices are sent if it does not say; null: all.</param>
sealed partial class ProcessReader(Pace otherwise, OnDenial onDenial, Notices? notices)
{
    const string Days = "working days from 1 to 250, or never";

    static readonly (string, ProposalPart)[] Parts = [.. Enum.GetValues<ProposalPart>().Select(part => (part.ToString(), part))];

    /// <returns>Of use only if no problem was reported.</returns>
    public ProcessDefinition Read(JsonPart part)
    {
        part.IsObjectOf("name", "stages", "correction", "notices");
        var stages = part.Member("stages")?.Items("stages") ?? Missing(part);
        return new ProcessDefinition(
            part.Needed("name", "the name that people know, such as Solutions That Work"),
            [.. stages.Select(Stage)],
            part.Member("correction") is { } correction ? Correction(correction) : DistrictProcedure.CorrectionPace,
            part.Member("notices") is { } wanted ? NoticesOf(wanted) : notices);
    }

    static IEnumerable<JsonPart> Missing(JsonPart part)
    {
        part.Problem("has no stages", "it should have a list of them; see samples/process.json");
        return [];
    }

    Stage Stage(JsonPart part)
    {
        part.IsObjectOf(
            "key", "title", "kind", "purpose", "roles", "rule", "after", "opensAfter", "when", "choices", "onDenial", "required",
            "remindAfter", "escalateAfter", "escalateTo", "expireAfter");
        if (part.IsObject && part.Member("kind") is null) part.Problem("has no kind", "it should be vote, recommendation or task");
        if (part.IsObject && part.Member("roles") is null) part.Problem("has no roles", "it should have a list of them, each with a key and a title");
        return new Stage(
            part.Needed("key", "a short word that never changes, such as committee"),
            part.Needed("title", "what people read, such as District Review Committee"),
            part.Member("kind")?.Word(("vote", StageKind.Vote), ("recommendation", StageKind.Recommendation), ("task", StageKind.Task)) ?? default,
            [.. part.Member("roles")?.Items("roles").Select(Role) ?? []],
            part.Member("rule") is { } rule ? Rule(rule) : new Rule.All(),
            part.Member("when") is { } when ? When(when) : new Condition.Always(),
            [.. part.Member("after")?.Texts("the keys of other stages") ?? []],
            part.Member("onDenial")?.Word(("CloseAtOnce", OnDenial.CloseAtOnce), ("WaitForAll", OnDenial.WaitForAll)) ?? onDenial,
            Pace(part),
            part.Member("required")?.YesNo() ?? false,
            part.Member("purpose")?.Text("a sentence"),
            part.Member("opensAfter") is { } delay ? Delay(delay) : null,
            part.Member("choices") is { } choices ? [.. choices.Items("choices").Select(Choice)] : null);
    }

    static StageRole Role(JsonPart part)
    {
        part.IsObjectOf("key", "title", "questions", "concerns", "asked");
        return new StageRole(
            part.Needed("key", "as in People, such as business"),
            part.Needed("title", "what people read, such as Business"),
            [.. part.Member("questions")?.Texts("questions") ?? []],
            [.. part.Member("concerns")?.Items("parts of a proposal").Select(item => item.Word(Parts) ?? default) ?? []],
            part.Member("asked") is { } asked ? Asked(asked) : null);
    }

    static Holder? Asked(JsonPart part)
    {
        const string Right = "it should be \"sponsor\", or { \"answerTo\": \"a question of the form\" } where People names somebody for each answer";
        if (part.IsWord("sponsor")) return new Holder.Sponsor();
        if (part.Member("answerTo") is { } question && part.IsObjectOf("answerTo")) return question.Text("a question of the form") is { } text ? new Holder.RosterByAnswer(text) : null;
        part.Wrong(Right);
        return null;
    }

    static Rule Rule(JsonPart part)
    {
        if (part.Number(1, 100) is { } count) return new Rule.Quorum(count);
        if (part.IsWord("any")) return new Rule.Any();
        if (!part.IsWord("all")) part.Wrong("it should be \"all\", \"any\", or how many must agree, such as 2");
        return new Rule.All();
    }

    static Condition When(JsonPart part)
    {
        if (part.IsWord("always")) return new Condition.Always();
        if (part.IsWord("data needed")) return new Condition.DataNeeded();
        if (part.Member("answered") is { } answered && part.IsObjectOf("answered")) return new Condition.Answered(answered.Word(Parts) ?? default);
        if (part.Member("not") is { } not && part.IsObjectOf("not")) return new Condition.Not(When(not));
        if (part.Member("all") is { } all && part.IsObjectOf("all")) return new Condition.AllOf([.. all.Items("conditions").Select(When)]);
        if (part.Member("any") is { } any && part.IsObjectOf("any")) return new Condition.AnyOf([.. any.Items("conditions").Select(When)]);
        if (part.Member("contains") is { } texts && part.IsObjectOf("question", "contains"))
            return new Condition.AnswerContains(part.Needed("question", "a question of the form"), [.. texts.Texts("texts")]);
        part.Wrong("it should be \"always\", \"data needed\", { \"answered\": \"BudgetCode\" }, { \"question\": \"…\", \"contains\": [\"…\"] }, or not, all or any of such");
        return new Condition.Always();
    }

    static Choice Choice(JsonPart part) => part.Word(
        ("approve", Domain.Process.Choice.Approve), ("deny", Domain.Process.Choice.Deny), ("recommend", Domain.Process.Choice.Recommend),
        ("advise against", Domain.Process.Choice.AdviseAgainst), ("done", Domain.Process.Choice.Done), ("impossible", Domain.Process.Choice.Impossible),
        ("renew", Domain.Process.Choice.Renew), ("retire", Domain.Process.Choice.Retire)) ?? default;

    static Delay? Delay(JsonPart part)
    {
        if (part.Text("a time such as 6 months or 10 working days") is not { } text) return null;
        if (DelayPattern().Match(text) is { Success: true } match)
            return new Delay(Count(match.Groups["months"]), Count(match.Groups["days"]));
        part.Wrong("it should be a time such as 6 months or 10 working days");
        return null;

        static int Count(Group group) => group.Success ? int.Parse(group.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    Pace Pace(JsonPart part) => new(
        part.Member("remindAfter") is { } remind ? Reminders(remind) : otherwise.RemindAfter,
        DaysOf(part, "escalateAfter", otherwise.EscalateAfter),
        part.Member("escalateTo")?.Text("a role, such as escalation") ?? otherwise.EscalateTo,
        DaysOf(part, "expireAfter", otherwise.ExpireAfter));

    static Pace? Correction(JsonPart part)
    {
        if (part.IsWord("never")) return null;
        part.IsObjectOf("remindAfter", "expireAfter");
        return new Pace(
            part.Member("remindAfter") is { } remind ? Reminders(remind) : DistrictProcedure.CorrectionPace.RemindAfter,
            null, null, DaysOf(part, "expireAfter", DistrictProcedure.CorrectionPace.ExpireAfter));
    }

    /// <returns>Null for all: what goes without saying is not written down with each proposal.</returns>
    static Notices? NoticesOf(JsonPart part) =>
        part.Word(("All", Notices.All), ("SponsorOutcome", Notices.SponsorOutcome)) is Notices.SponsorOutcome ? Notices.SponsorOutcome : null;

    static ImmutableArray<int> Reminders(JsonPart part)
    {
        if (part.IsWord("never")) return [];
        if (part.Number(1, 250) is { } only) return [only];
        return [.. part.Items("working days, such as [3, 6]").Select(Day).Distinct().Order()];

        static int Day(JsonPart item)
        {
            if (item.Number(1, 250) is { } days) return days;
            item.Wrong($"it should be {Days}");
            return 1;
        }
    }

    static int? DaysOf(JsonPart part, string name, int? otherwise)
    {
        if (part.Member(name) is not { } days) return otherwise;
        if (days.IsWord("never")) return null;
        if (days.Number(1, 250) is { } number) return number;
        days.Wrong($"it should be {Days}");
        return otherwise;
    }

    [GeneratedRegex(@"^\s*(?:(?<months>[0-9]{1,3}) months?)?(?:(?:^| and )(?<days>[0-9]{1,3}) working days?)?\s*$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DelayPattern();
}
