using FormsFlow.Domain.Process;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// States that were read or written lately. A proposal is loaded some forty times between its response and its outcome, and understanding its
/// text costs ten times what finding it does. Whether a state is still the one that the file holds is asked of the file each time:
/// the hash of its last event says so. States never change, so that callers can share one.
/// </summary>
/// <param name="mostCharacters">Of the texts that the states were read from; a state takes about three times that many bytes.</param>
sealed class StateCache(long mostCharacters)
{
    readonly Lock gate = new();
    readonly Dictionary<long, LinkedListNode<Kept>> byKey = [];

    /// <summary>The one asked for latest comes first.</summary>
    readonly LinkedList<Kept> order = [];
    long characters;

    public ProposalState.Known? Find(long key, string lastHash)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(key, out var node) || node.Value.LastHash != lastHash) return null;
            order.Remove(node);
            order.AddFirst(node);
            return node.Value.State;
        }
    }

    public void Keep(long key, string lastHash, ProposalState.Known state, int length)
    {
        lock (gate)
        {
            if (byKey.TryGetValue(key, out var old)) Forget(old);
            byKey[key] = order.AddFirst(new Kept(key, lastHash, state, length));
            characters += length;
            while (characters > mostCharacters && order.Last is { } oldest) Forget(oldest);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            byKey.Clear();
            order.Clear();
            characters = 0;
        }
    }

    void Forget(LinkedListNode<Kept> node)
    {
        order.Remove(node);
        byKey.Remove(node.Value.Key);
        characters -= node.Value.Length;
    }

    sealed record Kept(long Key, string LastHash, ProposalState.Known State, int Length);
}
