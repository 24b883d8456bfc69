using System.Collections.Concurrent;
using System.Threading.Channels;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Server.Engine;

/// <summary>
/// Which proposals are being moved on. Each is in one hand at a time; whoever asks for one that is in hand has it taken in hand once more
/// afterwards, because what is news to the asker may have come after the hand had looked.
/// </summary>
public sealed class Hands
{
    readonly Channel<ProposalId> _ready = Channel.CreateUnbounded<ProposalId>();

    /// <summary>Proposals in hand, and whether they were asked for again meanwhile.</summary>
    readonly ConcurrentDictionary<ProposalId, bool> _inHand = new();

    public int Count => _inHand.Count;

    /// <returns>Whether it was not in hand before.</returns>
    public bool Ask(ProposalId id)
    {
        while (true)
        {
            if (_inHand.TryAdd(id, false)) return _ready.Writer.TryWrite(id);
            // Between two of these lines it may be released: then it is asked for anew, or nobody would look at the news.
            if (_inHand.TryUpdate(id, true, false)) return false;
            if (_inHand.TryGetValue(id, out var again) && again) return false;
        }
    }

    /// <summary>The next one, now in the caller's hand.</summary>
    public ValueTask<ProposalId> NextAsync(CancellationToken cancellationToken) => _ready.Reader.ReadAsync(cancellationToken);

    /// <summary>Out of hand, unless it was asked for again meanwhile.</summary>
    public void Release(ProposalId id)
    {
        while (_inHand.TryGetValue(id, out var again))
        {
            if (again && _inHand.TryUpdate(id, false, true))
            {
                _ready.Writer.TryWrite(id);
                return;
            }

            if (!again && _inHand.TryRemove(new KeyValuePair<ProposalId, bool>(id, false))) return;
        }
    }

    /// <summary>Out of hand, whoever asked.</summary>
    public void Drop(ProposalId id) => _inHand.TryRemove(id, out _);
}
