using FormsFlow.Application.Mailing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Functions.Orchestration;
using FormsFlow.Tests;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Functions.Tests;

/// <summary>What the host keeps of an orchestration beside the store, and shows to whoever may look at it: references, and nothing about anybody.</summary>
public sealed class DurableHistoryTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly Person Sponsor = new("Sam Okafor", TestResponse.Number(1).Contact);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_history_of_an_orchestration_holds_nobodys_name_or_address()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await home.Engine.WakeAsync(id, Token);
        var asked = await Eventually.Async("the parties have been asked, and it waits", () =>
            Task.FromResult(home.HistoryOf(id) is var history && history.Contains("FireAt", StringComparison.Ordinal) ? history : null));
        AssertTellsNothing(asked, "/request-review/business/", "/request-review/technology/", "/acknowledge-response/");

        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny, $"{TestDistrict.Marker}: {TestDistrict.Carl.Name} has one");
        await home.Engine.WakeAsync(id, Token);
        await home.Client.WaitForInstanceCompletionAsync(id.Value, Token).WaitAsync(Patience, Token);
        AssertTellsNothing(home.HistoryOf(id), "/tell-sponsor-outcome/", "/tell-reviewer-outcome/technology/");

        var instance = await home.Client.GetInstanceAsync(id.Value, getInputsAndOutputs: true, Token);
        AssertTellsNothing($"{instance!.SerializedCustomStatus} {instance.SerializedInput} {instance.SerializedOutput}", "Denied");
        Assert.Equal(8, world.Mailer.Mails.Count);
    }

    /// <summary>Work that an earlier release handed to an activity, and that comes to its turn under this one, goes on.</summary>
    [Fact]
    public async Task An_activity_that_was_given_a_whole_effect_performs_it()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var activities = new ProposalActivities(world.Runner, world.Performer, world.Troubles, world.Clock, world.Logs.For<ProposalActivities>());
        var pending = (await world.LoadAsync(id)).Outbox.Single(effect => effect.Effect is Effect.RequestReview { Role: DistrictProcedure.Business });

        Assert.False(await activities.Perform(new Work(id.Value, ProposalCodec.WriteEffect(pending.Effect), 0), Token));
        Assert.Equal(TestDistrict.Bea, Assert.IsType<MailMessage.ReviewRequest>(Assert.Single(world.Mailer.Mails)).To);
        Assert.DoesNotContain((await world.LoadAsync(id)).Outbox, effect => effect.Effect.Id == pending.Effect.Id);
    }

    /// <param name="references">What proves that there is anything to look at.</param>
    static void AssertTellsNothing(string kept, params string[] references)
    {
        foreach (var reference in references) Assert.Contains(reference, kept, StringComparison.Ordinal);
        foreach (var person in new[] { TestDistrict.Bea, TestDistrict.Carl, TestDistrict.Tess, TestDistrict.Eve, TestDistrict.Ada, Sponsor })
        {
            Assert.DoesNotContain(person.Address, kept, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(person.Name, kept, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(person.Name.Split(' ')[1], kept, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("@", kept, StringComparison.Ordinal);
        // Stands in every answer and comment.
        Assert.DoesNotContain(TestDistrict.Marker, kept, StringComparison.Ordinal);
    }
}
