namespace FormsFlow.SheetsEmulator.Pages;

/// <summary>After a POST the browser gets the page from its own address, so that reloading it sends nothing twice.</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
