using System.Net;

namespace FormsFlow.GoogleSheets.Http;

/// <summary>The server asked to be left alone for longer than a request is tried again. Google.Apis' own exceptions do not say for how long.</summary>
/// <param name="rest">From now.</param>
public sealed class ComeBackLaterException(HttpStatusCode status, TimeSpan rest) : Exception($"The server answered {(int)status} and asks to come back in {rest}.")
{
    public HttpStatusCode Status => status;

    public TimeSpan Rest => rest;
}
