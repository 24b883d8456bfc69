using CsCheck;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

/// <param name="Before">The state that the command met.</param>
sealed record Move(ProposalState Before, Command Command, Decision Decision)
{
    public ProposalState After => Decision.State;
}

/// <summary>Anything that people, the sheet and the clock may do, in any order.</summary>
sealed record CommandSequence(Scenario Scenario, IReadOnlyList<Move> Moves)
{
    static readonly ProcessDefinition[] Definitions =
    [
        DistrictProcedure.Definition, Given.WaitForAll, Given.CommitteeBy(new Rule.Any()), Given.CommitteeBy(new Rule.Quorum(2), OnDenial.WaitForAll),
        DistrictProcedure.Create(new Pace([1, 2], 1, null, 3), OnDenial.CloseAtOnce),
        Given.Around, Given.Around, Given.Around with { Stages = [.. Given.Around.Stages.Select(stage => stage with { Required = true, OpensAfter = new Delay(WorkingDays: 1) })] },
    ];

    static readonly Roster[] Rosters =
    [
        Given.Three, Given.Everybody, Roster.Empty, Given.Three.And(new Assignment("business", Given.Carl), new Assignment("sis-liaison", Given.Lee)),
        Given.Campuses, Given.Campuses.And(new Assignment("technology-operations", Given.Olga)),
    ];

    static readonly ResponseReading[] Readings =
    [
        Responses.With(),
        Responses.With((Responses.Funding, "$900")),
        Responses.With((Responses.Alignment, "Goal 2")),
        Responses.With((Responses.DataNeeds, "Yes, nightly"), (Responses.DataElements, "name")),
        Responses.With((Responses.DataNeeds, "Yes, nightly"), (Responses.DataElements, "name, grade")),
        Responses.With((Responses.Own, "One more thing")),
        Responses.With((Responses.Own, "lincoln  elementary")),
        Responses.With((Responses.Contact, "new.sponsor@district.example")),
        Responses.With((Responses.Title, "")),
        Responses.With((Responses.Contact, "coach@"), (Responses.Respondent, "")),
        Responses.With((Responses.Deadline, "2/30/2027")),
    ];

    /// <summary>How often each kind comes: mostly answers, as in life.</summary>
    static readonly string Kinds = "VVVVVVVVVVVVMMMCCTTTTTDDDEEEEBFSW";

    static readonly Gen<(int Kind, int A, int B, int C)> Choice = Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99]);

    public static readonly Gen<CommandSequence> Any =
        Gen.Select(Gen.Int[0, Definitions.Length - 1], Gen.Int[0, Rosters.Length - 1], Gen.Int[0, Readings.Length - 1], Choice.Array[0, 40])
            .Select((definition, roster, first, choices) => Play(Definitions[definition], Rosters[roster], Readings[first], choices));

    /// <summary>What came to pass, for the message of a property that does not hold.</summary>
    public override string ToString() => string.Join("\n", Moves.Select(move =>
        $"{move.Before.GetType().Name}({move.Before.Version}) {move.Command} -> {move.Decision.Refusal?.ToString() ?? string.Join(", ", move.Decision.Events.Select(e => e.GetType().Name))}"));

    static CommandSequence Play(ProcessDefinition definition, Roster roster, ResponseReading first, (int Kind, int A, int B, int C)[] choices)
    {
        var scenario = new Scenario(Given.District(roster), Responses.Monday);
        var moves = new List<Move>();
        Do(s => new Command.SubmitResponse(Given.Id, "software", first, definition, null, s.Now));
        foreach (var (kind, a, b, c) in choices)
            switch (Kinds[kind])
            {
                case 'V': Do(s => Vote(s, a, b, c)); break;
                case 'M': Do(s => Vote(s, a, b, c) with { Seen = a < 50 ? Marks(s)[b % Marks(s).Count] : null, Doubt = c < 50 ? (Doubt)(c % 3) : null }); break;
                case 'C': Do(s => Confirm(s, a, b)); break;
                case 'T': scenario.At(scenario.Now.AddHours(a)); Do(Steps.PassTime()); break;
                case 'D': scenario.At(scenario.NextDue ?? scenario.Now); Do(Steps.PassTime()); break;
                case 'E': Do(s => new Command.EditResponse(Readings[a % Readings.Length], s.Now)); break;
                case 'B': scenario.At(scenario.Now.AddDays(-a)); Do(Steps.PassTime()); break;
                case 'F': Do(Steps.Fail(scenario.Effects.Count > 0 ? scenario.Effects[a % scenario.Effects.Count].Id : "1/x")); break;
                case 'S': Do(s => new Command.SubmitResponse(Given.Id, "software", Readings[0], definition, null, s.Now)); break;
                case 'W' when a < 30: Do(Steps.Withdraw()); break;
                default: break;
            }

        return new CommandSequence(scenario, moves);

        void Do(Step step)
        {
            var before = scenario.State;
            Command command = null!;
            scenario.When(s => command = step(s));
            moves.Add(new Move(before, command, scenario.Last));
        }
    }

    /// <summary>Mostly an answer that somebody could give, now and then one that nobody could.</summary>
    static Command.CastVote Vote(Scenario s, int a, int b, int c)
    {
        var open = s.Dossier.Stages.Where(stage => stage.Status is StageStatus.Open).ToList();
        var progress = open.Count > 0 && a < 95 ? open[a % open.Count] : s.Dossier.Stages[a % s.Dossier.Stages.Length];
        var stage = s.Dossier.Definition.Stage(progress.Stage);
        var role = stage.Roles[b % stage.Roles.Length].Key;
        var choices = stage.Offers();
        var choice = c < 80 ? choices[0] : c < 97 ? choices[1] : FormsFlow.Domain.Process.Choice.Impossible;
        return new Command.CastVote(
            stage.Key, role, b < 90 ? s.HolderOf(role) : Given.Eve, choice, c % 9 == 0 ? " " : $"because {c}", s.Dossier.Revision - (c % 7 == 0 ? 1 : 0), s.Now);
    }

    /// <summary>What pages may have shown, now or before.</summary>
    static List<string> Marks(Scenario s) =>
        [.. s.Dossier.Stages.SelectMany(stage => stage.Ballots).Select(ballot => ballot.Mark).Append("0-0").Append("1-0")];

    /// <summary>Mostly of something that is held, now and then of nothing.</summary>
    static Command.ConfirmAnswer Confirm(Scenario s, int a, int b)
    {
        var held = s.Dossier.Stages.SelectMany(stage => stage.Ballots.Where(ballot => ballot.Held is not null).Select(ballot => (stage.Stage, ballot))).ToList();
        if (held.Count == 0) return new Command.ConfirmAnswer(Given.Committee, "business", s.HolderOf("business"), a, s.Now);
        var (stage, ballot) = held[a % held.Count];
        return new Command.ConfirmAnswer(stage, ballot.Role, b < 80 ? ballot.Held!.Vote.By : Given.Eve, b % 5 == 0 ? a : ballot.Held!.Event, s.Now);
    }
}
