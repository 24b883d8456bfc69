using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>Who is asked for a role where it is not simply whoever holds the role in the roster.</summary>
public abstract record Holder
{
    Holder() { }

    /// <summary>The people to ask for a proposal on a day, each once.</summary>
    public abstract ImmutableArray<Person> People(Roster roster, string role, Proposal proposal, DateOnly day);

    /// <summary>Whether a change of this answer may make somebody else the one to ask.</summary>
    public abstract bool DependsOn(Change change);

    /// <summary>Whoever proposed it.</summary>
    public sealed record Sponsor : Holder
    {
        /// <summary>More addresses than these in one cell are a list, not a sponsor.</summary>
        const int Most = 5;

        public static ImmutableArray<Person> Of(Proposal proposal) =>
            [.. proposal.SponsorAddresses.Take(Most).Select(address => new Person(proposal.SponsorName, address))];

        public override ImmutableArray<Person> People(Roster roster, string role, Proposal proposal, DateOnly day) => Of(proposal);

        public override bool DependsOn(Change change) =>
            change.Part is ProposalPart.Sponsor or ProposalPart.SponsorContact or ProposalPart.RespondentAddress;
    }

    /// <summary>Those whose assignment in the roster names the answer to a question: the leader of the campus that the form names.</summary>
    /// <param name="Question">Found by its text, whatever part it feeds.</param>
    public sealed record RosterByAnswer(string Question) : Holder
    {
        public override ImmutableArray<Person> People(Roster roster, string role, Proposal proposal, DateOnly day) =>
            roster.HoldersFor(role, proposal.Answers.FirstOrDefault(answer => HeaderText.Same(answer.Question, Question))?.Text ?? "", day);

        public override bool DependsOn(Change change) => HeaderText.Same(change.Question, Question);
    }
}
