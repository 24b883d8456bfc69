using System.Net;
using System.Net.Http.Headers;

namespace FormsFlow.Tests.Serving;

/// <summary>The installed program, whole, with everything that it says written down: nothing that only one person may know is in it.</summary>
public sealed class SecrecyTests
{
    const string Product = "Zebrafinch Reader";
    const string Comment = "zebrafinch in the comment";
    const string NudgeKey = "zebrafinch-nudges-0123456789abcdef";

    [Fact]
    public async Task Nothing_that_only_one_person_may_know_is_logged_or_shown_or_stands_in_the_process_list()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["FormsFlow:PollSeconds"] = "3600"; // only nudges look
        district.Settings["FormsFlow:NudgeKey"] = NudgeKey;
        district.Settings["FormsFlow:ShortestReadingSeconds"] = "1";
        using var server = await district.ServeAsync(("Logging__LogLevel__Default", "Information"), ("Logging__LogLevel__Microsoft", "Information"), ("Logging__LogLevel__System", "Information"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = district.Address };

        district.Form.Propose(Product);
        Assert.Equal(HttpStatusCode.Unauthorized, (await NudgeAsync(http, "not-the-secret")).StatusCode);
        var nudged = await NudgeAsync(http, NudgeKey);
        Assert.Equal(HttpStatusCode.Accepted, nudged.StatusCode);

        var review = ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor("business"), $"Please review: {Product}"));
        var sponsor = ServedDistrict.ButtonOf(await district.MailAsync(ServedDistrict.Sponsor, $"We have your proposal: {Product}"));
        var page = await http.GetStringAsync(review);
        Assert.Contains(Product, page, StringComparison.Ordinal);
        // Faster than anybody reads: held, and asked about by mail.
        await PostAsync(http, review, page, ("choice", "approve"), ("comment", Comment));
        var confirm = ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor("business"), $"Please confirm your decision: {Product}"));
        var question = await http.GetStringAsync(confirm);
        var opened = TimeProvider.System.GetTimestamp();
        await Eventually.IsTrueAsync("a person has read the page", () => TimeProvider.System.GetElapsedTime(opened) > TimeSpan.FromSeconds(1.1));
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(http, confirm, question)).StatusCode);
        await http.GetAsync(sponsor);
        foreach (var wrong in (string[])[review.AbsolutePath + "x", review.AbsolutePath + "/deeper", "/status" + review.AbsolutePath["/review".Length..], "/nowhere/" + review.Segments[^1]])
        {
            var answer = await http.GetAsync(new Uri(wrong, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.DoesNotContain(review.Segments[^1], await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await district.Form.StatusAsync(Product, "In review: waiting for Curriculum and Technology");
        var commandLine = File.Exists($"/proc/{server.Id}/cmdline") ? await File.ReadAllTextAsync($"/proc/{server.Id}/cmdline", TestContext.Current.CancellationToken) : "";
        var said = server.Output + server.Errors;
        Assert.Contains("answered in committee", said, StringComparison.Ordinal); // the log is there, at this level
        string[] secrets =
        [
            review.Segments[^1], confirm.Segments[^1], sponsor.Segments[^1], review.Segments[^1].Split('.')[2], NudgeKey, "not-the-secret", "zebrafinch", "@pinecreek.example", "sales@acme",
            "Goal 2, units", district.Settings["FormsFlow:LinkKeys:0"]!.Split(':')[1], "PRIVATE KEY",
        ];
        // What a thief of the database finds: answers and addresses, but nothing to decide with.
        await server.KillAsync();
        var stored = string.Concat(Directory.EnumerateFiles(district.Folder, "formsflow.db*").Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains(Product, stored, StringComparison.Ordinal);
        Assert.All([.. secrets[..5], .. secrets[^2..]], secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, commandLine, StringComparison.OrdinalIgnoreCase);
        }
    }

    static async Task<HttpResponseMessage> NudgeAsync(HttpClient http, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "nudge");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return await http.SendAsync(request);
    }

    static async Task<HttpResponseMessage> PostAsync(HttpClient http, Uri address, string page, params (string Name, string Value)[] answers)
    {
        var hidden = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page).QuerySelectorAll("form input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!));
        using var content = new FormUrlEncodedContent([.. hidden, .. answers.Select(answer => KeyValuePair.Create(answer.Name, answer.Value))]);
        return await http.PostAsync(address, content);
    }
}
