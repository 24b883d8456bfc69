using System.Text;
using Azure.Data.Tables;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// What Azure allows in one transaction, checked before anything is sent: the emulator is laxer, and a refusal in production would
/// be the first one. Numbers: learn.microsoft.com, "Understanding the Table service data model" and "Performing entity group transactions".
/// </summary>
static class TransactionLimits
{
    public const int Entities = 100;
    public const int PropertyCharacters = 32 * 1024;
    public const int EntityBytes = 1024 * 1024;
    public const int TransactionBytes = 4 * 1024 * 1024;
    const int Properties = 252;
    const int KeyCharacters = 512;

    /// <exception cref="InvalidOperationException">Azure would refuse it: a mistake in the code.</exception>
    public static void Check(IReadOnlyCollection<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > Entities) throw Broken($"{actions.Count} entities; 1 to {Entities} go into one");
        if (actions.Select(action => action.Entity.PartitionKey).Distinct(StringComparer.Ordinal).Skip(1).Any())
            throw Broken("several partitions; only one can be changed at a time");
        if (actions.Select(action => action.Entity.RowKey).Distinct(StringComparer.Ordinal).Count() < actions.Count)
            throw Broken("one entity twice");
        long wire = 0;
        foreach (var action in actions)
        {
            CheckKey(action.Entity.PartitionKey);
            CheckKey(action.Entity.RowKey);
            if (action.ActionType is TableTransactionActionType.Delete) wire += WireOverhead;
            else wire += Measure((TableEntity)action.Entity);
        }

        if (wire > TransactionBytes) throw Broken($"about {wire} bytes; {TransactionBytes} go into one");
    }

    /// <summary>Headers and addresses of one action in the request.</summary>
    const int WireOverhead = 1_000;

    /// <returns>At most so many bytes on the wire.</returns>
    static long Measure(TableEntity entity)
    {
        if (entity.Count > Properties + 4) throw Broken($"an entity of {entity.Count} properties; it may have {Properties}");
        long stored = 4 + ((entity.PartitionKey.Length + entity.RowKey.Length) * 2);
        long wire = WireOverhead;
        foreach (var (name, value) in entity)
        {
            if (value is string text)
            {
                if (text.Length > PropertyCharacters) throw Broken($"a property {name} of {text.Length} characters; it may have {PropertyCharacters}");
                stored += 12 + (name.Length * 2) + (text.Length * 2);
                // As JSON, escaped at worst.
                wire += name.Length + 8 + Encoding.UTF8.GetByteCount(text) + (5 * text.Count(c => c is > '~' or < ' ' or '"' or '\\' or '<' or '>' or '&' or '\'' or '+' or '`'));
            }
            else
            {
                stored += 24 + (name.Length * 2);
                wire += (name.Length * 2) + 80;
            }
        }

        return stored <= EntityBytes ? wire : throw Broken($"an entity of about {stored} bytes; it may have {EntityBytes}");
    }

    static void CheckKey(string key)
    {
        if (key.Length is 0 or > KeyCharacters) throw Broken($"a key of {key.Length} characters; it may have 1 to {KeyCharacters}");
        if (key.AsSpan().ContainsAny(@"/\#?%") || key.Any(char.IsControl)) throw Broken("a key with a character that keys must not have");
    }

    static InvalidOperationException Broken(string what) => new($"A transaction for Azure Tables has {what}.");
}
