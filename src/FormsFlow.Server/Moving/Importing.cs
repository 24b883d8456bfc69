using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Server.Moving;

/// <summary>
/// Puts all that an export holds into an empty store. The file is read twice: once to be sure of every line, and only then to be
/// written. An import that was broken off is begun again with the same file and goes on.
/// </summary>
public static class Importing
{
    /// <summary>A note in the target: which file was begun, and whether it is all there.</summary>
    public const string Note = "import";

    const string Begun = "begun ";
    const string Done = "done ";

    /// <summary>Proposals put in at once; a storage account answers each in some ten milliseconds.</summary>
    const int AtOnce = 16;

    /// <param name="told">Given the number of proposals put in so far, now and then.</param>
    /// <exception cref="MovingException">The file is damaged, or the store is not empty.</exception>
    public static async Task<MovingReport> ReadAsync(string path, IProposalStore store, IProposalArchive archive, Action<int> told, CancellationToken cancellationToken)
    {
        var whole = await CheckAsync(path, cancellationToken);
        var note = await store.ReadNoteAsync(Note, cancellationToken);
        if (note == Done + whole.Sha256) return whole with { AlreadyThere = whole.Proposals };
        if (note is null || !note.StartsWith(Begun, StringComparison.Ordinal)) await RefuseIfNotEmptyAsync(archive, cancellationToken);
        else if (note != Begun + whole.Sha256)
            throw new MovingException($"Another import into this store was begun and not finished. Finish it with its own file (SHA-256 {note[Begun.Length..]}), or import into an empty store.");

        await store.WriteNoteAsync(Note, Begun + whole.Sha256, cancellationToken);
        var (put, there) = (0, 0);
        await Parallel.ForEachAsync(
            LinesAsync(path, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (line, token) =>
            {
                if (line.Content is ExportFile.Line.Note text) await store.WriteNoteAsync(text.Name, text.Text, token);
                if (line.Content is not ExportFile.Line.Proposal { Record: var record }) return;
                if (!await archive.RestoreAsync(record, token))
                {
                    await SeeThatItIsTheSameAsync(store, record, token);
                    Interlocked.Increment(ref there);
                }

                if (Interlocked.Increment(ref put) is var count && count % 1000 == 0) told(count);
            });
        await store.WriteNoteAsync(Note, Done + whole.Sha256, cancellationToken);
        return whole with { AlreadyThere = there };
    }

    /// <summary>Whether an import was begun and not finished: nothing else may happen to the store before it is.</summary>
    public static async Task<bool> IsUnfinishedAsync(IProposalStore store, CancellationToken cancellationToken) =>
        (await store.ReadNoteAsync(Note, cancellationToken))?.StartsWith(Begun, StringComparison.Ordinal) is true;

    /// <summary>Goes through the whole file and writes nothing.</summary>
    static async Task<MovingReport> CheckAsync(string path, CancellationToken cancellationToken)
    {
        using var sum = new ExportFile.Sum();
        var (proposals, events, notes) = (0, 0, 0);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        ExportFile.Line.End? end = null;
        await foreach (var (number, text, content) in LinesAsync(path, cancellationToken))
        {
            if (end is not null) throw Damaged(path, number, "something comes after the end");
            if (number == 1 != content is ExportFile.Line.Header)
                throw number == 1 ? new MovingException($"'{path}' is not an export of FormsFlow: its first line does not say so.") : Damaged(path, number, "a second beginning");
            switch (content)
            {
                case ExportFile.Line.Header { Version: > ExportFile.Version } header:
                    throw new MovingException($"'{path}' was written by a later release ({header.Release}, format {header.Version}; this one reads up to {ExportFile.Version}). Import it with that release or a later one.");
                case ExportFile.Line.Note:
                    notes++;
                    break;
                case ExportFile.Line.Proposal { Record: var record }:
                    if (!ids.Add(record.Id.Value)) throw Damaged(path, number, $"the proposal {record.Id} comes twice");
                    if (ProblemOf(record) is { } problem) throw Damaged(path, number, $"the proposal {record.Id} {problem}");
                    proposals++;
                    events += record.Events.Count;
                    break;
                case ExportFile.Line.End last:
                    end = last;
                    break;
            }

            if (end is null) sum.Add(text);
        }

        if (end is null) throw new MovingException($"'{path}' ends too early: the line with the counts is missing. Was the export or a copy of it broken off? Export or copy it again.");
        if (sum.Finish() != end.Sha256) throw new MovingException($"'{path}' is not as it was written: its SHA-256 does not fit. Was it edited, or damaged on its way? Copy it again.");
        if ((proposals, events, notes) != (end.Proposals, end.Events, end.Notes))
            throw new MovingException($"'{path}' holds {proposals} proposals, {events} events and {notes} notes, and should hold {end.Proposals}, {end.Events} and {end.Notes}. Export it again.");
        return new MovingReport(proposals, events, notes, AlreadyThere: 0, end.Sha256);
    }

    static string? ProblemOf(ProposalRecord record)
    {
        if (record.Events.Count == 0) return "has no history";
        if (EventChain.FindBreak(record.Events) is { } number) return $"has a history that was changed at event {number}";
        if (record.Events.Count != record.Entry.Version) return $"has {record.Events.Count} events and stands at version {record.Entry.Version}";
        try
        {
            var state = ProposalCodec.ReadState(record.State);
            return state.Version == record.Entry.Version && state.Dossier.Id == record.Id ? null : "has another proposal's state";
        }
        catch (JsonException e)
        {
            return $"has a state that cannot be read ({e.Message})";
        }
    }

    static async Task RefuseIfNotEmptyAsync(IProposalArchive archive, CancellationToken cancellationToken)
    {
        await foreach (var record in archive.ReadAllAsync(cancellationToken))
            throw new MovingException($"The store holds proposals already ({record.Id} among them); an import goes into an empty one. Name another file or another prefix in the settings.");
    }

    static async Task SeeThatItIsTheSameAsync(IProposalStore store, ProposalRecord record, CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(record.Id, cancellationToken) is { } there && there.LastHash == record.Events[^1].Hash) return;
        throw new MovingException($"The store holds the proposal {record.Id} with another history than the file: FormsFlow ran on it before the import was finished. Import into an empty store.");
    }

    static async IAsyncEnumerable<(int Number, string Text, ExportFile.Line Content)> LinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open(path);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } text; number++) yield return (number, text, Parse(path, number, text));
    }

    static ExportFile.Line Parse(string path, int number, string text)
    {
        try
        {
            return ExportFile.Read(text);
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException or ArgumentException)
        {
            throw number == 1
                ? new MovingException($"'{path}' is not an export of FormsFlow: its first line does not say so.")
                : Damaged(path, number, $"the line cannot be read: {e.Message}");
        }
    }

    static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MovingException($"'{path}' cannot be read: {e.Message}");
        }
    }

    static MovingException Damaged(string path, int line, string what) =>
        new($"'{path}' is damaged in line {line}: {what}. Nothing was imported; copy the file again, or export again.");
}
