using FormsFlow.Functions.Orchestration;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Functions.Tests;

/// <summary>
/// Of the event and the timer that an orchestration waits for, the one that loses is called off: a timer would keep the instance from
/// ending, an event that nobody waits for any more would swallow the next one. The host shows neither; the orchestrator's own calls do.
/// </summary>
public sealed class LosingWaitTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_of_event_and_timer_loses_is_called_off_before_the_orchestration_begins_anew(bool eventWins)
    {
        var context = new Waiting(TimeSpan.FromDays(1));
        var running = ProposalOrchestrator.RunAsync(context);
        Assert.False(running.IsCompleted);
        Assert.Equal(context.CurrentUtcDateTime + TimeSpan.FromDays(1), context.FiresAt);
        if (eventWins) context.Event.SetResult("");
        else context.Timer.SetResult();
        await running;

        Assert.True(context.EventToken.IsCancellationRequested);
        Assert.True(context.TimerToken.IsCancellationRequested);
        Assert.True(context.BeganAnew);
        Assert.True(context.CalledOffBefore);
    }

    /// <summary>An orchestration's context that has nothing to do but wait, and leaves it to the test what comes first.</summary>
    sealed class Waiting(TimeSpan rest) : TaskOrchestrationContext
    {
        public TaskCompletionSource<string?> Event { get; } = new();

        public TaskCompletionSource Timer { get; } = new();

        public CancellationToken EventToken { get; private set; }

        public CancellationToken TimerToken { get; private set; }

        public DateTime FiresAt { get; private set; }

        public bool BeganAnew { get; private set; }

        public bool CalledOffBefore { get; private set; }

        public override TaskName Name => nameof(ProposalOrchestrator);

        public override string InstanceId => "FF-6WEB-3W7Q-T6";

        public override ParentOrchestrationInstance? Parent => null;

        public override DateTime CurrentUtcDateTime { get; } = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

        public override bool IsReplaying => false;

        protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public override T? GetInput<T>() where T : default => default;

        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
            Task.FromResult((TResult)(object)new Round([], rest, Finished: false, new Standing("InReview", [], [])));

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
        {
            (FiresAt, TimerToken) = (fireAt, cancellationToken);
            return Timer.Task;
        }

        public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            EventToken = cancellationToken;
            return (T)(object)(await Event.Task)!;
        }

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
            (BeganAnew, CalledOffBefore) = (true, EventToken.IsCancellationRequested && TimerToken.IsCancellationRequested && preserveUnprocessedEvents);

        public override void SetCustomStatus(object? customStatus)
        {
        }

        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
            throw new NotSupportedException();

        public override Guid NewGuid() => throw new NotSupportedException();
    }
}
