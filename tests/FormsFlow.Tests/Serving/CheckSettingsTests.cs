using static FormsFlow.Tests.Serving.CheckTroubleTests;

namespace FormsFlow.Tests.Serving;

/// <summary>How <c>check</c> says what it understood of the settings, and what it did not.</summary>
public sealed class CheckSettingsTests
{
    [Theory]
    [InlineData("8", "Dr. Ruth Okafor <ruth@pinecreek.example>", "reminders after 3 and 6, Dr. Ruth Okafor hears of delays after 8, ends after 15 (working days)")]
    [InlineData("8", "", "reminders after 3 and 6, the administrators (nobody is named in People:escalation) hear of delays after 8, ends after 15 (working days)")]
    [InlineData("never", "", "reminders after 3 and 6, nobody is told of delays, ends after 15 (working days)")]
    public async Task Who_hears_of_delays_and_when_is_said_with_the_reminders(string after, string people, string said)
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings["FormsFlow:Forms:0:EscalateAfter"] = after;
        district.Settings["FormsFlow:Forms:0:People:escalation"] = people;
        Assert.Contains(await FindAsync(district), finding => finding.What == "proposals: process" && finding.Text.EndsWith($"; {said}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stages_that_differ_in_it_each_say_when_they_remind_and_whom_they_tell()
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings["FormsFlow:Forms:0:People:values"] = "vera@pinecreek.example";
        district.Settings["FormsFlow:Forms:0:Process"] = """
            { "name": "Two", "stages": [
              { "key": "values", "title": "Values", "kind": "vote", "roles": [{ "key": "values", "title": "Values" }], "remindAfter": [2], "escalateAfter": 4, "escalateTo": "business", "expireAfter": 9 },
              { "key": "committee", "title": "Committee", "kind": "vote", "roles": [{ "key": "business", "title": "Business" }, { "key": "curriculum", "title": "Curriculum" }, { "key": "technology", "title": "Technology" }], "required": true } ] }
            """;

        var said = (await FindAsync(district)).Where(finding => finding.What == "proposals: process").Select(finding => finding.Text).ToList();

        Assert.Contains("Values: reminders after 2, business.proposals hears of delays after 4, ends after 9 (working days)", said);
        Assert.Contains("Committee: reminders after 3 and 6, the administrators (nobody is named in People:escalation) hear of delays after 8, ends after 15 (working days)", said);
    }

    [Theory]
    [InlineData("Mail:Smtp:Security", "SSL", "Mail:Smtp:Security is 'SSL'", "it should be one of StartTls, Tls, None.")]
    [InlineData("Mail:Smtp:Port", "0", "Mail:Smtp:Port is 0", "it should be a number from 1 to 65535 (usually 587")]
    [InlineData("Mail:From:Address", "", "Mail:From:Address is empty", "Give the address")]
    public async Task A_setting_that_is_wrong_comes_with_its_remedy(string setting, string value, string said, string remedy)
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings[setting] = value;
        var finding = Assert.Single(await FindAsync(district), finding => finding.What == "Setting");
        Assert.StartsWith(said, finding.Text, StringComparison.Ordinal);
        Assert.StartsWith(remedy, finding.Remedy, StringComparison.Ordinal);
    }
}
