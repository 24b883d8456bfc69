using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>Counts the requests of a process to its storage account, lets it die at one of them, or lets the answer to one get lost.</summary>
sealed class RequestWatch
{
    int _count;
    int _dieAt = int.MaxValue;
    int _loseAt = int.MaxValue;
    bool _after;

    public int Count => _count;

    public bool Died { get; private set; }

    /// <summary>What was asked for, in order, for a person who wants fewer.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public void Reset()
    {
        _count = 0;
        Requests.Clear();
    }

    /// <summary>From this request on nothing goes out any more, or, if <paramref name="after"/>, nothing comes back.</summary>
    public RequestWatch DieAt(int request, bool after)
    {
        (_dieAt, _after) = (request, after);
        return this;
    }

    /// <summary>This request is carried out, its answer gets lost, and the client asks again.</summary>
    public RequestWatch LoseAnswerTo(int request)
    {
        _loseAt = request;
        return this;
    }

    public void Configure(ClientOptions options)
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(new Calls(this), HttpPipelinePosition.PerCall);
        options.AddPolicy(new Losses(this), HttpPipelinePosition.PerRetry);
    }

    /// <summary>What the process asks for, however often the client repeats it.</summary>
    sealed class Calls(RequestWatch watch) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var number = Interlocked.Increment(ref watch._count);
            watch.Requests.Enqueue($"{message.Request.Method} {Uri.UnescapeDataString(message.Request.Uri.PathAndQuery)}");
            watch.Died |= number >= watch._dieAt;
            if (watch.Died && !(watch._after && number == watch._dieAt)) throw new IOException("The power went.");
            await ProcessNextAsync(message, pipeline);
            if (watch.Died) throw new IOException("The power went.");
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);
    }

    sealed class Losses(RequestWatch watch) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (watch._count != watch._loseAt) return;
            watch._loseAt = int.MaxValue;
            throw new IOException("The answer got lost.");
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);
    }
}
