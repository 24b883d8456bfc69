using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Reviewing;

/// <summary>Events as sentences for the people of the district.</summary>
public static class HistoryText
{
    /// <returns>Null for what says nothing to a reader: a stage that never was theirs, the end that the outcome has told already.</returns>
    public static HistoryLine? Describe(Event @event, ProcessDefinition definition) => @event switch
    {
        Event.ResponseReceived e => Line(e, "The proposal was submitted."),
        Event.ProblemsFound e => Line(e, "The response could not be reviewed; its sponsor was asked to correct it.",
            string.Join('\n', e.Problems.Select(problem => problem.Message))),
        Event.SponsorReminded e => Line(e, "The sponsor was reminded to correct the response."),
        Event.ResponseEdited { Changes.IsEmpty: true } e => Line(e, "The sponsor sent the response again."),
        Event.ResponseEdited e => Line(e, "The sponsor edited the response.",
            string.Join('\n', e.Changes.Select(change => $"{change.Question}: {Short(change.Before)} \u2192 {Short(change.After)}"))),
        Event.StageOpened e => Line(e, $"{definition.Stage(e.Stage).Title}: {Titles(definition, e.Stage, e.Roles)} {(e.Roles.Length == 1 ? "was" : "were")} asked."),
        Event.StageScheduled e => Line(e, $"{definition.Stage(e.Stage).Title} follows in {definition.Stage(e.Stage).OpensAfter}."),
        Event.StageSkipped { Reason: SkipReason.NotNeeded } e => Line(e, $"{definition.Stage(e.Stage).Title} is not needed for this proposal."),
        Event.StageSkipped => null,
        Event.VoteCast e => Line(e, $"{e.Vote.By.Display} ({definition.Stage(e.Stage).Role(e.Role).Title}) {Verb(e.Vote.Choice)}.", e.Vote.Comment),
        Event.AnswerHeld { Doubt: Doubt.BothAnswers } e => Line(e,
            $"Opposite answers for {definition.Stage(e.Stage).Role(e.Role).Title} came in within moments. Neither counts; {e.Vote.By.Display} was asked to confirm."),
        Event.AnswerHeld e => Line(e,
            $"An answer for {definition.Stage(e.Stage).Role(e.Role).Title} came in that looks automatic. It does not count yet; {e.Vote.By.Display} was asked to confirm it."),
        Event.VotesReopened e => Line(e, $"{Titles(definition, e.Stage, e.Roles)} {(e.Roles.Length == 1 ? "was" : "were")} asked again because of the edit."),
        Event.Reminded e => Line(e, $"{Titles(definition, e.Stage, e.Roles)} {(e.Roles.Length == 1 ? "was" : "were")} reminded."),
        Event.Escalated e => Line(e, $"The delay was reported: {Titles(definition, e.Stage, e.Roles)} had not answered."),
        Event.StageSettled { Result: StageResult.Expired } e => Line(e, $"{definition.Stage(e.Stage).Title}: the time to answer ended."),
        Event.StageSettled => null,
        Event.OutcomeReached e => Line(e, Sentence(e.Outcome), e.Outcome.Reason),
        Event.Closed => null,
        Event.Delivered => null,
        Event.DeliveryFailed e => Line(e, $"FormsFlow could not deliver {e.What}."),
        _ => throw new InvalidOperationException($"Nobody has said how {@event.GetType().Name} is told."),
    };

    /// <summary>The outcome as a sentence.</summary>
    public static string Sentence(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Approved => "The proposal was approved.",
        OutcomeKind.Denied => "The proposal was denied.",
        OutcomeKind.Expired => "The proposal expired: not everyone answered in time.",
        OutcomeKind.Lapsed => "The proposal expired: the response was not corrected in time.",
        OutcomeKind.Withdrawn => "The sponsor withdrew the proposal.",
        OutcomeKind.Duplicate => $"The same proposal was submitted before, as {outcome.DuplicateOf}.",
        _ => throw new InvalidOperationException($"Nobody has said how {outcome.Kind} is told."),
    };

    public static string Verb(Choice choice) => choice switch
    {
        Choice.Approve => "approved",
        Choice.Deny => "denied",
        Choice.Recommend => "recommended it",
        Choice.AdviseAgainst => "advised against it",
        Choice.Done => "reported it done",
        Choice.Impossible => "reported that it cannot be done",
        Choice.Renew => "renewed it",
        Choice.Retire => "retired it",
        _ => throw new InvalidOperationException($"Nobody has said how {choice} is told."),
    };

    static string Titles(ProcessDefinition definition, string stage, System.Collections.Immutable.ImmutableArray<string> roles) =>
        StatusText.List([.. roles.Select(role => definition.Stage(stage).Role(role).Title)]);

    static HistoryLine Line(Event e, string text, string detail = "") => new(e.At, text, detail);

    static string Short(string answer) => answer.Trim() switch
    {
        "" => "(nothing)",
        { Length: > 200 } text => $"\u201c{text[..200]}\u2026\u201d",
        var text => $"\u201c{text}\u201d",
    };
}
