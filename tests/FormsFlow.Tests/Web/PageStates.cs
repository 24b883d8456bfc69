using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Tests.Web;

/// <summary>Every state that a page can be in, by name: what the tests open, measure and photograph.</summary>
static class PageStates
{
    /// <summary>The path of each, with the status that a GET of it has.</summary>
    public static readonly IReadOnlyList<(string Name, string Path, int Status)> Opened =
    [
        ("home", "/", 200),
        ("not-found", "/nowhere", 404),
        ("ask", "/review/ask", 200),
        ("ask-edited", "/review/edited", 200),
        ("ask-recommendation", "/review/recommendation", 200),
        ("ask-task", "/review/task", 200),
        ("ask-hostile", "/review/hostile", 200),
        ("recorded-approval", "/review/recorded", 200),
        ("recorded-change", "/review/recorded?change", 200),
        ("recorded-denial", "/review/recorded-denial", 200),
        ("recorded-hostile", "/review/recorded-hostile", 200),
        ("link-unreadable", "/review/unknown", 404),
        ("link-expired", "/review/expired", 410),
        ("link-superseded", "/review/superseded", 410),
        ("link-answered", "/review/answered", 200),
        ("link-not-yet", "/review/notyet", 200),
        ("link-ended", "/review/ended", 200),
        ("link-waits", "/review/waits", 200),
        ("held", "/review/held", 200),
        ("held-both", "/review/held-both", 200),
        ("held-alone", "/review/held-alone", 200),
        ("ask-alone", "/review/alone", 200),
        ("link-not-yet-alone", "/review/notyet-alone", 200),
        ("confirm", "/confirm/confirm", 200),
        ("confirm-nothing", "/confirm/nothing", 410),
        ("failure", "/review/broken", 500),
        ("status-review", "/status/review", 200),
        ("status-correction", "/status/correction", 200),
        ("status-denied", "/status/denied", 200),
        ("status-approved", "/status/approved", 200),
        ("status-withdrawn", "/status/withdrawn", 200),
        ("status-hostile", "/status/hostile", 200),
        ("status-expired", "/status/expired", 410),
    ];

    public static void Fill(DeskOfPages desk)
    {
        var context = Specimens.Context();
        var technologyCheck = DistrictProcedure.Definition.Stage("technology-check");
        var order = DistrictProcedure.Definition.Stage("purchase-order");

        desk.Reviews["ask"] = Specimens.Ask(context);
        desk.Reviews["edited"] = Specimens.Ask(Specimens.Edited());
        desk.Reviews["recommendation"] = Specimens.Ask(For(context, technologyCheck));
        desk.Reviews["task"] = Specimens.Ask(For(context, order));
        desk.Reviews["hostile"] = Specimens.Ask(Specimens.HostileContext());
        desk.Reviews["recorded"] = Specimens.Recorded(context, Choice.Approve, "Read all of it. Works on our Chromebooks.");
        desk.Reviews["recorded-denial"] = Specimens.Recorded(context with { Outcome = new Outcome(OutcomeKind.Denied) }, Choice.Deny, "No export from the SIS.\nWe cannot feed it.", canChange: false);
        desk.Reviews["recorded-quiet"] = Specimens.Recorded(context with { SendsAllNotices = false }, Choice.Approve, "");
        desk.Reviews["recorded-hostile"] = Specimens.Recorded(Specimens.HostileContext(), Choice.Deny, Specimens.Markup + Specimens.Fifty());
        desk.Reviews["expired"] = new ReviewPage.Unavailable(LinkTrouble.Expired, null);
        desk.Reviews["superseded"] = new ReviewPage.Unavailable(LinkTrouble.Superseded, null);
        desk.Reviews["answered"] = new ReviewPage.Unavailable(LinkTrouble.AnsweredBySomeoneElse, context);
        desk.Reviews["notyet"] = new ReviewPage.Unavailable(LinkTrouble.NotYetOpen, context);
        desk.Reviews["ended"] = new ReviewPage.Unavailable(LinkTrouble.Ended, context with { Outcome = new Outcome(OutcomeKind.Denied) });
        desk.Reviews["waits"] = new ReviewPage.Unavailable(LinkTrouble.WaitsForSponsor, context);

        desk.Reviews["held"] = Specimens.Held();
        desk.Reviews["held-both"] = Specimens.Held(Doubt.BothAnswers, Specimens.Markup + Specimens.Fifty());
        desk.Reviews["held-alone"] = Specimens.Held(context: Specimens.Alone());
        desk.Reviews["alone"] = Specimens.Ask(Specimens.Alone());
        desk.Reviews["notyet-alone"] = new ReviewPage.Unavailable(LinkTrouble.NotYetOpen, Specimens.Alone());
        desk.Reviews["confirm"] = Specimens.Confirm();
        desk.Reviews["nothing"] = new ReviewPage.Unavailable(LinkTrouble.NothingToConfirm, context);

        desk.Statuses["review"] = Specimens.InReview();
        desk.Statuses["correction"] = Specimens.Broken();
        desk.Statuses["denied"] = Specimens.Denied();
        desk.Statuses["approved"] = Specimens.Approved();
        desk.Statuses["withdrawn"] = Specimens.Withdrawn();
        desk.Statuses["hostile"] = Specimens.HostileStatus();
        desk.Statuses["expired"] = new StatusPage.Unavailable(LinkTrouble.Expired);
    }

    static ReviewContext For(ReviewContext context, Stage stage) => context with
    {
        Stage = stage,
        Role = stage.Roles[0],
        Choices = stage.Offers(),
        Others = [],
    };
}
