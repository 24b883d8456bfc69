using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Browser;

/// <summary>One demo for the tests of a class; each of them proposes products of its own.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    public RunningDemo Demo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Demo = await RunningDemo.StartAsync();

    public ValueTask DisposeAsync() => Demo?.DisposeAsync() ?? ValueTask.CompletedTask;
}
