using FormsFlow.Application.Ports;
using FormsFlow.Mail;
using FormsFlow.Tests.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>A host that minds scopes, as it does while somebody develops, and that renders pages, too.</summary>
public sealed class ScopedRenderingTests
{
    [Fact]
    public async Task A_mail_is_rendered_where_scopes_are_minded()
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = true);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mail:From:Address"] = "formsflow@pinecreek.example",
            ["Mail:Sender"] = "PickupFolder",
            ["Mail:PickupFolder:Path"] = folder.Path,
        });
        builder.Services.AddRazorComponents();
        builder.Services.AddFormsFlowMail(builder.Configuration);
        await using var app = builder.Build();

        await app.Services.GetRequiredService<IMailer>().SendAsync(SampleMails.Request(), TestContext.Current.CancellationToken);

        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
