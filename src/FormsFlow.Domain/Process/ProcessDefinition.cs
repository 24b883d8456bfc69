using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Domain.Calendar;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>
/// The district's procedure as data. A proposal keeps the definition it started with, so that a change of the settings
/// never disturbs one in flight.
/// </summary>
/// <param name="Name">Shown to people: "Solutions That Work".</param>
/// <param name="Stages">In the order in which they are shown; <see cref="Stage.After"/> says what waits for what.</param>
/// <param name="Correction">How long a response that cannot be reviewed waits for its sponsor; null: for ever, and nobody is reminded.</param>
/// <param name="Notices">Null: all.</param>
public sealed record ProcessDefinition(string Name, ImmutableArray<Stage> Stages, Pace? Correction = null, Notices? Notices = null)
{
    /// <summary>Whether the sponsor hears that the proposal came in, and everybody who was asked how it ended.</summary>
    public bool SendsAllNotices() => (Notices ?? Process.Notices.All) is Process.Notices.All;

    public Stage Stage(string key) =>
        Stages.FirstOrDefault(stage => stage.Key == key)
        ?? throw new KeyNotFoundException($"The process '{Name}' has no stage '{key}'; it has: {string.Join(", ", Stages.Select(s => s.Key))}.");

    /// <summary>A role wherever it is asked; null for one that only hears of delays.</summary>
    public StageRole? RoleOf(string key) => Stages.SelectMany(stage => stage.Roles).FirstOrDefault(role => role.Key == key);
}

/// <summary>One step of the procedure: people in one or more roles are asked, and a rule says when that is settled.</summary>
/// <param name="Key">Short and stable: it stands in links and histories.</param>
/// <param name="After">Keys of the stages that must be settled (or off) before this one opens; empty: opens at once.</param>
/// <param name="When">Asked only of proposals that meet this; others pass it by.</param>
/// <param name="OnDenial">For a vote: whether one denial that decides it ends the stage at once.</param>
/// <param name="Required">A required stage is never off: with a role that nobody holds it waits, and the administrators are told.</param>
/// <param name="Purpose">What it is for, as one sentence for the people of the district; null where nobody has said.</param>
/// <param name="OpensAfter">How long after those before it are settled it opens; null: at once.</param>
/// <param name="Choices">What it offers to choose from, in the order to show it; null: what its kind offers.</param>
public sealed record Stage(
    string Key,
    string Title,
    StageKind Kind,
    ImmutableArray<StageRole> Roles,
    Rule Rule,
    Condition When,
    ImmutableArray<string> After,
    OnDenial OnDenial,
    Pace Pace,
    bool Required,
    string? Purpose = null,
    Delay? OpensAfter = null,
    ImmutableArray<Choice>? Choices = null)
{
    /// <summary>What it offers to choose from, in the order to show it.</summary>
    public ImmutableArray<Choice> Offers() => Choices ?? ProposalProcess.ChoicesOf(Kind);

    public StageRole Role(string key) =>
        Roles.FirstOrDefault(role => role.Key == key)
        ?? throw new KeyNotFoundException($"The stage '{Key}' has no role '{key}'; it has: {string.Join(", ", Roles.Select(r => r.Key))}.");
}

public enum StageKind
{
    /// <summary>Approve or deny: the proposal stands or falls with it.</summary>
    Vote,

    /// <summary>Recommend or advise against: shown to whoever votes later, decides nothing.</summary>
    Recommendation,

    /// <summary>Something to do, reported as done or as impossible, with what came of it.</summary>
    Task,
}

public enum OnDenial
{
    CloseAtOnce,
    WaitForAll,
}

/// <summary>A party to a stage, with what it is asked to think about.</summary>
/// <param name="Key">As in the roster: <c>business</c>.</param>
/// <param name="Title">As people read it: "Business".</param>
/// <param name="Questions">The guiding questions of the procedure for this party.</param>
/// <param name="Concerns">The parts whose change makes this party's answer worth asking again; questions of the district's own concern everybody.</param>
/// <param name="Asked">Who is asked; null: whoever holds the role in the roster.</param>
public sealed record StageRole(string Key, string Title, ImmutableArray<string> Questions, ImmutableArray<ProposalPart> Concerns, Holder? Asked = null);

/// <summary>How long a stage waits before it opens: so many months, and then so many working days.</summary>
public sealed record Delay(int Months = 0, int WorkingDays = 0)
{
    /// <summary>When the working day begins on which it is over.</summary>
    public DateTimeOffset After(DateTimeOffset from, WorkingCalendar calendar) =>
        calendar.BeginOf(calendar.DayOf(from).AddMonths(Months), WorkingDays);

    /// <summary>"6 months", "10 working days", "1 month and 5 working days".</summary>
    public override string ToString() => string.Join(" and ", new[] { Count(Months, "month"), Count(WorkingDays, "working day") }.Where(text => text.Length > 0));

    static string Count(int number, string what) => number switch
    {
        0 => "",
        1 => string.Create(CultureInfo.InvariantCulture, $"{number} {what}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number} {what}s"),
    };
}

/// <summary>When people are reminded and for how long a stage waits, in working days after they were asked.</summary>
/// <param name="RemindAfter">Ascending; reminders go to those who have not answered.</param>
/// <param name="EscalateAfter">The people of <paramref name="EscalateTo"/> are told who is late; null: never.</param>
/// <param name="EscalateTo">A role of the roster.</param>
/// <param name="ExpireAfter">The stage ends unanswered at the close of this day; null: it waits for ever.</param>
public sealed record Pace(ImmutableArray<int> RemindAfter, int? EscalateAfter, string? EscalateTo, int? ExpireAfter)
{
    public static readonly Pace Patient = new([], null, null, null);
}

/// <summary>How many of the parties must agree.</summary>
public abstract record Rule
{
    Rule() { }

    /// <summary>The approvals needed among this many parties.</summary>
    public abstract int Needed(int parties);

    public sealed record All : Rule
    {
        public override int Needed(int parties) => parties;
    }

    public sealed record Any : Rule
    {
        public override int Needed(int parties) => Math.Min(1, parties);
    }

    public sealed record Quorum(int Count) : Rule
    {
        public override int Needed(int parties) => Math.Clamp(Count, Math.Min(1, parties), parties);
    }
}

/// <summary>A question to the proposal's answers.</summary>
public abstract record Condition
{
    Condition() { }

    public abstract bool Holds(Proposal proposal);

    public sealed record Always : Condition
    {
        public override bool Holds(Proposal proposal) => true;
    }

    /// <summary>The product needs student or staff data, once or nightly, or nobody could say.</summary>
    public sealed record DataNeeded : Condition
    {
        public override bool Holds(Proposal proposal) => proposal.DataNeeds is not DataNeeds.None;
    }

    public sealed record Answered(ProposalPart Part) : Condition
    {
        public override bool Holds(Proposal proposal) => !string.IsNullOrWhiteSpace(proposal.Text(Part));
    }

    /// <summary>The answer to a question, found by its text, contains one of these, whatever the case.</summary>
    public sealed record AnswerContains(string Question, ImmutableArray<string> Texts) : Condition
    {
        public override bool Holds(Proposal proposal)
        {
            foreach (var answer in proposal.Answers)
            {
                if (!HeaderText.Same(answer.Question, Question)) continue;
                foreach (var text in Texts)
                    if (answer.Text.Contains(text, StringComparison.OrdinalIgnoreCase))
                        return true;
            }

            return false;
        }
    }

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool Holds(Proposal proposal) => !Inner.Holds(proposal);
    }

    public sealed record AllOf(ImmutableArray<Condition> Inner) : Condition
    {
        public override bool Holds(Proposal proposal) => Inner.All(condition => condition.Holds(proposal));
    }

    public sealed record AnyOf(ImmutableArray<Condition> Inner) : Condition
    {
        public override bool Holds(Proposal proposal) => Inner.Any(condition => condition.Holds(proposal));
    }
}
