using FormsFlow.Application.Mailing;
using FormsFlow.Application.Running;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>An outage that lasts is told once, and so is its end.</summary>
public class OutageNoticesTests
{
    const string Sheet = $"sheet/{TestDistrict.FormKey}";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outage_of_hours_is_told_once_after_an_hour_and_once_when_it_is_over()
    {
        await using var world = await World.CreateAsync();
        var notices = Notices(world);
        await MinutesAsync(world, notices, 60, away: true);
        Assert.Empty(world.Mailer.Mails);
        await MinutesAsync(world, notices, 300, away: true);
        var begun = Assert.Single(world.Mailer.Of<MailMessage.OutageNotice>());
        Assert.Equal((TestDistrict.Monday, null, TestDistrict.Ada), (begun.Since, begun.Over, begun.To));
        Assert.Contains("503", begun.What, StringComparison.Ordinal);

        await MinutesAsync(world, notices, 300, away: false);
        var over = Assert.Single(world.Mailer.Of<MailMessage.OutageNotice>(), mail => mail.Over is not null);
        Assert.Equal((begun.Since, TestDistrict.Monday.AddMinutes(360)), (over.Since, over.Over));
        Assert.Equal(2, world.Mailer.Mails.Count);

        await MinutesAsync(world, notices, 90, away: true);
        Assert.Equal(3, world.Mailer.Mails.Select(mail => mail.Id).Distinct().Count());
    }

    [Fact]
    public async Task Outages_that_end_within_the_hour_are_nobodys_business()
    {
        await using var world = await World.CreateAsync();
        var notices = Notices(world);
        for (var i = 0; i < 5; i++)
        {
            await MinutesAsync(world, notices, 59, away: true);
            await MinutesAsync(world, notices, 1, away: false);
        }

        Assert.Empty(world.Mailer.Mails);
    }

    [Fact]
    public async Task What_needs_a_hand_is_no_outage()
    {
        await using var world = await World.CreateAsync();
        var notices = Notices(world);
        world.Troubles.Report(Sheet, "The sheet is not shared.", passes: false);
        world.Clock.Advance(TimeSpan.FromHours(3));
        await notices.LookAsync(Token);
        Assert.Empty(world.Mailer.Mails);
    }

    [Fact]
    public async Task A_process_that_starts_during_an_outage_tells_nothing_again_and_tells_its_end()
    {
        await using var world = await World.CreateAsync();
        await MinutesAsync(world, Notices(world), 70, away: true);
        Assert.Single(world.Mailer.Mails);

        world.Restart();
        var next = Notices(world);
        // It has not looked yet: that it knows of no trouble does not mean that there is none.
        await next.LookAsync(Token);
        await MinutesAsync(world, next, 200, away: true);
        Assert.Single(world.Mailer.Mails);
        await MinutesAsync(world, next, 2, away: false);
        Assert.Equal(2, world.Mailer.Mails.Count);

        world.Restart();
        await MinutesAsync(world, Notices(world), 2, away: false);
        Assert.Equal(2, world.Mailer.Mails.Count);
    }

    [Fact]
    public async Task Two_processes_on_one_store_that_meet_the_same_outage_tell_its_beginning_and_its_end_once()
    {
        await using var world = await World.CreateAsync();
        OutageNotices[] both = [Notices(world), Notices(world)];
        // Both have looked before there was anything to tell.
        await MinutesAsync(world, both, 70, away: true);
        Assert.Single(world.Mailer.Mails);
        await MinutesAsync(world, both, 5, away: false);
        Assert.Equal(2, world.Mailer.Mails.Count);
        await MinutesAsync(world, both, 70, away: true);
        Assert.Equal(3, world.Mailer.Mails.Count);
    }

    [Fact]
    public async Task While_one_process_tells_another_does_not()
    {
        await using var world = await World.CreateAsync();
        var (one, other) = (Notices(world), Notices(world));
        await MinutesAsync(world, [one, other], 59, away: true);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        var amidst = false;
        world.Mailer.Before = _ =>
        {
            if (amidst) return;
            amidst = true;
            other.LookAsync(Token).GetAwaiter().GetResult();
        };

        await one.LookAsync(Token);

        Assert.True(amidst);
        Assert.Single(world.Mailer.Mails);
    }

    [Fact]
    public async Task What_cannot_be_mailed_is_mailed_when_mail_goes_out_again()
    {
        await using var world = await World.CreateAsync();
        var notices = Notices(world);
        var attempts = 0;
        world.Mailer.Before = _ =>
        {
            attempts++;
            throw new IOException("nobody answers");
        };
        await MinutesAsync(world, notices, 120, away: true);
        Assert.InRange(attempts, 5, 7); // every ten minutes
        world.Mailer.Before = null;
        await MinutesAsync(world, notices, 20, away: true);
        Assert.Single(world.Mailer.Mails);
    }

    /// <summary>Each minute a poll, and a look at what there is to tell.</summary>
    static Task MinutesAsync(World world, OutageNotices notices, int minutes, bool away) => MinutesAsync(world, [notices], minutes, away);

    static async Task MinutesAsync(World world, IReadOnlyList<OutageNotices> all, int minutes, bool away)
    {
        for (var i = 0; i < minutes; i++)
        {
            if (away) world.Troubles.Report(Sheet, i % 2 == 0 ? "Google answered 503." : "Google answered 500.", passes: true);
            else world.Troubles.Solve(Sheet);
            foreach (var notices in all) await notices.LookAsync(Token);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    static OutageNotices Notices(World world) =>
        new(world.Troubles, world.Store, world.Mailer, world.Installation, world.Clock, world.Logs.For<OutageNotices>());
}
