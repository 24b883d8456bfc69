using FormsFlow.Application.Ports;
using FormsFlow.Functions.Hosting;
using FormsFlow.Functions.Orchestration;
using FormsFlow.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Functions;

/// <summary>Every page and endpoint, the very ones that the one-machine server serves. It takes methods that nobody serves, too, to say so itself.</summary>
public sealed class Pages(AzureSettings settings, FormsFlowPipeline pipeline, DurableProcessEngine engine, ILogger<Pages> logger)
{
    [Function(nameof(Pages))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", "patch", "options", Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        Urgency.Begin();
        engine.Use(client);
        if (await settings.AreWholeAsync(logger, request.HttpContext.RequestAborted)) await pipeline.RunAsync(request.HttpContext);
        else await pipeline.WaitAsync(request.HttpContext);
        // All of it was written by the pipeline.
        return Results.Empty;
    }
}
