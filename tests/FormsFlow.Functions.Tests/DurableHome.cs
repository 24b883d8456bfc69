using System.Collections;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DurableTask.Core;
using DurableTask.Core.History;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using FormsFlow.Functions.Orchestration;
using FormsFlow.Tests.Simulation;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Functions.Tests;

/// <summary>The orchestrator and its activities on the in-process Durable host, over a world's store. Disposed, it has forgotten everything.</summary>
sealed class DurableHome : IRunningEngine
{
    readonly IProposalStore _store;
    readonly World _world;
    readonly PowerSwitch _power;
    readonly DurableTaskTestHost _host;

    DurableHome(World world, IProposalStore store, PowerSwitch power, DurableTaskTestHost host)
    {
        (_world, _store, _power, _host) = (world, store, power, host);
        Durable.Use(host.Client);
    }

    public DurableProcessEngine Durable { get; } = new();

    public IProcessEngine Engine => Durable;

    public DurableTaskClient Client => _host.Client;

    /// <param name="clock">The domain's clock; the world's if null. The durable timers keep the machine's own time.</param>
    /// <param name="tickNow">What a nudge has done; nothing if null.</param>
    public static async Task<DurableHome> StartAsync(World world, TimeProvider? clock = null, Func<Task<bool>>? tickNow = null)
    {
        clock ??= world.Clock;
        var (store, power) = (new CrashingStore(world.Store, world.Fuse), new PowerSwitch());
        var activities = new ProposalActivities(
            new ProposalRunner(store, world.Installation, clock, world.Logs.For<ProposalRunner>()),
            new EffectPerformer(store, world.Mailer, new MailComposer(world.Installation, world.Links, clock), clock, world.Logs.For<EffectPerformer>()),
            world.Troubles, clock, world.Logs.For<ProposalActivities>());
        var host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestrator(nameof(ProposalOrchestrator), () => new Orchestrator(ProposalOrchestrator.RunAsync));
                tasks.AddOrchestrator(nameof(NudgeOrchestrator), () => new Orchestrator(NudgeOrchestrator.RunAsync));
                tasks.AddActivityFunc<string?, bool>(nameof(NudgeActivities.TickNow), (_, _) => power.DoAsync(tickNow ?? (() => Task.FromResult(true))));
                tasks.AddActivityFunc<string, Round>(nameof(ProposalActivities.Advance), (_, proposal) => power.DoAsync(() => activities.Advance(proposal, CancellationToken.None)));
                tasks.AddActivityFunc<Work, bool>(nameof(ProposalActivities.Perform), (_, work) => power.DoAsync(() => activities.Perform(work, CancellationToken.None)));
            },
            new DurableTaskTestHostOptions { Port = FreePort(), LoggerFactory = NullLoggerFactory.Instance });
        return new DurableHome(world, store, power, host);
    }

    /// <summary>
    /// Everything that the host keeps of an instance since it last began anew, as text. The in-process host answers nobody who asks for it,
    /// so that it is taken from where it lies.
    /// </summary>
    public string HistoryOf(ProposalId id)
    {
        var sidecar = (IHost)Field(_host, "sidecarHost");
        var store = Field(Field(sidecar.Services.GetRequiredService<IOrchestrationService>(), "instanceStore"), "store");
        if (((IDictionary)store)[id.Value] is not { } instance) return "";
        // The host's own lock.
        lock (instance)
        {
            var events = (JsonArray)instance.GetType().GetProperty("HistoryEventsJson")!.GetValue(instance)!;
            return string.Join('\n', events.Select(entry => JsonSerializer.Serialize<object>(entry!.GetValue<HistoryEvent>())));
        }

        static object Field(object of, string name) => of.GetType().GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(of)!;
    }

    /// <summary>As the timer function does at the next tick.</summary>
    public Task SweepAsync() =>
        new Sweep(
            _store, Durable, _world.Installation, _world.Troubles, _world.Clock, new SweepOptions(TimeSpan.Zero, 1000), _world.Logs.For<Sweep>())
        .RunAsync(CancellationToken.None);

    public Task ClockMovedAsync() => SweepAsync();

    /// <summary>The host takes seconds to wind itself up; without power it does nothing any more, and nobody waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _power.CutAsync();
        _ = Task.Run(async () => await _host.DisposeAsync());
    }

    [ModuleInitializer]
    internal static void KeepTheHostQuiet() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The very function, as the in-process host wants it.</summary>
sealed class Orchestrator(Func<TaskOrchestrationContext, Task> function) : TaskOrchestrator<object?, object?>
{
    public override async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        await function(context);
        return null;
    }
}

/// <summary>Lets activities run until it is cut: what is in hand comes to its end, and nothing begins any more.</summary>
sealed class PowerSwitch
{
    readonly Lock _lock = new();
    readonly TaskCompletionSource _still = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _inHand;
    bool _cut;

    public async Task<T> DoAsync<T>(Func<Task<T>> act)
    {
        lock (_lock)
        {
            if (_cut) throw new InvalidOperationException("This host is dead.");
            _inHand++;
        }

        try
        {
            return await act();
        }
        finally
        {
            lock (_lock)
                if (--_inHand == 0 && _cut)
                    _still.TrySetResult();
        }
    }

    public Task CutAsync()
    {
        lock (_lock)
        {
            _cut = true;
            if (_inHand == 0) _still.TrySetResult();
        }

        return _still.Task;
    }
}
