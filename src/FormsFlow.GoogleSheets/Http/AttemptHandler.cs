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
            response.Content = await ReadAsync(response.Content, either.Token);
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

    /// <summary>
    /// In memory that is garbage afterwards: what HttpContent reads into comes from a pool that keeps it, and the answer about ten thousand
    /// rows (6 MB) would stay there for minutes, with half of it and a quarter of it.
    /// </summary>
    static async Task<HttpContent> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        await content.CopyToAsync(body, cancellationToken);
        var whole = new ReadOnlyMemoryContent(body.GetBuffer().AsMemory(0, (int)body.Length));
        foreach (var header in content.Headers) whole.Headers.TryAddWithoutValidation(header.Key, header.Value);
        content.Dispose();
        return whole;
    }
}
