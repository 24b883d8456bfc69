using FormsFlow.SheetsEmulator.Api;

namespace FormsFlow.Tests.Serving;

/// <summary>
/// Every way in which one form's sheet can become unusable, met by the whole of FormsFlow through Google's own client: it is said once,
/// to those who can mend it if somebody must; decisions, mails and the other form go on; and it recovers without a restart.
/// </summary>
public sealed class SheetTroubleTests
{
    const string Administrator = "sam.lindqvist@pinecreek.example";
    const string Subject = "FormsFlow needs your attention";
    const string InReview = "In review: waiting for Business, Curriculum and Technology";

    [Theory]
    [InlineData("not shared any more", "add formsflow@formsflow-emulator.iam.gserviceaccount.com as Editor")]
    [InlineData("made read-only", "the role Editor")]
    [InlineData("deleted", "It may have been deleted")]
    [InlineData("its tab renamed", "name the one with the responses in the settings")]
    public async Task What_somebody_must_mend_is_told_once_and_is_over_when_it_is_mended(string trouble, string remedy)
    {
        await using var district = await ServedDistrict.CreateAsync("proposals", "trips");
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        var links = await LinksAsync(district, "Desmos");
        await district.Form.StatusAsync("Desmos", InReview);

        Break(district, trouble);
        foreach (var link in links) await Reviewers.ApproveAsync(link);
        host.Nudge();
        await host.ReadyAsync("sheet/proposals: needs a hand since");
        var told = await district.MailAsync(Administrator, Subject);
        Assert.Contains(remedy, Unwrapped(told.TextBody!), StringComparison.Ordinal);

        // What does not need this sheet goes on.
        await district.MailAsync(ServedDistrict.Sponsor, "Approved: Desmos");
        await GoesOnAsync(host, "Space Center");
        for (var poll = 0; poll < 3; poll++) await NextTurnAsync(host);

        Mend(district, trouble);
        host.Nudge();
        await district.Form.StatusAsync("Desmos", "Approved");
        await host.ReadyAsync("Healthy");
        Assert.Single(district.Mails, mail => mail.Subject == Subject);
        Assert.Single(host.Logs.Lines, line => line.Event == 1401);
        Assert.Single(host.Logs.Lines, line => line.Event == 1402);
    }

    [Theory]
    [InlineData(FaultKind.Status, 429, null)]
    [InlineData(FaultKind.Status, 429, 3_600)]
    [InlineData(FaultKind.Status, 500, null)]
    [InlineData(FaultKind.Status, 503, 1)]
    [InlineData(FaultKind.Hang, 0, null)]
    [InlineData(FaultKind.Close, 0, null)]
    [InlineData(FaultKind.CloseHalfway, 0, null)]
    public async Task What_passes_by_itself_is_told_nobody_and_costs_nobody_else_anything(FaultKind kind, int status, int? retryAfter)
    {
        await using var district = await ServedDistrict.CreateAsync("proposals", "trips");
        district.Settings["Google:AttemptTimeout"] = "00:00:01";
        district.Settings["Google:RetryFor"] = "00:00:02";
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        var links = await LinksAsync(district, "Desmos");
        await district.Form.StatusAsync("Desmos", InReview);

        district.Emulator.Faults.Add(new Fault(kind, status, retryAfter, SpreadsheetId: district.Form.Spreadsheet, Times: 1_000_000));
        foreach (var link in links) await Reviewers.ApproveAsync(link);
        host.Nudge();
        await host.ReadyAsync("sheet/proposals: away for now since");
        await district.MailAsync(ServedDistrict.Sponsor, "Approved: Desmos");
        await GoesOnAsync(host, "Space Center");
        district.Form.Propose("Quizlet");

        district.Emulator.Faults.Clear();
        host.Pass(TimeSpan.FromHours(1.1));
        await district.Form.StatusAsync("Desmos", "Approved");
        await district.Form.StatusAsync("Quizlet", InReview);
        await host.ReadyAsync("Healthy");
        Assert.DoesNotContain(district.Mails, mail => mail.Subject == Subject);
    }

    /// <summary>As it reads when the lines of a quotation are put together again.</summary>
    static string Unwrapped(string text) => string.Join(' ', text.Split([' ', '>', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    static void Break(ServedDistrict district, string trouble)
    {
        var id = district.Form.Spreadsheet;
        switch (trouble)
        {
            case "not shared any more":
                district.Emulator.Store.Share(id, ["ann@district.example"]);
                break;
            case "made read-only":
                district.Emulator.Store.Share(id, null, readOnly: true);
                break;
            case "deleted":
                district.Emulator.Store.Discard(id);
                break;
            default:
                Rename(district, "Answers");
                break;
        }
    }

    static void Mend(ServedDistrict district, string trouble)
    {
        if (trouble == "deleted") district.Emulator.Store.Restore(district.Form.Spreadsheet);
        if (trouble is "not shared any more" or "made read-only") district.Emulator.Store.Share(district.Form.Spreadsheet, null);
        if (trouble == "its tab renamed") Rename(district, "Form Responses 1");
    }

    /// <summary>What follows a decision only writes; the look that gives a column its name back would come with the next poll.</summary>
    [Fact]
    public async Task A_column_that_was_renamed_a_moment_before_a_decision_gets_its_name_back_and_troubles_nobody()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        var links = await LinksAsync(district, "Desmos");
        await district.Form.StatusAsync("Desmos", InReview);
        var tab = district.Emulator.Views.Window(district.Form.Spreadsheet, rows: 0).Tabs.Single(tab => tab.IsFormTab);
        var headers = district.Emulator.Views.Window(district.Form.Spreadsheet, tab.SheetId, rows: 1).Rows[0].Cells.Select(cell => cell?.Text).ToList();
        district.Emulator.Editing.EditCell(district.Form.Spreadsheet, tab.SheetId, 0, headers.IndexOf("Business decision"), "What business thinks");

        await Reviewers.ApproveAsync(links[0]);
        await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum and Technology");

        Assert.StartsWith("Approved", district.Form.Rows[0]["Business decision"], StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Event == 1401);
        Assert.Equal("Healthy", await host.ReadyAsync());
    }

    static void Rename(ServedDistrict district, string title)
    {
        var id = district.Form.Spreadsheet;
        district.Emulator.Editing.RenameTab(id, district.Emulator.Store.Read(id, spreadsheet => spreadsheet.Sheets[0].Id), title);
    }

    static async Task GoesOnAsync(HostedDistrict host, string product)
    {
        host.District.Forms[1].Propose(product);
        host.Nudge();
        await host.District.Forms[1].StatusAsync(product, InReview);
    }

    /// <summary>Waits until the form's sheet was asked for once more.</summary>
    static async Task NextTurnAsync(HostedDistrict host)
    {
        var sheet = host.District.Form.Spreadsheet;
        int Asked() => host.District.Emulator.Log.Requests.Count(request => request.SpreadsheetId == sheet);
        var before = Asked();
        host.Nudge();
        await Eventually.IsTrueAsync("the sheet was looked at again", () => Asked() > before);
    }

    static async Task<Uri[]> LinksAsync(ServedDistrict district, string product)
    {
        var links = new List<Uri>();
        foreach (var role in (string[])["business", "curriculum", "technology"])
            links.Add(ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor(role), $"Please review: {product}")));
        return [.. links];
    }
}
