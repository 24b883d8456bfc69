using System.Security.Cryptography;
using System.Text.Json;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Functions.Tests;

/// <summary>The sample's settings with what it lacks, a storage account and the key of a service account, and with the form and a reviewer of the simulations.</summary>
static class HostedSample
{
    public static readonly string Credential = MakeCredential();

    public static Dictionary<string, string?> Settings()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        var settings = json.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => (string?)value.Value.ToString());
        settings["FormsFlow:Forms:0:Key"] = TestDistrict.FormKey;
        settings["FormsFlow:Forms:0:People:technology"] = $"{TestDistrict.Tess.Name} <{TestDistrict.Tess.Address}>";
        settings.Remove("FormsFlow:Forms:0:Substitutes:0");
        settings["Storage:AzureTables:ConnectionString"] = "UseDevelopmentStorage=true";
        settings.Remove("Google:CredentialsFile");
        settings["Google:Credentials"] = Credential;
        return settings;
    }

    static string MakeCredential()
    {
        using var key = RSA.Create(2048);
        return JsonSerializer.Serialize(new
        {
            type = "service_account",
            client_email = "formsflow@project.iam.gserviceaccount.example",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            token_uri = "http://127.0.0.1:1/token",
        });
    }
}
