using FormsFlow.Functions.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
if (builder.AddFormsFlowOnAzure() is { Count: > 0 } problems) return Misconfigured.Say(problems);
await builder.Build().RunAsync();
return 0;
