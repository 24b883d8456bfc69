using System.Net.Http.Headers;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Web;

public sealed class NudgeTests
{
    const string Secret = "correct-horse-battery-staple";

    [Theory]
    [InlineData("Bearer " + Secret, 202)]
    [InlineData("bearer " + Secret, 202)]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer Correct-Horse-Battery-Staple", 401)]
    [InlineData("Bearer " + Secret + "x", 401)]
    [InlineData("Basic " + Secret, 401)]
    [InlineData(Secret, 401)]
    public async Task Only_who_knows_the_secret_nudges(string? authorization, int status)
    {
        var bell = new Bell();
        await using var site = await Site.StartAsync(builder => builder.Services.AddSingleton(new NudgeSecret(Secret)).AddSingleton<INudge>(bell));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/nudge");
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var seen = await Seen.OfAsync(await site.Client.SendAsync(request));
        Assert.Equal(status, seen.Status);
        Assert.Equal(status == 202 ? 1 : 0, bell.Rung);
        if (status == 401) Assert.Equal("Bearer", seen.Header("WWW-Authenticate"));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Debug", StringComparison.Ordinal) && !line.StartsWith("Trace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looking_nudges_nobody_and_without_a_secret_there_is_no_such_page()
    {
        await using var site = await Site.StartAsync(builder => builder.Services.AddSingleton<INudge>(new Bell()));
        Assert.Equal(405, (await site.GetAsync("/nudge")).Status);
        site.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "");
        Assert.Equal(404, (await site.PostAsync("/nudge")).Status);
    }

    [Fact]
    public void A_secret_shows_nothing_of_itself() => Assert.DoesNotContain(Secret, $"{new NudgeSecret(Secret)}", StringComparison.Ordinal);

    sealed class Bell : INudge
    {
        public int Rung { get; private set; }

        public Task NudgeAsync(CancellationToken cancellationToken)
        {
            Rung++;
            return Task.CompletedTask;
        }
    }
}
