using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;

namespace FormsFlow.Tests.Simulation;

/// <summary>A process of a host that is called at intervals, over a world's store: its own memory, the shared sheet, mails and clock.</summary>
sealed class TickingProcess
{
    readonly World _world;

    public TickingProcess(World world, IProposalStore? store = null, FormCycle? cycle = null, Installation? installation = null, SweepOptions? sweep = null)
    {
        _world = world;
        store ??= world.Store;
        installation ??= world.Installation;
        Troubles = new Troubles(world.Clock);
        Cycle = cycle ?? CycleOver(world, store);
        Shared = new SharedTroubles(store, Troubles, world.Clock, world.Logs.For<SharedTroubles>());
        Notices = new TroubleNotices(Troubles, store, world.Mailer, installation, world.Clock, world.Logs.For<TroubleNotices>());
        Sweep = new Sweep(store, world.Engine, installation, Troubles, world.Clock, sweep ?? SweepOptions.Default, world.Logs.For<Sweep>());
        RollCall = new RollCall(store, world.Engine, installation, world.Clock, world.Logs.For<RollCall>());
        Tick = new Tick(store, Cycle, Sweep, RollCall, Troubles, Shared, Notices, installation, world.Clock, TickOptions.Default, world.Logs.For<Tick>());
    }

    public Troubles Troubles { get; }

    public FormCycle Cycle { get; }

    public SharedTroubles Shared { get; }

    public TroubleNotices Notices { get; }

    public Sweep Sweep { get; }

    public RollCall RollCall { get; }

    public Tick Tick { get; }

    /// <summary>What the last tick said of itself.</summary>
    public string LastWords => _world.Logs.Lines.Last(line => line.Event == 1534).Text;

    public static FormCycle CycleOver(World world, IProposalStore store, TurnOptions? turns = null, TimeProvider? time = null) =>
        new(store, world.NewIntake(), world.Inspector, world.Inspections, world.Publisher, time ?? world.Clock, world.Logs.For<FormCycle>(), turns ?? TurnOptions.Lapsing);
}
