using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Publishing;

/// <summary>What the sheet shows of a proposal: the cells beside its response, and its line in the dashboard.</summary>
/// <param name="Cells">By header; only FormsFlow's own.</param>
/// <param name="SubmittedAt">When its response was sent in, or edited last.</param>
/// <param name="IsOpen">It is being decided or corrected.</param>
public sealed record SheetLine(
    ProposalId Id, int Version, DateTimeOffset SubmittedAt, ImmutableDictionary<string, string> Cells, DashboardLine Dashboard, bool IsOpen)
{
    /// <summary>A status is read at a glance; the whole comment is on the status page.</summary>
    const int LongestText = 500;

    /// <summary>Somebody deleted the row of a response that is still being decided, or its id was lost in the moment in which it was edited.</summary>
    const string RowIsGone = "Attention: its response is not in the sheet any more";

    /// <summary>Before an answer that an edit took back, and that nobody waits for any more.</summary>
    public const string BeforeEdit = "Before the edit: ";

    /// <summary>The same, of a party that was waited for until time ran out.</summary>
    public const string SinceEdit = "No answer since the edit; before it: ";

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static SheetLine Of(ProposalState.Known state, Form form, Installation installation, LinkMaker links)
    {
        var dossier = state.Dossier;
        var calendar = installation.Calendar;
        var cells = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        cells[OwnColumns.Status] = Bounded(StatusText.ForSheet(state));
        foreach (var party in form.Parties) cells[OwnColumns.Of(party)] = Bounded(DecisionText(dossier, party, calendar.DayOf));

        var open = dossier.Stages.Where(stage => stage.Status is StageStatus.Open && state is not ProposalState.Closed).ToArray();
        var pending = open.SelectMany(stage => stage.Ballots).Where(ballot => ballot.Vote is null).ToArray();
        return new SheetLine(dossier.Id, state.Version, dossier.Proposal.SubmittedAt, cells.ToImmutable(), new DashboardLine(
            dossier.Id.Value,
            dossier.Proposal.ProductTitle is "" ? Facts.NoTitle : dossier.Proposal.ProductTitle,
            dossier.Proposal.SponsorName,
            cells[OwnColumns.Status],
            [.. form.Parties.Select(party => DecisionOf(dossier, party, calendar.DayOf))],
            pending.Length > 0 ? calendar.DayOf(pending.Min(ballot => ballot.AskedAt)) : WaitingForSponsor(state, calendar.DayOf),
            (open.Min(stage => stage.ExpiresAt) ?? (state as ProposalState.NeedsCorrection)?.Waiting?.ExpiresAt) is { } expires ? calendar.DayOf(expires) : null,
            links.Status(dossier)), dossier.Outcome is null);
    }

    /// <param name="hasRow">Its response stands in the sheet, with its id.</param>
    public DashboardLine DashboardWith(bool hasRow) =>
        hasRow || !IsOpen ? Dashboard : Dashboard with { Status = Bounded($"{Dashboard.Status} \u2022 {RowIsGone}") };

    static DateOnly? WaitingForSponsor(ProposalState.Known state, Func<DateTimeOffset, DateOnly> day) =>
        state is ProposalState.NeedsCorrection ? day(state.Dossier.RevisedAt) : null;

    static DashboardDecision DecisionOf(Dossier dossier, Party party, Func<DateTimeOffset, DateOnly> day) => party.BallotIn(dossier) switch
    {
        { Vote: { } vote } => new DashboardDecision(Word(vote.Choice), day(vote.At)),
        { } when IsWaitedFor(dossier, party) => new DashboardDecision("Waiting", null),
        { } ballot when Standings.BeforeEdit(dossier, ballot) is { } earlier => new DashboardDecision(EarlierWord(dossier, party, earlier), day(earlier.At)),
        _ => new DashboardDecision("", null),
    };

    static string DecisionText(Dossier dossier, Party party, Func<DateTimeOffset, DateOnly> day) => party.BallotIn(dossier) switch
    {
        { Vote: { } vote } => Signed(Word(vote.Choice), vote, day),
        { } ballot when IsWaitedFor(dossier, party) => $"Asked on {Date(day(ballot.AskedAt))}",
        { } ballot when Standings.BeforeEdit(dossier, ballot) is { } earlier => Signed(EarlierWord(dossier, party, earlier), earlier, day),
        _ => "",
    };

    static string EarlierWord(Dossier dossier, Party party, Vote earlier) => StandingText.Of(
        dossier.Progress(party.Stage.Key).Result is StageResult.Expired ? PartyStanding.SilentSinceEdit : PartyStanding.AnsweredEarlier, earlier.Choice);

    static string Signed(string word, Vote vote, Func<DateTimeOffset, DateOnly> day) => $"{word} on {Date(day(vote.At))} by {vote.By.Display}{Quote(vote.Comment)}";

    static string Date(DateOnly day) => day.ToString("MMM d, yyyy", English);

    /// <summary>After the outcome, a stage that is open still is one in which something is left to do, unless everything has ended with it.</summary>
    static bool IsWaitedFor(Dossier dossier, Party party) => dossier.Outcome is null
        || (dossier.Outcome.Kind is OutcomeKind.Approved && dossier.Stages.Any(stage => stage.Stage == party.Stage.Key && stage.Status is StageStatus.Open));

    static string Quote(string comment) => comment.Length == 0 ? "" : $": {comment}";

    public static string Word(Choice choice) => choice switch
    {
        Choice.Approve => "Approved",
        Choice.Deny => "Denied",
        Choice.Recommend => "Recommended",
        Choice.AdviseAgainst => "Advised against",
        Choice.Done => "Done",
        Choice.Impossible => "Cannot be done",
        Choice.Renew => "Renewed",
        Choice.Retire => "Retired",
        _ => throw new InvalidOperationException($"Nobody has said how {choice} is shown."),
    };

    static string Bounded(string text)
    {
        if (text.Length <= LongestText) return text;
        var end = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return text[..end] + "\u2026";
    }
}
