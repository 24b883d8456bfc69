using FormsFlow.Tests.Simulation;

namespace FormsFlow.Functions.Tests;

/// <summary>The durable engine brings about what every engine must.</summary>
public sealed class DurableEngineScenarios : EngineScenarios
{
    /// <summary>The in-process host has a fixed, small number of hands.</summary>
    protected override int Crowd => 10;

    /// <summary>It takes most of a second to start. Dying before a step and dying after the one before it are nearly the same.</summary>
    protected override int Stride => 2;

    internal override async Task<IRunningEngine> StartAsync(World world) => await DurableHome.StartAsync(world);
}
