using FormsFlow.Domain.Process;
using FormsFlow.Server.Demo;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Browser;

/// <summary>Somebody plays with the sheet while proposals are in review.</summary>
public sealed class TamperingTests(BrowserFixture browser, DemoFixture fixture) : IClassFixture<DemoFixture>
{
    RunningDemo Demo => fixture.Demo;

    [Fact]
    public async Task Rows_are_sorted_inserted_and_deleted_between_decisions_and_every_status_stays_with_its_response()
    {
        string[] products = ["Mango Math", "Apple Atlas", "Zebra Zoo", "Kiwi Keys"];
        foreach (var product in products) await Demo.ProposeAsync(product);
        foreach (var product in products) await Demo.StatusAsync(product, "In review: waiting for Business, Curriculum and Technology");
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        await using var context = newcomer.Page.Context;
        await newcomer.OpenSheetAsync();

        await newcomer.UseToolAsync("C1", "sort-az");
        await DecideAsync("Apple Atlas", DemoDistrict.Technology, "deny", "Denied by Technology");
        await newcomer.UseToolAsync("A2", "row-above");
        await DecideAsync("Zebra Zoo", DemoDistrict.Business, "approve", "In review: waiting for Curriculum and Technology");
        await newcomer.UseToolAsync("C1", "sort-za");
        await newcomer.UseToolAsync("B1", "column-left");
        await DecideAsync("Mango Math", DemoDistrict.Curriculum, "approve", "In review: waiting for Business and Technology");

        // The row of one is deleted: it goes on by mail, and no other row gets its status.
        var gone = Demo.ResponseRows.Index().Single(row => row.Item["Product title"] == "Kiwi Keys").Index;
        await newcomer.UseToolAsync($"A{gone + 2}", "row-delete");
        await Demo.ApproveAsync("Kiwi Keys");
        await Demo.MailAsync(RunningDemo.SponsorAddress, "Approved: Kiwi Keys");
        await Demo.ApproveAsync("Zebra Zoo");
        await Demo.StatusAsync("Zebra Zoo", "Approved");

        var rows = Demo.ResponseRows;
        Assert.Equal(3, rows.Count);
        Assert.Equal("Denied by Technology", Demo.StatusOf("Apple Atlas"));
        Assert.Equal("In review: waiting for Business and Technology", Demo.StatusOf("Mango Math"));
        Assert.Equal(3, rows.Select(row => row["FormsFlow ID"]).Distinct().Count());
        await newcomer.SheetRowAsync("Zebra Zoo", "Approved");
        await newcomer.OpenSheetAsync("FormsFlow");
        await newcomer.SheetRowAsync("Kiwi Keys", "Approved");

        async Task DecideAsync(string product, Person reviewer, string choice, string status)
        {
            await Demo.DecideAsync(await Demo.ReviewLinkAsync(reviewer, product), choice, "As discussed.");
            await Demo.StatusAsync(product, status);
        }
    }
}
