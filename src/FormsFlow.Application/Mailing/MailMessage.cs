using System.Collections.Immutable;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Mailing;

/// <summary>A mail as data: what it says, not how it looks. The mail adapter renders it as HTML and as plain text.</summary>
/// <param name="Id">The effect's id in full; a repeat of the same mail has the same.</param>
/// <param name="To">One person; everybody gets a mail of their own, with links of their own.</param>
/// <param name="About">The proposal that the mail is about, which also makes its thread.</param>
public abstract record MailMessage(string Id, Person To, ProposalFacts About)
{
    /// <summary>Asks a party for its answer.</summary>
    /// <param name="Relevant">The answers that matter to this party, in the form's order.</param>
    /// <param name="Again">The response was edited after this party had answered; <paramref name="Changes"/> says what.</param>
    public sealed record ReviewRequest(
        string Id, Person To, ProposalFacts About, Stage Stage, StageRole Role, Uri ReviewPage, DateTimeOffset? AnswerBy,
        ImmutableArray<Answer> Relevant, bool Again, ImmutableArray<Change> Changes) : MailMessage(Id, To, About);

    /// <param name="Number">1 for the first reminder.</param>
    /// <param name="WaitingDays">Working days since the party was asked.</param>
    public sealed record Reminder(
        string Id, Person To, ProposalFacts About, Stage Stage, StageRole Role, Uri ReviewPage, DateTimeOffset? AnswerBy, int Number, int WaitingDays)
        : MailMessage(Id, To, About);

    /// <param name="Late">The parties that have not answered, with the people who hold them.</param>
    /// <param name="StatusPage">Where the reader can follow the proposal.</param>
    public sealed record Escalation(
        string Id, Person To, ProposalFacts About, Stage Stage, ImmutableArray<LateParty> Late, DateTimeOffset? AnswerBy, Uri StatusPage)
        : MailMessage(Id, To, About);

    public sealed record Acknowledgement(string Id, Person To, ProposalFacts About, ImmutableArray<string> Parties, Uri StatusPage) : MailMessage(Id, To, About);

    /// <param name="FormAddress">Where the response can be edited or sent again; null if the settings do not say.</param>
    public sealed record CorrectionRequest(
        string Id, Person To, ProposalFacts About, ImmutableArray<Problem> Problems, Uri? FormAddress, Uri StatusPage) : MailMessage(Id, To, About);

    /// <param name="Verdicts">Who said what.</param>
    /// <param name="ToSponsor">The reader proposed it; otherwise the reader was asked.</param>
    public sealed record OutcomeNotice(
        string Id, Person To, ProposalFacts About, Outcome Outcome, ImmutableArray<Verdict> Verdicts, Uri StatusPage, bool ToSponsor) : MailMessage(Id, To, About);

    /// <summary>Something about a proposal needs a hand.</summary>
    public sealed record AdministratorNotice(string Id, Person To, ProposalFacts About, string What, string Reason, Uri StatusPage) : MailMessage(Id, To, About);

    /// <summary>Shows that mail arrives, and how it looks.</summary>
    public sealed record TestMail(string Id, Person To, ProposalFacts About) : MailMessage(Id, To, About);

    /// <summary>Something about the installation needs a hand: a sheet that cannot be used, a setting that is wrong. It is about no proposal.</summary>
    /// <param name="What">What happened, where, and what would be right.</param>
    /// <param name="HealthPage">Says whether it is over.</param>
    public sealed record InstallationNotice(string Id, Person To, ProposalFacts About, string What, DateTimeOffset Since, Uri HealthPage) : MailMessage(Id, To, About);
}

/// <summary>What every mail says of the proposal.</summary>
/// <param name="Id">Null in a mail about the installation.</param>
/// <param name="District">The district's name.</param>
/// <param name="Process">The procedure's name.</param>
/// <param name="Zone">For the dates in the mail.</param>
public sealed record ProposalFacts(
    ProposalId? Id, string District, string Process, TimeZoneInfo Zone, string Product, string Sponsor, DateTimeOffset ReceivedAt, string Deadline);

public sealed record LateParty(string Party, ImmutableArray<string> People, DateTimeOffset AskedAt);

/// <param name="Party">"Curriculum".</param>
/// <param name="Choice">Null if the party had not answered when it ended.</param>
public sealed record Verdict(string Party, string By, Choice? Choice, string Comment, DateTimeOffset? At);
