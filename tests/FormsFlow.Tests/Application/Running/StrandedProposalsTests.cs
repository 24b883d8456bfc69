using FormsFlow.Application.Mailing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>Somebody takes a role out of the settings while proposals wait for it.</summary>
public class StrandedProposalsTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proposals_that_wait_for_a_role_which_nobody_holds_any_more_are_told_once_with_the_remedy_and_are_over_when_somebody_does()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        await world.TakeInAsync(TestResponse.Number(2));
        await Stranded(world).LookAsync(Token);
        Assert.Empty(world.Troubles.Current);
        var whole = world.Installation;

        world.Restart(Without(whole, DistrictProcedure.Technology));
        var stranded = Stranded(world);
        await stranded.LookAsync(Token);
        await stranded.LookAsync(Token);

        var trouble = Assert.Single(world.Troubles.Current);
        Assert.False(trouble.Passes);
        Assert.Contains($"FormsFlow:Forms:0:FormerPeople:{DistrictProcedure.Technology}", trouble.Message, StringComparison.Ordinal);
        Assert.Single(world.Logs.Lines, line => line.Event == 1548);
        var notices = new TroubleNotices(world.Troubles, world.Store, world.Mailer, world.Installation, world.Clock, world.Logs.For<TroubleNotices>());
        await notices.TellAsync(Token);
        await notices.TellAsync(Token);
        var notice = Assert.Single(world.Mailer.Of<MailMessage.InstallationNotice>());
        Assert.Contains("FormerPeople", notice.What, StringComparison.Ordinal);
        Assert.Equal("The people of the form \u2018software\u2019", notice.Where);

        world.Restart(whole);
        await Stranded(world).LookAsync(Token);
        Assert.Empty(world.Troubles.Current);
    }

    /// <summary>The role is gone from the process of those that begin from now on, and so are its people.</summary>
    static Installation Without(Installation installation, string role)
    {
        var form = installation.Forms[0];
        return installation with
        {
            Forms =
            [
                form with
                {
                    Process = form.Process with { Stages = [.. form.Process.Stages.Select(stage => stage with { Roles = [.. stage.Roles.Where(each => each.Key != role)] }).Where(stage => !stage.Roles.IsEmpty)] },
                    Roster = form.Roster with { Assignments = [.. form.Roster.Assignments.Where(assignment => assignment.Role != role)] },
                },
            ],
        };
    }

    static StrandedProposals Stranded(World world) => new(world.Store, world.Installation, world.Troubles, world.Clock, world.Logs.For<StrandedProposals>());
}
