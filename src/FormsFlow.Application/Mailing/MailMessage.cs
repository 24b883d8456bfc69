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
    /// <param name="Next">What comes next if no answer comes; null if nobody is told.</param>
    public sealed record Reminder(
        string Id, Person To, ProposalFacts About, Stage Stage, StageRole Role, Uri ReviewPage, DateTimeOffset? AnswerBy, int Number, int WaitingDays,
        EscalationPlan? Next) : MailMessage(Id, To, About);

    /// <summary>Asks somebody whether an answer that looks like a machine's is theirs.</summary>
    /// <param name="ConfirmPage">Shows what was entered, with one button.</param>
    /// <param name="ReviewPage">Where to answer differently.</param>
    /// <param name="ConfirmBy">Past this, the answer can only be given anew.</param>
    public sealed record ConfirmationRequest(
        string Id, Person To, ProposalFacts About, Stage Stage, StageRole Role, Vote Held, Uri ConfirmPage, Uri ReviewPage, DateTimeOffset ConfirmBy)
        : MailMessage(Id, To, About);

    /// <param name="Late">The parties that have not answered, with the people who hold them.</param>
    /// <param name="NextReminder">When those who hold the roles then, substitutes among them, are reminded again; null if they are not.</param>
    /// <param name="StatusPage">Where the reader can follow the proposal.</param>
    public sealed record Escalation(
        string Id, Person To, ProposalFacts About, Stage Stage, ImmutableArray<LateParty> Late, DateTimeOffset? AnswerBy, DateTimeOffset? NextReminder, Uri StatusPage)
        : MailMessage(Id, To, About);

    public sealed record Acknowledgement(string Id, Person To, ProposalFacts About, ImmutableArray<string> Parties, Uri StatusPage) : MailMessage(Id, To, About);

    /// <summary>Tells the sponsor that an edit was noticed, and what comes of it.</summary>
    /// <param name="AskedAgain">Parties that had answered, and whom the changes concern.</param>
    /// <param name="Waiting">Parties that had not answered before the edit.</param>
    /// <param name="Kept">Parties whose answers count as before.</param>
    public sealed record EditAcknowledgement(
        string Id, Person To, ProposalFacts About, ImmutableArray<Change> Changes, ImmutableArray<string> AskedAgain, ImmutableArray<string> Waiting,
        ImmutableArray<string> Kept, Uri StatusPage) : MailMessage(Id, To, About);

    /// <param name="MissingOnly">Every problem is an answer that is not there.</param>
    /// <param name="FormAddress">Where a new response can be sent; null if the settings do not say.</param>
    /// <param name="CorrectBy">When the proposal ends uncorrected; null if never.</param>
    /// <param name="Number">0 for the first mail about these problems; then the number of the reminder.</param>
    public sealed record CorrectionRequest(
        string Id, Person To, ProposalFacts About, ImmutableArray<Problem> Problems, bool MissingOnly, Uri? FormAddress, DateTimeOffset? CorrectBy, int Number,
        Uri StatusPage) : MailMessage(Id, To, About);

    /// <param name="Verdicts">Who said what.</param>
    /// <param name="FormAddress">Where the product can be proposed again; null if the settings do not say.</param>
    /// <param name="ToSponsor">The reader proposed it; otherwise the reader was asked.</param>
    /// <param name="ToAll">Everybody who was asked gets it, too.</param>
    public sealed record OutcomeNotice(
        string Id, Person To, ProposalFacts About, Outcome Outcome, ImmutableArray<Verdict> Verdicts, Uri? FormAddress, Uri StatusPage, bool ToSponsor, bool ToAll = true)
        : MailMessage(Id, To, About);

    /// <summary>Something about a proposal needs attention.</summary>
    public sealed record AdministratorNotice(string Id, Person To, ProposalFacts About, string What, string Reason, Uri StatusPage) : MailMessage(Id, To, About);

    /// <summary>Shows that mail arrives, and how it looks.</summary>
    public sealed record TestMail(string Id, Person To, ProposalFacts About) : MailMessage(Id, To, About);

    /// <summary>Something about the installation needs a hand: a sheet that cannot be used, a setting that is wrong. It is about no proposal.</summary>
    /// <param name="Where">What is out of order, in words.</param>
    /// <param name="What">What happened, in the first sentence; what would be right, in the others.</param>
    /// <param name="HealthPage">Says whether it is over.</param>
    public sealed record InstallationNotice(string Id, Person To, ProposalFacts About, string Where, string What, DateTimeOffset Since, Uri HealthPage) : MailMessage(Id, To, About);

    /// <summary>The sheets have been away for long, or are back. It is about no proposal.</summary>
    /// <param name="What">What is met; empty when it is over.</param>
    /// <param name="Over">When they were back; null as long as they are away.</param>
    /// <param name="HealthPage">Says whether it is over.</param>
    public sealed record OutageNotice(string Id, Person To, ProposalFacts About, string What, DateTimeOffset Since, DateTimeOffset? Over, Uri HealthPage)
        : MailMessage(Id, To, About);
}

/// <summary>What every mail says of the proposal.</summary>
/// <param name="Id">Null in a mail about the installation.</param>
/// <param name="District">The district's name.</param>
/// <param name="Process">The procedure's name.</param>
/// <param name="Zone">For the dates in the mail.</param>
public sealed record ProposalFacts(
    ProposalId? Id, string District, string Process, TimeZoneInfo Zone, string Product, string Sponsor, DateTimeOffset ReceivedAt, string Deadline);

/// <summary>Who will be told of a delay, and when.</summary>
public sealed record EscalationPlan(DateTimeOffset At, ImmutableArray<string> People);

public sealed record LateParty(string Party, ImmutableArray<string> People, DateTimeOffset AskedAt);

/// <param name="Party">"Curriculum".</param>
/// <param name="Choice">Null if the party has not answered; an answer of before an edit where it stands so.</param>
public sealed record Verdict(string Party, string By, Choice? Choice, string Comment, DateTimeOffset? At, PartyStanding Standing);
