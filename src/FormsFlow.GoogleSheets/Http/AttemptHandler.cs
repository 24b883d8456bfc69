namespace FormsFlow.GoogleSheets.Http;

/// <summary>
/// One attempt, with a time limit of its own, read to its end: an answer that breaks off half-way is a failed attempt, which the
/// retry above can see. (HttpClient would read the body only after all handlers had returned.)
/// </summary>
public sealed class AttemptHandler(HttpMessageHandler inner, TimeSpan timeout, TimeProvider time) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            await response.Content.LoadIntoBufferAsync(either.Token);
            return response;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw new TimeoutException($"No whole answer within {timeout}.", e);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }
}
