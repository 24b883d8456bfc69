using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.Web.Reviewing;

/// <summary><c>/review/{token}</c>: look with GET, answer with POST.</summary>
static class ReviewEndpoint
{
    public static async Task<IResult> ShowAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken)
    {
        var page = await desk.OpenReviewAsync(token, cancellationToken);
        if (!context.Request.Query.ContainsKey("change")) return Show(context, page, StatusCodes.Status200OK);
        return page switch
        {
            ReviewPage.Recorded { CanChange: true } recorded => Ask(
                context, new ReviewPage.Ask(recorded.Context, null, recorded.Vote.Comment, recorded.Nonce), null, recorded.Vote, StatusCodes.Status200OK),
            ReviewPage.Held held => Ask(context, new ReviewPage.Ask(held.Context, null, held.Answer.Vote.Comment, held.Nonce), null, null, StatusCodes.Status200OK),
            _ => Show(context, page, StatusCodes.Status200OK),
        };
    }

    public static async Task<IResult> AnswerAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken)
    {
        var posted = await PostedForm.ReadAsync(context);
        if (posted is PostedForm.HungUp) return Results.Empty;
        if (posted is not PostedForm.Read form) return await AskAgainAsync(token, posted, context, desk, cancellationToken);

        var answer = new ReviewAnswer(
            Wording.ChoiceOf(form.One("choice")),
            form.Text("comment"),
            int.TryParse(form.One("revision"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var revision) ? revision : null,
            form.One("nonce"));
        return await desk.AnswerAsync(token, answer, cancellationToken) switch
        {
            ReviewPage.Recorded recorded when IsWhatWasAnswered(recorded.Vote, answer) => SeeOther(context),
            ReviewPage.Held held when IsWhatWasAnswered(held.Answer.Vote, answer) => SeeOther(context),
            // After an edit the choice is made anew: what it was made about has changed.
            ReviewPage.Ask ask => Ask(context, ask, ask.Notice is FormNotice.EditedSinceOpened ? null : answer.Choice, null, StatusOf(ask.Notice)),
            var page => Show(context, page, StatusCodes.Status409Conflict, notTaken: true),
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
            var page => Show(context, page, status),
        };
    }

    /// <summary>A change of mind that came too late leaves the earlier answer, and must not look as if it had been taken.</summary>
    static bool IsWhatWasAnswered(Vote vote, ReviewAnswer answer) => vote.Choice == answer.Choice && vote.Comment == answer.Comment.Trim();

    static int StatusOf(FormNotice? notice) => notice is FormNotice.EditedSinceOpened or FormNotice.OpenedAnew or null
        ? StatusCodes.Status409Conflict
        : StatusCodes.Status422UnprocessableEntity;

    /// <summary>A link that says nothing of a proposal any more has a status of its own; where there is something to read, it depends on what was tried.</summary>
    internal static int StatusOf(LinkTrouble trouble, int otherwise) => trouble switch
    {
        LinkTrouble.Unreadable => StatusCodes.Status404NotFound,
        LinkTrouble.Expired or LinkTrouble.Superseded or LinkTrouble.NothingToConfirm => StatusCodes.Status410Gone,
        LinkTrouble.FormAway => StatusCodes.Status503ServiceUnavailable,
        _ => otherwise,
    };

    internal static string AddressOf(HttpContext context) => context.Request.PathBase + context.Request.Path;

    /// <summary>Written by hand, because the framework's redirect result writes its target, token and all, into the log.</summary>
    internal static IResult SeeOther(HttpContext context)
    {
        context.Response.Headers.Location = AddressOf(context);
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <param name="notTaken">Something was sent that this page is not the answer to.</param>
    internal static IResult Show(HttpContext context, ReviewPage page, int status, bool notTaken = false) => page switch
    {
        ReviewPage.Ask ask => Ask(context, ask, null, null, status),
        ReviewPage.Recorded recorded => new RazorComponentResult<RecordedPage>(new { Page = recorded, NotTaken = notTaken, ChangeAddress = ChangeAddress(recorded.Context) })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        },
        ReviewPage.Held held => new RazorComponentResult<HeldPage>(new { Page = held, NotTaken = notTaken, ChangeAddress = ChangeAddress(held.Context) })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        },
        ReviewPage.Confirm confirm => new RazorComponentResult<ConfirmPage>(new { Page = confirm, Address = AddressOf(context) })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        },
        ReviewPage.Unavailable unavailable => new RazorComponentResult<UnavailablePage>(new { unavailable.Trouble, unavailable.Context })
        {
            StatusCode = StatusOf(unavailable.Trouble, status),
            PreventStreamingRendering = true,
        },
        _ => throw new InvalidOperationException($"Nobody has said how {page.GetType().Name} is shown."),
    };

    static string ChangeAddress(ReviewContext page) => $"{page.AnswerPage}?change";

    static RazorComponentResult<AskPage> Ask(HttpContext context, ReviewPage.Ask page, Choice? chosen, Vote? before, int status) =>
        new(new { Page = page, Chosen = chosen, Before = before, Address = AddressOf(context) }) { StatusCode = status, PreventStreamingRendering = true };
}
