using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Serving;

/// <summary>A form with a process of its own, through the program as a district runs it.</summary>
public sealed class ServedProcessTests
{
    const string Library = """
        {
          "name": "Library purchases",
          "stages": [
            { "key": "shelf", "title": "Shelf", "kind": "vote", "required": true, "rule": 2, "onDenial": "WaitForAll",
              "roles": [
                { "key": "librarian", "title": "Librarian", "questions": ["Does it belong on the shelf?"] },
                { "key": "principal", "title": "Principal" },
                { "key": "parents", "title": "Parents" } ] },
            { "key": "thanks", "title": "Thanks", "kind": "task", "after": ["shelf"], "roles": [ { "key": "sponsor", "title": "Sponsor", "asked": "sponsor", "questions": ["Has it arrived?"] } ] }
          ]
        }
        """;

    [Fact]
    public async Task Two_of_three_decide_where_a_file_says_so_and_then_the_sponsor_is_asked()
    {
        await using var district = await ServedDistrict.CreateAsync();
        var path = Path.Combine(district.Folder, "library.json");
        File.WriteAllText(path, Library);
        await GoesItsWayAsync(district, path);
        Assert.Contains("Approved on", district.Form.Rows[0]["Librarian decision"], StringComparison.Ordinal);
        Assert.Contains("Denied on", district.Form.Rows[0]["Principal decision"], StringComparison.Ordinal);
        Assert.StartsWith("Done on", district.Form.Rows[0]["Sponsor decision"], StringComparison.Ordinal);
        Assert.DoesNotContain("Business decision", district.Form.Rows[0].Keys);
    }

    [Fact]
    public async Task The_process_itself_may_stand_in_the_setting_as_it_does_in_Azure()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await GoesItsWayAsync(district, Library);
    }

    [Fact]
    public async Task Check_says_how_a_process_was_understood()
    {
        await using var district = await ServedDistrict.CreateAsync();
        Use(district, Library.Replace("\"required\": true, ", "", StringComparison.Ordinal));
        district.Settings["FormsFlow:Forms:0:People:parents"] = "";
        district.WriteSettings();
        var (_, output, _) = await ServerProcess.RunAsync("check", "--settings", district.SettingsPath);
        Assert.Contains("proposals: process: Library purchases: Shelf \u2192 Thanks", output, StringComparison.Ordinal);
        Assert.Contains("Librarian: librarian.proposals, Principal: principal.proposals, Sponsor: whoever proposes", output, StringComparison.Ordinal);
    }

    static async Task GoesItsWayAsync(ServedDistrict district, string process)
    {
        Use(district, process);
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("The Hobbit");
        await district.Form.StatusAsync("The Hobbit", "In review: waiting for Librarian, Principal and Parents");
        await Reviewers.ApproveAsync(await LinkAsync(district, "librarian", "The Hobbit"));
        await Reviewers.DenyAsync(await LinkAsync(district, "principal", "The Hobbit"), "We have two.");
        await Reviewers.ApproveAsync(await LinkAsync(district, "parents", "The Hobbit"));
        await district.MailAsync(ServedDistrict.Sponsor, "Approved: The Hobbit");
        await district.Form.StatusAsync("The Hobbit", "Approved; waiting for Sponsor");

        await Reviewers.ReportAsync(ServedDistrict.ButtonOf(await district.MailAsync(ServedDistrict.Sponsor, "You are needed: The Hobbit")), "It has.");
        await district.Form.StatusAsync("The Hobbit", "Approved");
    }

    static void Use(ServedDistrict district, string process)
    {
        foreach (var role in (string[])["business", "curriculum", "technology"]) district.Settings.Remove($"FormsFlow:Forms:0:People:{role}");
        foreach (var role in (string[])["librarian", "principal", "parents"]) district.Settings[$"FormsFlow:Forms:0:People:{role}"] = district.Form.PersonFor(role);
        district.Settings["FormsFlow:Forms:0:Process"] = process;
    }

    static async Task<Uri> LinkAsync(ServedDistrict district, string role, string product) =>
        ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor(role), $"Please review: {product}"));
}
