using System.Text.Json;
using FormsFlow.Application.Settings;
using FormsFlow.Mail;
using FormsFlow.Mail.Settings;
using FormsFlow.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Server;

/// <summary>The settings that the Azure templates put into the app.</summary>
public sealed class AzureSettingsTests
{
    [Fact]
    public void The_districts_settings_for_azure_are_understood_once_the_templates_have_added_address_and_secrets()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "district.sample.json")));
        var settings = json.RootElement.EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString());
        settings["FormsFlow:BaseAddress"] = "https://func-formsflow.azurewebsites.net/";
        settings["FormsFlow:LinkKeys:0"] = "a1:YSBrZXkgb2YgdGhlIHRlc3RzIGFuZCBvZiBub2JvZHkgZWxzZQ==";
        settings["Mail:Smtp:Password"] = "from the vault";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        var problems = InstallationReader.Read(configuration.GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>()!).Problems.ToList();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddFormsFlowMail(configuration);
        using var provider = services.BuildServiceProvider();
        CheckedOptions.Read<MailOptions>(provider, problems);
        Assert.Empty(problems);
    }
}
