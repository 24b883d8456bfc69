using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Running;

/// <summary>The history as a chain: each record carries the hash of the one before, so that the past cannot be edited unseen.</summary>
public static class EventChain
{
    /// <summary>What the first record carries.</summary>
    public const string Beginning = "";

    /// <param name="number">Of the first event given; 1 for a new proposal.</param>
    public static IReadOnlyList<EventRecord> Append(int number, string previousHash, IEnumerable<Event> events)
    {
        var records = new List<EventRecord>();
        foreach (var @event in events)
        {
            var (type, body) = ProposalCodec.WriteEvent(@event);
            var hash = Hash(number, type, body, previousHash);
            records.Add(new EventRecord(number++, @event.At, type, body, previousHash, hash));
            previousHash = hash;
        }

        return records;
    }

    /// <summary>The number of the first record that was changed, removed or moved; null if the history is as it was written.</summary>
    public static int? FindBreak(IEnumerable<EventRecord> history)
    {
        var (number, previous) = (1, Beginning);
        foreach (var record in history)
        {
            if (record.Number != number || record.PreviousHash != previous || record.Hash != Hash(number, record.Type, record.Body, previous)) return number;
            (number, previous) = (number + 1, record.Hash);
        }

        return null;
    }

    static string Hash(int number, string type, string body, string previousHash) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n{type}\n{previousHash}\n{body}"))));
}
