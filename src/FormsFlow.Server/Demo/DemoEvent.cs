using FormsFlow.Application.Mailing;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Server.Demo;

/// <summary>What the clock brings next.</summary>
/// <param name="Name">For the button: "a reminder".</param>
/// <param name="What">A sentence without its end: "Business and Technology are reminded of Kahoot!".</param>
public sealed record DemoEvent(DateTimeOffset At, string Name, string What)
{
    const int MostNamed = 3;

    /// <summary>What falls due at one instant, of several proposals.</summary>
    public static DemoEvent Of(DateTimeOffset at, IReadOnlyList<DemoEvent> events) => events.Count == 0
        ? new DemoEvent(at, "what falls due next", "something is tried again")
        : new DemoEvent(
            at,
            string.Join(" and ", events.Select(one => one.Name).Distinct(StringComparer.Ordinal)),
            string.Join("; ", [.. events.Take(MostNamed).Select(one => one.What), .. events.Count > MostNamed ? [$"and {events.Count - MostNamed} more"] : Array.Empty<string>()]));

    /// <returns>Null if nothing of this proposal falls due then: a mail is tried again, say.</returns>
    public static DemoEvent? Of(ProposalState.Known state, DateTimeOffset at)
    {
        var product = state.Dossier.Proposal.ProductTitle is { Length: > 0 } title ? title : Facts.NoTitle;
        if (state is ProposalState.NeedsCorrection { Waiting: { } waiting } && waiting.NextDue <= at)
            return waiting.ExpiresAt <= at
                ? new DemoEvent(at, "the end of waiting", $"{product} expires, unless its response is corrected first")
                : new DemoEvent(at, "a reminder", $"the sponsor is reminded to correct the response for {product}");

        if (state is not ProposalState.InReview { Dossier: var dossier } || dossier.Stages.FirstOrDefault(stage => stage.NextDue <= at) is not { } progress) return null;
        var parties = StatusText.List([.. progress.Ballots.Where(ballot => ballot.Vote is null).Select(ballot => dossier.Definition.Stage(progress.Stage).Role(ballot.Role).Title)]);
        if (progress.Status is StageStatus.Waiting) return new DemoEvent(at, "the next step", $"{dossier.Definition.Stage(progress.Stage).Title} begins for {product}");
        if (progress.ExpiresAt <= at) return new DemoEvent(at, "the end of waiting", $"{product} expires, unless {parties} answer first");
        if (progress.EscalateAt <= at) return new DemoEvent(at, "word to the superintendent", $"{DemoDistrict.Superintendent.Name} is told that {product} waits for {parties}");
        return new DemoEvent(at, "a reminder", $"{parties} get a reminder about {product}");
    }
}
