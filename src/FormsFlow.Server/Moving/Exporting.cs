using System.Reflection;
using System.Text;
using FormsFlow.Application.Ports;

namespace FormsFlow.Server.Moving;

/// <summary>Writes all that a store holds into a file, one proposal at a time.</summary>
public static class Exporting
{
    /// <summary>The file appears under its name when it is whole.</summary>
    /// <param name="told">Given the number of proposals written so far, now and then.</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="MovingException">The file is there already, or cannot be written.</exception>
    public static async Task<MovingReport> WriteAsync(IProposalArchive archive, string path, TimeProvider time, Action<int> told, CancellationToken cancellationToken)
    {
        if (File.Exists(path)) throw new MovingException($"There is a file '{path}' already. Name another one: an export is never written over.");
        var draft = $"{path}.part";
        try
        {
            MovingReport report;
            // It holds people's answers and addresses: nobody else on the machine reads it.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var writer = new StreamWriter(draft, new UTF8Encoding(false), options) { NewLine = "\n" })
            {
                report = await WriteAsync(archive, writer, time, told, cancellationToken);
                await writer.FlushAsync(cancellationToken);
                ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
            }

            File.Move(draft, path);
            return report;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new MovingException($"The file '{path}' cannot be written: {e.Message} Name a file in a folder that exists and that this user may write to.");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static async Task<MovingReport> WriteAsync(IProposalArchive archive, StreamWriter writer, TimeProvider time, Action<int> told, CancellationToken cancellationToken)
    {
        using var sum = new ExportFile.Sum();
        async Task Put(ExportFile.Line line, bool isLast = false)
        {
            var text = ExportFile.Write(line);
            if (!isLast) sum.Add(text);
            await writer.WriteLineAsync(text.AsMemory(), cancellationToken);
        }

        var release = typeof(Exporting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        await Put(new ExportFile.Line.Header(ExportFile.Version, time.GetUtcNow(), release));
        var (proposals, events, notes) = (0, 0, 0);
        await foreach (var (name, text) in archive.ReadNotesAsync(cancellationToken))
        {
            if (name == Importing.Note) continue;
            await Put(new ExportFile.Line.Note(name, text));
            notes++;
        }

        await foreach (var record in archive.ReadAllAsync(cancellationToken))
        {
            await Put(new ExportFile.Line.Proposal(record));
            events += record.Events.Count;
            if (++proposals % 1000 == 0) told(proposals);
        }

        var sha = sum.Finish();
        await Put(new ExportFile.Line.End(proposals, events, notes, sha), isLast: true);
        return new MovingReport(proposals, events, notes, AlreadyThere: 0, sha);
    }
}

/// <param name="AlreadyThere">Proposals that an earlier run of the same import had put in.</param>
/// <param name="Sha256">Of the file: its name for whoever has to know it again.</param>
public sealed record MovingReport(int Proposals, int Events, int Notes, int AlreadyThere, string Sha256);
