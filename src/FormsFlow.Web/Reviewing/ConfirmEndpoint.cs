using FormsFlow.Application.Reviewing;
using Microsoft.AspNetCore.Http;

namespace FormsFlow.Web.Reviewing;

/// <summary><c>/confirm/{token}</c>: look at an answer that was held with GET, say that it is one's own with POST.</summary>
static class ConfirmEndpoint
{
    public static async Task<IResult> ShowAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken) =>
        ReviewEndpoint.Show(context, await desk.OpenConfirmationAsync(token, cancellationToken), StatusCodes.Status200OK);

    public static async Task<IResult> ConfirmAsync(string token, HttpContext context, IDesk desk, CancellationToken cancellationToken)
    {
        var posted = await PostedForm.ReadAsync(context);
        if (posted is PostedForm.HungUp) return Results.Empty;
        var form = posted as PostedForm.Read;
        return await desk.ConfirmAsync(token, form?.One("nonce"), cancellationToken) switch
        {
            ReviewPage.Recorded => ReviewEndpoint.SeeOther(context),
            var page => ReviewEndpoint.Show(context, page, StatusCodes.Status409Conflict),
        };
    }
}
