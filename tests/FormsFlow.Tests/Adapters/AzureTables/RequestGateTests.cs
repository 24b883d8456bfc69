using FormsFlow.Application.Ports;
using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>Whose request to the account goes first.</summary>
public sealed class RequestGateTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly FakeTimeProvider clock = new();
    readonly RequestGate gate;

    public RequestGateTests() => gate = new RequestGate(clock);

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task What_nobody_waits_for_goes_many_at_once_while_nobody_is_there()
    {
        var passes = Enter(RequestGate.AtOnce + 1);

        Assert.Equal(RequestGate.AtOnce, passes.Count(pass => pass.IsCompleted));
        (await passes[0]).Dispose();
        await passes[^1].WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Beside_people_it_goes_two_at_a_time_and_people_wait_for_none_of_it()
    {
        var person = await EnterAsPersonAsync();
        var others = Enter(10);

        Assert.Equal(RequestGate.AtOnceBesidePeople, others.Count(pass => pass.IsCompleted));
        Assert.True(EnterAsPersonAsync().IsCompletedSuccessfully);
        (await others[0]).Dispose();
        await others[RequestGate.AtOnceBesidePeople].WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(RequestGate.AtOnceBesidePeople + 1, others.Count(pass => pass.IsCompleted));
        person.Dispose();
    }

    [Fact]
    public async Task People_are_there_for_a_moment_after_their_request()
    {
        (await EnterAsPersonAsync()).Dispose();

        Assert.Equal(RequestGate.AtOnceBesidePeople, Enter(10).Count(pass => pass.IsCompleted));
        clock.Advance(RequestGate.PeopleStay);
        Assert.Equal(10, Enter(10).Count(pass => pass.IsCompleted));
    }

    [Fact]
    public async Task That_somebody_waits_is_known_to_what_is_awaited_and_to_nothing_else()
    {
        Assert.True(await AskAsync());
        Assert.False(Urgency.SomebodyWaits);

        static async Task<bool> AskAsync()
        {
            Urgency.Begin();
            return await Task.Run(() => Urgency.SomebodyWaits);
        }
    }

    List<Task<RequestGate.Pass>> Enter(int count) => [.. Enumerable.Range(0, count).Select(_ => gate.EnterAsync().AsTask())];

    async Task<RequestGate.Pass> EnterAsPersonAsync()
    {
        Urgency.Begin();
        return await gate.EnterAsync();
    }
}
