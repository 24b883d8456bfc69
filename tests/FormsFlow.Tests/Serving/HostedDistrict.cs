using System.Net;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Server.Engine;
using FormsFlow.Server.Serve;
using FormsFlow.Tests.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>What <c>serve</c> runs, in the test's own process: with a clock that the test sets, and a log that it reads.</summary>
sealed class HostedDistrict : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly HttpClient _http = new();

    HostedDistrict(ServedDistrict district, WebApplication app, TestClock clock, LogRecorder logs) => (District, _app, Clock, Logs) = (district, app, clock, logs);

    public ServedDistrict District { get; }

    public TestClock Clock { get; }

    public LogRecorder Logs { get; }

    public Troubles Troubles => _app.Services.GetRequiredService<Troubles>();

    public IProposalStore Store => _app.Services.GetRequiredService<IProposalStore>();

    public static async Task<HostedDistrict> StartAsync(ServedDistrict district, TestClock? clock = null)
    {
        district.WriteSettings();
        var (time, logs) = (clock ?? new TestClock(), new LogRecorder());
        var app = ServeHost.Build(district.SettingsPath, services =>
        {
            // The clock stands still between two nudges here.
            var loop = (SheetLoopOptions)services.Single(service => service.ServiceType == typeof(SheetLoopOptions)).ImplementationInstance!;
            services
                .Replace(ServiceDescriptor.Singleton<TimeProvider>(time))
                .Replace(ServiceDescriptor.Singleton<ILoggerFactory>(logs))
                .Replace(ServiceDescriptor.Singleton(loop with { NudgeDistance = TimeSpan.Zero, LongestRest = TimeSpan.Zero }));
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HostedDistrict(district, app, time, logs);
    }

    /// <summary>Time passes, and whatever fell due in it is looked for at once.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Pass(time);
        _app.Services.GetRequiredService<EmbeddedEngine>().SweepNow();
        _app.Services.GetRequiredService<SheetLoop>().Nudge();
    }

    public void Nudge() => _app.Services.GetRequiredService<SheetLoop>().Nudge();

    public async Task<string> ReadyAsync() => await (await _http.GetAsync(new Uri(District.Address, "readyz"))).Content.ReadAsStringAsync();

    /// <summary>What a monitor sees that looks at the status alone, and the first word of the answer.</summary>
    public async Task<(HttpStatusCode Status, string Verdict)> VerdictAsync()
    {
        using var answer = await _http.GetAsync(new Uri(District.Address, "readyz"));
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Split('\n')[0]);
    }

    /// <summary>Waits until health says so, letting time pass meanwhile.</summary>
    public Task ReadyAsync(string what, TimeSpan step = default) => Eventually.Async($"health says '{what}'", async () =>
    {
        if (step > TimeSpan.Zero) Pass(step);
        return (await ReadyAsync()).Contains(what, StringComparison.Ordinal) ? what : null;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }
}
