using System.Net;
using FormsFlow.SheetsEmulator.Api;

namespace FormsFlow.Tests.Serving;

/// <summary>Google is away, or somebody took the sheet or the key away: the administrators hear of it once, and it recovers by itself.</summary>
public sealed class SheetOutageTests
{
    const string Administrator = "sam.lindqvist@pinecreek.example";
    const string Account = "formsflow@formsflow-emulator.iam.gserviceaccount.com";
    const string Subject = "FormsFlow needs your attention";

    [Fact]
    public async Task A_revoked_key_is_told_once_across_restarts_and_what_does_not_need_the_sheet_goes_on()
    {
        await using var district = await ServedDistrict.CreateAsync();
        var clock = new TestClock();
        Uri business;
        await using (var host = await HostedDistrict.StartAsync(district, clock))
        {
            district.Form.Propose("Desmos");
            business = ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor("business"), "Please review: Desmos"));
            await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
            district.Emulator.Accounts.Revoke(Account);
            host.Nudge();
            await host.ReadyAsync("sheet/proposals: needs a hand since");
            var told = await district.MailAsync(Administrator, Subject);
            Assert.Contains("create a new JSON key", string.Join(' ', told.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("FF-", told.TextBody, StringComparison.Ordinal);
            await Reviewers.ApproveAsync(business);
        }

        await using (var host = await HostedDistrict.StartAsync(district, clock))
        {
            await host.ReadyAsync("sheet/proposals: needs a hand since");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await host.VerdictAsync());
            district.Emulator.Accounts.Restore(Account);
            host.Nudge();
            await host.ReadyAsync("Healthy");
            await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum and Technology");
        }

        Assert.Single(district.Mails, mail => mail.Subject == Subject);
    }

    [Fact]
    public async Task A_sheet_that_is_taken_away_and_given_back_again_and_again_is_one_mail_a_day()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using var host = await HostedDistrict.StartAsync(district);
        for (var i = 0; i < 3; i++)
        {
            district.Emulator.Store.Share(district.Form.Spreadsheet, []);
            host.Nudge();
            await host.ReadyAsync("sheet/proposals: needs a hand since");
            await district.MailAsync(Administrator, Subject);
            district.Emulator.Store.Share(district.Form.Spreadsheet, null);
            host.Nudge();
            await host.ReadyAsync("Healthy");
        }

        Assert.Single(district.Mails, mail => mail.Subject == Subject);
        host.Pass(TimeSpan.FromHours(25));
        district.Emulator.Store.Share(district.Form.Spreadsheet, []);
        host.Nudge();
        await Eventually.IsTrueAsync("the next day it is told again", () => district.Mails.Count(mail => mail.Subject == Subject) == 2);
    }

    [Fact]
    public async Task Google_being_away_is_nobody_s_to_mend_and_not_mailed()
    {
        await using var district = await ServedDistrict.CreateAsync("proposals", "trips");
        district.Settings["Google:RetryFor"] = "00:00:00";
        await using var host = await HostedDistrict.StartAsync(district);
        await host.ReadyAsync("Healthy");
        district.Emulator.Faults.Add(new Fault(FaultKind.Status, 503, SpreadsheetId: district.Form.Spreadsheet, Times: 1_000_000));
        host.Nudge();
        await host.ReadyAsync("sheet/proposals: away for now since");
        Assert.Equal((HttpStatusCode.OK, "Degraded"), await host.VerdictAsync());

        // The other form does not notice.
        district.Forms[1].Propose("Space Center");
        host.Nudge();
        await district.Forms[1].StatusAsync("Space Center", "In review: waiting for Business, Curriculum and Technology");
        district.Form.Propose("Desmos");
        district.Emulator.Faults.Clear();
        host.Nudge();
        await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
        await host.ReadyAsync("Healthy");
        Assert.DoesNotContain(district.Mails, mail => mail.Subject == Subject);
    }
}
