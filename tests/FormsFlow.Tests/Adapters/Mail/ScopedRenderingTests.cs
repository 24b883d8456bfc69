using FormsFlow.Application.Ports;
using FormsFlow.Mail;
using FormsFlow.Tests.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>A container that minds scopes, as hosts have it while somebody develops, and that renders pages, too.</summary>
public sealed class ScopedRenderingTests
{
    [Fact]
    public async Task A_mail_is_rendered_where_scopes_are_minded()
    {
        using var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mail:From:Address"] = "formsflow@pinecreek.example",
            ["Mail:Sender"] = "PickupFolder",
            ["Mail:PickupFolder:Path"] = folder.Path,
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddRazorComponents();
        await using var provider = services.AddFormsFlowMail(configuration).BuildServiceProvider(validateScopes: true);

        await provider.GetRequiredService<IMailer>().SendAsync(SampleMails.Request(), TestContext.Current.CancellationToken);

        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
