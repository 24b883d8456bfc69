namespace FormsFlow.Tests.Serving;

/// <summary>The machine's clock is set forward and back while proposals are on their way.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(26)]
    [InlineData(-26)]
    public async Task A_clock_that_is_set_wrong_and_right_again_loses_nothing_and_repeats_nothing(int hours)
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        await Reviewers.ApproveAsync(await LinkAsync(district, "business", "Desmos"));
        await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum and Technology");

        host.Clock.Jump(TimeSpan.FromHours(hours));
        host.Nudge();
        district.Form.Propose("Quizlet");
        await Reviewers.ApproveAsync(await LinkAsync(district, "curriculum", "Desmos"));
        await Reviewers.ApproveAsync(await LinkAsync(district, "business", "Quizlet"));
        await district.Form.StatusAsync("Desmos", "In review: waiting for Technology");

        host.Clock.Jump(TimeSpan.FromHours(-hours));
        host.Nudge();
        await Reviewers.ApproveAsync(await LinkAsync(district, "technology", "Desmos"));
        await district.Form.StatusAsync("Desmos", "Approved");
        foreach (var role in (string[])["curriculum", "technology"]) await Reviewers.ApproveAsync(await LinkAsync(district, role, "Quizlet"));
        await district.Form.StatusAsync("Quizlet", "Approved");
        await district.MailAsync(ServedDistrict.Sponsor, "Approved: Quizlet");

        Assert.Equal(district.Mails.Count, district.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal("Healthy", await host.ReadyAsync());
    }

    static async Task<Uri> LinkAsync(ServedDistrict district, string role, string product) =>
        ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor(role), $"Please review: {product}"));
}
