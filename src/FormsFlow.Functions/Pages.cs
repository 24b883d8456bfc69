using FormsFlow.Functions.Orchestration;
using FormsFlow.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FormsFlow.Functions;

/// <summary>Every page and endpoint, the very ones that the one-machine server serves.</summary>
public sealed class Pages(FormsFlowPipeline pipeline, DurableProcessEngine engine)
{
    [Function(nameof(Pages))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        engine.Use(client);
        await pipeline.RunAsync(request.HttpContext);
        // All of it was written by the pipeline.
        return Results.Empty;
    }
}
