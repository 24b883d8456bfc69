using System.Globalization;
using FormsFlow.Domain.Calendar;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

/// <summary>A small district, and proposals on their way through it.</summary>
static class Given
{
    public const string Committee = "committee";

    public static readonly Person Bea = new("Bea Flores", "bea@district.example");
    public static readonly Person Carl = new("Carl Nowak", "carl@district.example");
    public static readonly Person Tess = new("Tess Adeyemi", "tess@district.example");
    public static readonly Person Olga = new("Olga Brandt", "olga@district.example");
    public static readonly Person Lee = new("Lee Chen", "lee@district.example");
    public static readonly Person Pam = new("Pam Ortiz", "pam@district.example");
    public static readonly Person Val = new("Val Moreau", "val@district.example");
    public static readonly Person Eve = new("Eve Stone", "eve@district.example");
    public static readonly Person Ada = new("Ada Admin", "ada@district.example");
    public static readonly Person Ana = new("Ana Ruiz, Alder Creek", "ana.ruiz@district.example");

    public static readonly TimeZoneInfo Chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    public static readonly ProposalId Id = ProposalId.Derive("the proposal of these tests");

    /// <summary>The three addresses with which a district starts.</summary>
    public static readonly Roster Three = new(
        [
            new Assignment(DistrictProcedure.Business, Bea),
            new Assignment(DistrictProcedure.Curriculum, Carl),
            new Assignment(DistrictProcedure.Technology, Tess),
        ],
        []);

    public static readonly Roster Everybody = Three.And(
        new Assignment(DistrictProcedure.Values, Val),
        new Assignment(DistrictProcedure.TechnologyOperations, Olga),
        new Assignment(DistrictProcedure.SisLiaison, Lee),
        new Assignment(DistrictProcedure.Purchasing, Pam),
        new Assignment(DistrictProcedure.Escalation, Eve));

    public static District District(Roster roster) => new(roster, WorkingCalendar.WeekdaysIn(Chicago), [Ada]);

    public static Roster And(this Roster roster, params Assignment[] more) => roster with { Assignments = roster.Assignments.AddRange(more) };

    public static ProcessDefinition WaitForAll { get; } = DistrictProcedure.Create(DistrictProcedure.DefaultPace, OnDenial.WaitForAll);

    /// <summary>The committee alone, with another rule.</summary>
    public static ProcessDefinition CommitteeBy(Rule rule, OnDenial onDenial = OnDenial.CloseAtOnce) =>
        new("Committee", [DistrictProcedure.Definition.Stage(Committee) with { Rule = rule, After = [], OnDenial = onDenial }]);

    /// <summary>
    /// What a district's procedure may look like around its committee: the leader of the campus that the form names, a role that is asked
    /// in two stages, the sponsor some months later, and a stage that chooses for itself what it offers.
    /// </summary>
    public static ProcessDefinition Around { get; } = new("Around", [
        DistrictProcedure.Definition.Stage("technology-check") with { After = [] },
        Task("campus", "Campus", new StageRole("campus-leader", "Campus leader", [], [], new Holder.RosterByAnswer(Responses.Own))) with { Kind = StageKind.Recommendation },
        DistrictProcedure.Definition.Stage(Committee) with { After = ["technology-check", "campus"], OpensAfter = new Delay(WorkingDays: 2) },
        Task("impact", "Impact", new StageRole("sponsor", "Sponsor", [], [], new Holder.Sponsor())) with { After = [Committee], OpensAfter = new Delay(Months: 6) },
        Task("renewal", "Renewal", DistrictProcedure.Definition.Stage(Committee).Role("curriculum")) with { After = ["impact"], Choices = [Choice.Renew, Choice.Retire] },
    ], DistrictProcedure.CorrectionPace);

    public static readonly Roster Campuses = Three.And(
        new Assignment("campus-leader", Pam, For: "Lincoln Elementary"), new Assignment("campus-leader", Val, For: "Roosevelt Middle"), new Assignment("campus-leader", Eve));

    static Stage Task(string key, string title, StageRole role) =>
        new(key, title, StageKind.Task, [role], new Rule.All(), new Condition.Always(), [], OnDenial.CloseAtOnce, DistrictProcedure.DefaultPace, Required: false);

    /// <summary>An instant of the district's clock: "2026-03-05 08:00".</summary>
    public static DateTimeOffset Local(string time)
    {
        var local = DateTime.ParseExact(time, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, Chicago.GetUtcOffset(local));
    }

    /// <summary>Submitted on Monday, 2 March 2026 at nine, unless something else is said.</summary>
    public static Scenario AProposal(
        ProcessDefinition? definition = null, Roster? roster = null, ResponseReading? response = null, string? at = null,
        Func<District, District>? district = null, ProposalId? duplicateOf = null)
    {
        var place = District(roster ?? Three);
        var scenario = new Scenario(district?.Invoke(place) ?? place, at is null ? Responses.Monday : Local(at));
        return scenario.When(s => new Command.SubmitResponse(
            Id, "software", response ?? Responses.With(), definition ?? DistrictProcedure.Definition, duplicateOf, s.Now));
    }
}

/// <summary>Makes a command that fits the moment: its time, and the revision that people have before their eyes.</summary>
delegate Command Step(Scenario scenario);

static class Steps
{
    public static Step Approve(string role, string comment = "", Person? by = null, int? revision = null, string stage = Given.Committee) =>
        Answer(stage, role, Choice.Approve, comment, by, revision);

    public static Step Deny(string role, string comment = "Not this year.", Person? by = null, int? revision = null, string stage = Given.Committee) =>
        Answer(stage, role, Choice.Deny, comment, by, revision);

    public static Step Answer(string stage, string role, Choice choice, string comment = "", Person? by = null, int? revision = null) => s =>
        new Command.CastVote(stage, role, by ?? s.HolderOf(role), choice, comment, revision ?? s.Dossier.Revision, s.Now);

    /// <summary>An answer that looks like a machine's, sent from the page as it is now.</summary>
    public static Step Suspicious(Doubt doubt, string role, Choice choice, string comment = "because", string stage = Given.Committee) => s =>
        new Command.CastVote(
            stage, role, s.HolderOf(role), choice, comment, s.Dossier.Revision, s.Now, doubt is Doubt.PageNotOpened ? null : s.Stage(stage).Ballot(role)!.Mark, doubt);

    /// <summary>An answer sent from a page, as it was when it showed this mark; as it is now, unless one is given.</summary>
    public static Step FromPage(string role, Choice choice, string comment = "", string? seen = null, string stage = Given.Committee) => s =>
        new Command.CastVote(stage, role, s.HolderOf(role), choice, comment, s.Dossier.Revision, s.Now, seen ?? s.Stage(stage).Ballot(role)!.Mark);

    public static Step Confirm(string role, Person? by = null, int? held = null, string stage = Given.Committee) => s =>
        new Command.ConfirmAnswer(stage, role, by ?? s.HolderOf(role), held ?? s.Stage(stage).Ballot(role)!.Held?.Event ?? 0, s.Now);

    public static Step Edit(params (string Question, string Answer)[] answers) => s => new Command.EditResponse(Responses.With(answers), s.Now);

    public static Step Withdraw(string reason = "We found something better.") => s => new Command.Withdraw(reason, s.Now);

    public static Step PassTime() => s => new Command.PassTime(s.Now);

    public static Step Deliver(string effectId) => s => new Command.ReportDelivery(effectId, "the review request (business)", s.Now);

    public static Step Fail(string effectId) => s => new Command.ReportFailure(effectId, "the review request to Business", "The mailbox does not exist.", s.Now);
}

/// <summary>A proposal on its way: what happened, what was to be done, and what followed last.</summary>
sealed class Scenario(District district, DateTimeOffset now)
{
    readonly List<Event> history = [];
    readonly List<Effect> effects = [];

    public ProposalState State { get; private set; } = new ProposalState.None();

    public DateTimeOffset Now { get; private set; } = now;

    public District District { get; private set; } = district;

    public Decision Last { get; private set; } = Decision.Refuse(new ProposalState.None(), default);

    public IReadOnlyList<Event> History => history;

    public IReadOnlyList<Effect> Effects => effects;

    public Dossier Dossier => ((ProposalState.Known)State).Dossier;

    public DateTimeOffset? NextDue => ProposalProcess.NextDue(State);

    public StageProgress Stage(string stage) => Dossier.Progress(stage);

    public Vote? VoteOf(string role, string stage = Given.Committee) => Stage(stage).Ballot(role)?.Vote;

    public Person HolderOf(string role) => Dossier.Holders(District.Roster, role, District.Calendar.DayOf(Now)) is [var person, ..] ? person : Given.Ada;

    public Scenario At(string local) => At(Given.Local(local));

    public Scenario At(DateTimeOffset instant)
    {
        Now = instant;
        return this;
    }

    public Scenario With(Func<District, District> change)
    {
        District = change(District);
        return this;
    }

    public Scenario When(params Step[] steps)
    {
        foreach (var step in steps)
        {
            Last = ProposalProcess.Decide(State, step(this), District);
            history.AddRange(Last.Events);
            effects.AddRange(Last.Effects);
            State = Last.State;
        }

        return this;
    }

    public Scenario Approved(params string[] roles) => When([.. roles.Select(role => Steps.Approve(role))]);

    public Scenario Then<TState>() where TState : ProposalState
    {
        Assert.IsType<TState>(State);
        return this;
    }

    public Scenario ThenOutcome(OutcomeKind? kind)
    {
        Assert.Equal(kind, Dossier.Outcome?.Kind);
        return this;
    }

    public Scenario ThenRefused(Refusal refusal)
    {
        Assert.Equal(refusal, Last.Refusal);
        Assert.Empty(Last.Events);
        Assert.Empty(Last.Effects);
        return this;
    }

    /// <summary>Accepted, and nothing follows.</summary>
    public Scenario ThenNothing()
    {
        Assert.Null(Last.Refusal);
        Assert.Empty(Last.Events);
        Assert.Empty(Last.Effects);
        return this;
    }

    /// <summary>Exactly these people are to be told this by what came last; nobody, if nobody is named.</summary>
    public Scenario ThenTold<TEffect>(params Person[] people) where TEffect : Effect
    {
        Assert.Equal(
            people.Select(person => person.Address).Order(StringComparer.Ordinal),
            Last.Effects.OfType<TEffect>().Select(effect => Recipient(effect).Address).Order(StringComparer.Ordinal));
        return this;
    }

    public Scenario ThenStage(string stage, StageStatus status, StageResult? result = null, SkipReason? skipped = null)
    {
        var progress = Stage(stage);
        Assert.Equal((status, result, skipped), (progress.Status, progress.Result, progress.Skipped));
        return this;
    }

    public static Person Recipient(Effect effect) =>
        (Person)(effect.GetType().GetProperty("To")?.GetValue(effect) ?? throw new InvalidOperationException($"{effect.GetType().Name} is addressed to nobody."));
}
