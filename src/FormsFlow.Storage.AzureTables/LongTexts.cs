using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// Texts of any length in a row: over several properties up to <see cref="LongestInRow"/>, beyond that in a blob that is named by
/// the hash of what is in it. A blob is written before the row that needs it, never changed and never deleted: one that no row came
/// to need is harmless, and what was read once is true for ever.
/// </summary>
sealed class LongTexts(TableAccount account)
{
    /// <summary>Three such texts fit into a row of 1 MiB, and two such rows into a transaction of 4 MiB even where JSON needs six bytes a character.</summary>
    public const int LongestInRow = 96_000;

    const int LongestProperty = 32_000;
    const string BlobSuffix = "Blob";

    /// <summary>A handful of proposals with long answers, while they are worked on: 16 MB.</summary>
    const int CharactersKept = 8_000_000;

    readonly Lock gate = new();
    readonly Dictionary<string, string> read = [];
    readonly Queue<string> order = [];
    int characters;

    /// <summary>The properties that a text under this name may occupy.</summary>
    public static IEnumerable<string> PropertiesOf(string name) =>
        [name + BlobSuffix, .. Enumerable.Range(0, (LongestInRow / LongestProperty) + 2).Select(part => PartName(name, part))];

    public async Task PutAsync(TableEntity row, string name, string text)
    {
        if (text.Length > LongestInRow)
        {
            row[name + BlobSuffix] = await UploadAsync(text);
            return;
        }

        var (part, from) = (0, 0);
        do
        {
            var length = Math.Min(LongestProperty, text.Length - from);
            if (from + length < text.Length && char.IsHighSurrogate(text[from + length - 1])) length--;
            row[PartName(name, part++)] = text.Substring(from, length);
            from += length;
        }
        while (from < text.Length);
    }

    public async Task<string> GetAsync(TableEntity row, string name, CancellationToken cancellationToken)
    {
        if (row.TryGetValue(name + BlobSuffix, out var blob) && blob is string hash) return await DownloadAsync(hash, cancellationToken);
        var first = row.GetString(name) ?? throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} has no {name}.");
        if (!row.ContainsKey(PartName(name, 1))) return first;
        var text = new StringBuilder(first);
        for (var part = 1; row.GetString(PartName(name, part)) is { } next; part++) text.Append(next);
        return text.ToString();
    }

    static string PartName(string name, int part) => part == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{part}");

    async Task<string> UploadAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (Recall(hash) is not null) return hash;
        await account.UseAsync(writes: true, async () =>
        {
            try
            {
                var onlyNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
                await account.Blobs.GetBlobClient(hash).UploadAsync(BinaryData.FromBytes(bytes), onlyNew, CancellationToken.None);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // It is there already.
            }

            return true;
        });
        Keep(hash, text);
        return hash;
    }

    async Task<string> DownloadAsync(string hash, CancellationToken cancellationToken)
    {
        if (Recall(hash) is { } kept) return kept;
        var text = await account.UseAsync(writes: false, async () =>
            Encoding.UTF8.GetString((await account.Blobs.GetBlobClient(hash).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory().Span));
        Keep(hash, text);
        return text;
    }

    string? Recall(string hash)
    {
        lock (gate) return read.GetValueOrDefault(hash);
    }

    void Keep(string hash, string text)
    {
        lock (gate)
        {
            if (!read.TryAdd(hash, text)) return;
            order.Enqueue(hash);
            characters += text.Length;
            while (characters > CharactersKept && order.Count > 1)
                if (read.Remove(order.Dequeue(), out var oldest)) characters -= oldest.Length;
        }
    }
}
