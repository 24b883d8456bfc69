using System.Net;
using FormsFlow.Tests.Adapters.GoogleForms;

namespace FormsFlow.Tests.Serving;

/// <summary>The trigger of google/create-form.gs and the program understand each other.</summary>
public sealed class GoogleTriggerTests
{
    const string Key = "QSBrZXkgZm9yIHRlc3RzOiBub3RoaW5nIGVsc2U=";

    [Fact]
    public async Task What_the_forms_trigger_sends_has_the_sheet_looked_at_at_once()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["FormsFlow:NudgeKey"] = Key;
        district.Settings["FormsFlow:PollSeconds"] = "3600";
        using var server = await district.ServeAsync();
        // The first look, at the start, is over when the columns are there.
        await Eventually.IsTrueAsync("the sheet was looked at", () => server.Output.Contains("Created beside the responses", StringComparison.Ordinal));
        district.Form.Propose("Desmos");

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(await RequestAsync(district, Key)));

        await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(await RequestAsync(district, "another key that is wrong")));
    }

    /// <summary>What the script asks Google to send.</summary>
    static async Task<HttpRequestMessage> RequestAsync(ServedDistrict district, string key)
    {
        var world = await AppsScript.RunAsync(new() { ["FORMSFLOW"] = district.Address.ToString() }, new() { ["FORMSFLOW_NUDGE_KEY"] = key }, ["tellFormsFlow"]);
        var recorded = Assert.Single(world["requests"]!.AsArray())!;
        var request = new HttpRequestMessage(HttpMethod.Parse(recorded["method"]!.GetValue<string>()), recorded["url"]!.GetValue<string>());
        foreach (var (name, value) in recorded["headers"]!.AsObject()) request.Headers.Add(name, value!.GetValue<string>());
        return request;
    }

    static async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient();
        using (request)
        using (var answer = await http.SendAsync(request, TestContext.Current.CancellationToken))
            return answer.StatusCode;
    }
}
