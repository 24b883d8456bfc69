using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.Web.Reviewing;

/// <summary><c>/review/{token}</c>: look with GET, answer with POST.</summary>
static class ReviewEndpoint
{
    public static async Task<IResult> ShowAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken) =>
        await desk.OpenReviewAsync(token, cancellationToken) switch
        {
            ReviewPage.Recorded { CanChange: true } recorded when context.Request.Query.ContainsKey("change") =>
                Ask(context, new ReviewPage.Ask(recorded.Context, null, recorded.Vote.Comment, recorded.Nonce), null, recorded.Vote, StatusCodes.Status200OK),
            ReviewPage.Ask ask => Ask(context, ask, null, null, StatusCodes.Status200OK),
            ReviewPage.Recorded recorded => Recorded(context, recorded, tooLate: false, StatusCodes.Status200OK),
            ReviewPage.Unavailable unavailable => Unavailable(unavailable, StatusOf(unavailable.Trouble, StatusCodes.Status200OK)),
            var page => throw Unknown(page),
        };

    public static async Task<IResult> AnswerAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken)
    {
        var posted = await PostedForm.ReadAsync(context);
        if (posted is not PostedForm.Read form) return await AskAgainAsync(token, posted, context, desk, cancellationToken);

        var answer = new ReviewAnswer(
            Wording.ChoiceOf(form.One("choice")),
            form.Text("comment"),
            int.TryParse(form.One("revision"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var revision) ? revision : null,
            form.One("nonce"));
        return await desk.AnswerAsync(token, answer, cancellationToken) switch
        {
            ReviewPage.Recorded recorded when IsWhatWasAnswered(recorded.Vote, answer) => SeeOther(context),
            ReviewPage.Recorded recorded => Recorded(context, recorded, tooLate: true, StatusCodes.Status409Conflict),
            ReviewPage.Ask ask => Ask(context, ask, ChoiceToKeep(ask.Notice, answer.Choice), null, StatusOf(ask.Notice)),
            ReviewPage.Unavailable unavailable => Unavailable(unavailable, StatusOf(unavailable.Trouble, StatusCodes.Status409Conflict)),
            var page => throw Unknown(page),
        };
    }

    /// <summary>Nothing was understood, so nothing is handed on: the page is shown once more, with why.</summary>
    static async Task<IResult> AskAgainAsync(string token, PostedForm posted, HttpContext context, IDesk desk, CancellationToken cancellationToken)
    {
        var tooLarge = posted is PostedForm.TooLarge;
        var status = tooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;
        return await desk.OpenReviewAsync(token, cancellationToken) switch
        {
            ReviewPage.Ask ask => Ask(context, ask with { Notice = tooLarge ? FormNotice.CommentTooLong : FormNotice.OpenedAnew }, null, null, status),
            ReviewPage.Recorded recorded => Recorded(context, recorded, tooLate: false, status),
            ReviewPage.Unavailable unavailable => Unavailable(unavailable, StatusOf(unavailable.Trouble, status)),
            var page => throw Unknown(page),
        };
    }

    /// <summary>A change of mind that came too late leaves the earlier answer, and must not look as if it had been taken.</summary>
    static bool IsWhatWasAnswered(Vote vote, ReviewAnswer answer) => vote.Choice == answer.Choice && vote.Comment == answer.Comment.Trim();

    /// <summary>Where only the comment has to be mended, the person's own choice stays; everywhere else it is made anew.</summary>
    static Choice? ChoiceToKeep(FormNotice? notice, Choice? choice) =>
        notice is FormNotice.CommentMissing or FormNotice.CommentTooLong ? choice : null;

    static int StatusOf(FormNotice? notice) => notice is FormNotice.EditedSinceOpened or FormNotice.OpenedAnew or null
        ? StatusCodes.Status409Conflict
        : StatusCodes.Status422UnprocessableEntity;

    /// <summary>A link that says nothing of a proposal any more has a status of its own; where there is something to read, it depends on what was tried.</summary>
    internal static int StatusOf(LinkTrouble trouble, int otherwise) => trouble switch
    {
        LinkTrouble.Unreadable => StatusCodes.Status404NotFound,
        LinkTrouble.Expired or LinkTrouble.Superseded => StatusCodes.Status410Gone,
        _ => otherwise,
    };

    internal static string AddressOf(HttpContext context) => context.Request.PathBase + context.Request.Path;

    /// <summary>Written by hand, because the framework's redirect result writes its target, token and all, into the log.</summary>
    internal static IResult SeeOther(HttpContext context)
    {
        context.Response.Headers.Location = AddressOf(context);
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    static RazorComponentResult<AskPage> Ask(HttpContext context, ReviewPage.Ask page, Choice? chosen, Vote? before, int status) =>
        new(new { Page = page, Chosen = chosen, Before = before, Address = AddressOf(context) }) { StatusCode = status, PreventStreamingRendering = true };

    static RazorComponentResult<RecordedPage> Recorded(HttpContext context, ReviewPage.Recorded page, bool tooLate, int status) =>
        new(new { Page = page, TooLate = tooLate, Address = AddressOf(context) }) { StatusCode = status, PreventStreamingRendering = true };

    static RazorComponentResult<UnavailablePage> Unavailable(ReviewPage.Unavailable page, int status) =>
        new(new { page.Trouble, page.Context }) { StatusCode = status, PreventStreamingRendering = true };

    static InvalidOperationException Unknown(ReviewPage page) => new($"Nobody has said how {page.GetType().Name} is shown.");
}
