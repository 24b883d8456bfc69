using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Server.Engine;

namespace FormsFlow.Tests.Simulation;

public class EmbeddedEngineScenarios : EngineScenarios
{
    internal override async Task<IRunningEngine> StartAsync(World world)
    {
        var engine = new EmbeddedEngine(
            new CrashingStore(world.Store, world.Fuse), world.Runner, world.Performer, new SheetSignal(), new Courtesy(), world.Troubles, new StoreWatch(world.Troubles, world.Logs.For<StoreWatch>()), world.Clock, new EngineOptions(Parallelism: 4),
            world.Logs.For<EmbeddedEngine>());
        await engine.StartAsync(Token);
        return new Running(engine);
    }

    sealed class Running(EmbeddedEngine engine) : IRunningEngine
    {
        public IProcessEngine Engine => engine;

        public Task ClockMovedAsync()
        {
            engine.SweepNow();
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await engine.StopAsync(CancellationToken.None);
            engine.Dispose();
        }
    }
}
