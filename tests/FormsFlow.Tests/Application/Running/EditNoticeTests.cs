using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>What a sponsor is told who edits the response while it is reviewed.</summary>
public sealed class EditNoticeTests
{
    [Fact]
    public async Task The_sponsor_is_told_who_answers_again_who_has_not_answered_yet_and_whose_answers_still_count()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Approve);
        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
        await world.DrainAsync();
        Assert.Empty(world.Mailer.Of<MailMessage.EditAcknowledgement>());

        await EditAsync(world, 5_000, "another goal");
        await world.DrainAsync();

        var mail = Assert.Single(world.Mailer.Of<MailMessage.EditAcknowledgement>());
        Assert.Equal("sam.okafor@district.example", mail.To.Address);
        Assert.Equal(["Curriculum"], mail.AskedAgain);
        Assert.Equal(["Technology"], mail.Waiting);
        Assert.Equal(["Business"], mail.Kept);
        Assert.Equal($"{TestDistrict.Marker} another goal", Assert.Single(mail.Changes).After);
        Assert.Equal(world.Links.Sponsor((await world.LoadAsync(id)).State.Dossier, mail.To), mail.StatusPage);
    }

    [Theory]
    [InlineData(OutcomeKind.Denied)]
    [InlineData(OutcomeKind.Withdrawn)]
    public async Task Of_an_edit_that_is_followed_by_the_outcome_before_its_mail_could_go_the_sponsor_hears_the_outcome_only(OutcomeKind kind)
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await EditAsync(world, 5_000, "another goal");
        if (kind is OutcomeKind.Denied) await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny, revision: 2);
        else await world.Runner.ExecuteAsync(id, new Command.Withdraw("x", world.Clock.GetUtcNow()), null, TestContext.Current.CancellationToken);
        await world.DrainAsync();

        Assert.Empty(world.Mailer.Of<MailMessage.EditAcknowledgement>());
        Assert.Contains(world.Mailer.Of<MailMessage.OutcomeNotice>(), mail => mail.ToSponsor && mail.Outcome.Kind == kind);
    }

    [Fact]
    public async Task Two_edits_before_the_mails_could_go_make_one_mail()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        await EditAsync(world, 5_000, "another goal");
        await EditAsync(world, 6_000, "yet another goal");
        await world.DrainAsync();
        Assert.Equal($"{TestDistrict.Marker} yet another goal", Assert.Single(Assert.Single(world.Mailer.Of<MailMessage.EditAcknowledgement>()).Changes).After);
    }

    static async Task EditAsync(World world, int second, string goal)
    {
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = second, Alignment = $"{TestDistrict.Marker} {goal}" });
        await world.SettleAsync();
    }
}
