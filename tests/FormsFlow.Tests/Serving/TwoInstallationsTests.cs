using FormsFlow.Application.Intake;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.Storage.Sqlite;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Serving;

/// <summary>Two stores and one sheet, met by the whole of FormsFlow through Google's own client.</summary>
public sealed class TwoInstallationsTests
{
    const string Administrator = "sam.lindqvist@pinecreek.example";
    const string Subject = "FormsFlow needs your attention";
    const string InReview = "In review: waiting for Business, Curriculum and Technology";

    [Fact]
    public async Task A_second_installation_leaves_the_sheet_alone_says_so_and_goes_on_when_the_column_of_ids_was_deleted()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using (await HostedDistrict.StartAsync(district))
        {
            district.Form.Propose("Desmos");
            await district.Form.StatusAsync("Desmos", InReview);
        }

        // A copy on a laptop, say, with a database of its own.
        var first = SqliteProposalStore.PeekNote(district.Store, SheetOwnership.Note)!;
        district.Settings["Storage:Path"] = Path.Combine(district.Folder, "second.db");
        district.Form.Propose("Quizlet");
        var (before, mailed) = (Changes(district), district.Mails.Count);
        await using var host = await HostedDistrict.StartAsync(district);
        await host.ReadyAsync("sheet/proposals: needs a hand since");
        var told = await district.MailAsync(Administrator, Subject);
        Assert.Contains(first, told.TextBody, StringComparison.Ordinal);
        Assert.Contains("FormsFlow ID", told.TextBody, StringComparison.Ordinal);
        for (var poll = 0; poll < 3; poll++)
        {
            var asked = district.Emulator.Log.Requests.Count;
            await Eventually.Async("another look at the sheet", () =>
            {
                host.Nudge();
                return district.Emulator.Log.Requests.Count > asked ? "yes" : null;
            });
        }

        Assert.Equal(before, Changes(district));
        Assert.Equal(mailed + 1, district.Mails.Count);
        var logged = Assert.Single(host.Logs.Lines, line => line.Event == 1406);
        Assert.StartsWith("Form proposals: the sheet is left alone. Another installation of FormsFlow (", logged.Text, StringComparison.Ordinal);
        Assert.Equal(logged.Text.IndexOf("nother installation", StringComparison.Ordinal), logged.Text.LastIndexOf("nother installation", StringComparison.Ordinal));

        var tab = district.Emulator.Views.Window(district.Form.Spreadsheet, rows: 0).Tabs.Single(tab => tab.IsFormTab);
        var headers = district.Emulator.Views.Window(district.Form.Spreadsheet, tab.SheetId, rows: 1).Rows[0].Cells.Select(cell => cell?.Text).ToList();
        district.Emulator.Editing.DeleteColumns(district.Form.Spreadsheet, tab.SheetId, headers.IndexOf("FormsFlow ID"), 1);
        host.Nudge();
        await district.Form.StatusAsync("Quizlet", InReview);
        await host.ReadyAsync("Healthy");
    }

    [Fact]
    public async Task An_installation_that_loses_its_sheet_while_it_runs_takes_in_nothing_more_and_records_decisions_all_the_same()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        await district.Form.StatusAsync("Desmos", InReview);
        var link = ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor("business"), "Please review: Desmos"));
        var first = SqliteProposalStore.PeekNote(district.Store, SheetOwnership.Note)!;
        district.Emulator.Store.Write(district.Form.Spreadsheet, t =>
        {
            var layout = t.Spreadsheet.Sheets[0].Layout;
            foreach (var (place, column) in layout.Columns)
                layout = layout.WithColumn(place, column with { Tags = [.. (column.Tags ?? []).Select(tag => tag with { Value = tag.Value?.Replace(first, $"{Guid.NewGuid()}", StringComparison.Ordinal) })] });
            t.Apply(new SetLayout(layout));
        });
        var before = Changes(district);

        await Reviewers.ApproveAsync(link);
        district.Form.Propose("Quizlet");
        host.Nudge();
        await host.ReadyAsync("sheet/proposals: needs a hand since");
        await district.MailAsync(Administrator, Subject);

        Assert.Equal(before, Changes(district));
        Assert.Equal(1, (await host.Store.CountAsync("proposals", TestContext.Current.CancellationToken)).Values.Sum());
        Assert.DoesNotContain(district.Mails, mail => mail.Subject?.Contains("Quizlet", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Check_says_of_a_sheet_that_it_is_another_installations_and_what_to_do()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using (await HostedDistrict.StartAsync(district))
        {
            district.Form.Propose("Desmos");
            await district.Form.StatusAsync("Desmos", InReview);
        }

        Assert.DoesNotContain("proposals: installation", await CheckAsync(district), StringComparison.Ordinal);

        district.Settings["Storage:Path"] = Path.Combine(district.Folder, "second.db");
        Assert.Contains("PROBLEM  proposals: installation: the installation ", await CheckAsync(district), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(district.Folder, "second.db")));

        await using (var host = await HostedDistrict.StartAsync(district)) await host.ReadyAsync("sheet/proposals: needs a hand since");
        var output = await CheckAsync(district);
        Assert.Matches(@"PROBLEM  proposals: installation: another installation .*\n +-> Stop one of the two", output.ReplaceLineEndings("\n"));
    }

    static async Task<string> CheckAsync(ServedDistrict district)
    {
        district.WriteSettings();
        return (await ServerProcess.RunAsync("check", "--settings", district.SettingsPath)).Output;
    }

    /// <summary>What changed the spreadsheet, of all that was ever asked.</summary>
    static int Changes(ServedDistrict district) =>
        district.Emulator.Log.Requests.Count(request => request.Method.Contains("batchUpdate", StringComparison.OrdinalIgnoreCase));
}
