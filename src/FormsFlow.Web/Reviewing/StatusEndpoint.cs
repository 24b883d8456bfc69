using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.Web.Reviewing;

/// <summary>Why a withdrawal was not taken.</summary>
public enum WithdrawNotice
{
    /// <summary>The confirmation was not ticked.</summary>
    NotConfirmed,

    /// <summary>What was dropped, and why, stays readable for those who come after.</summary>
    ReasonMissing,

    ReasonTooLong,

    /// <summary>The link is not the sponsor's own, or the review has ended.</summary>
    NotPossible,

    /// <summary>The page was open for so long, or its form is so incomplete, that it is better read once more.</summary>
    OpenedAnew,

    /// <summary>It came faster than a person reads.</summary>
    TooFast,

    /// <summary>The form came back in a shape that no browser sends.</summary>
    Malformed,
}

/// <summary><c>/status/{token}</c>: look with GET; the sponsor withdraws with POST.</summary>
static class StatusEndpoint
{
    /// <summary>What a sheet cell can hold.</summary>
    internal const int LongestReason = 50_000;

    public static async Task<IResult> ShowAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken) =>
        Show(context, await desk.OpenStatusAsync(token, cancellationToken), null, "", StatusCodes.Status200OK);

    public static async Task<IResult> WithdrawAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken)
    {
        var posted = await PostedForm.ReadAsync(context);
        if (posted is PostedForm.HungUp) return Results.Empty;
        var form = posted as PostedForm.Read;
        var reason = form?.Text("reason").Trim() ?? "";
        WithdrawNotice? notice = posted switch
        {
            PostedForm.TooLarge => WithdrawNotice.ReasonTooLong,
            PostedForm.Malformed => WithdrawNotice.Malformed,
            _ when ResponseReader.IsBlank(reason) => WithdrawNotice.ReasonMissing,
            _ when reason.Length > LongestReason => WithdrawNotice.ReasonTooLong,
            _ when form!.One("confirm") != "yes" => WithdrawNotice.NotConfirmed,
            _ => null,
        };
        if (notice is not null)
        {
            var status = posted is PostedForm.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;
            return Show(context, await desk.OpenStatusAsync(token, cancellationToken), notice, reason, status);
        }

        var page = await desk.WithdrawAsync(token, new Withdrawal(reason, form!.One("nonce")), cancellationToken);
        return page is StatusPage.Shown { Notice: null, Outcome.Kind: OutcomeKind.Withdrawn }
            ? ReviewEndpoint.SeeOther(context)
            : Show(context, page, NoticeOf(page), reason, StatusCodes.Status409Conflict);
    }

    static WithdrawNotice NoticeOf(StatusPage page) => page switch
    {
        StatusPage.Shown { Notice: WithdrawTrouble.OpenedAnew } => WithdrawNotice.OpenedAnew,
        StatusPage.Shown { Notice: WithdrawTrouble.TooFast } => WithdrawNotice.TooFast,
        _ => WithdrawNotice.NotPossible,
    };

    static IResult Show(HttpContext context, StatusPage page, WithdrawNotice? notice, string reason, int status) => page switch
    {
        StatusPage.Shown shown => new RazorComponentResult<ProgressPage>(
            new { Page = shown, Notice = notice, Reason = reason, Address = ReviewEndpoint.AddressOf(context) })
        { StatusCode = status, PreventStreamingRendering = true },
        StatusPage.Unavailable unavailable => new RazorComponentResult<UnavailablePage>(new { unavailable.Trouble })
        {
            StatusCode = ReviewEndpoint.StatusOf(unavailable.Trouble, status),
            PreventStreamingRendering = true,
        },
        _ => throw new InvalidOperationException($"Nobody has said how {page.GetType().Name} is shown."),
    };
}
