using System.Collections.Concurrent;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Intake;

/// <summary>
/// Sees to it that one installation works on a sheet. An installation is a store: its id is a note in it, which goes wherever the store
/// goes. The sheet bears a mark with the id of the one that works on it; whoever finds another's leaves the sheet alone
/// (docs/decisions/ADR-0017).
/// </summary>
public sealed partial class SheetOwnership(IProposalStore store, ILogger<SheetOwnership> logger)
{
    /// <summary>The note with this installation's id.</summary>
    public const string Note = "installation";

    readonly ConcurrentDictionary<string, bool> _ours = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> _noted = new(StringComparer.Ordinal);
    volatile string? _id;

    /// <summary>Whether the form's sheet was nobody else's when this process last looked.</summary>
    public bool IsOurs(string formKey) => _ours.ContainsKey(formKey);

    /// <summary>This installation's id; made when it is asked for first.</summary>
    public async Task<string> IdAsync(CancellationToken cancellationToken) =>
        _id ??= await store.ReadNoteAsync(Note, cancellationToken) ?? await store.KeepNoteAsync(Note, Guid.NewGuid().ToString(), cancellationToken);

    /// <param name="sheet">Just prepared.</param>
    /// <param name="headers">As it was found.</param>
    /// <returns>What <see cref="ClaimAsync"/> has to do when the sheet has its columns.</returns>
    /// <exception cref="SheetUnavailableException">Another installation works on it.</exception>
    public async Task<SheetClaim> JudgeAsync(Form form, IResponseSheet sheet, IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        _ours.TryRemove(form.Key, out _);
        var own = await IdAsync(cancellationToken);
        var claim = new SheetClaim(own, Over: null);
        if (sheet.Owner is { } owner && owner != own)
            claim = await WasOursBeforeAsync(form, sheet, headers, cancellationToken)
                ? claim with { Over = owner }
                : throw SheetUnavailableException.OfAnother(form.Key, owner, own);

        _ours[form.Key] = true;
        return claim;
    }

    /// <exception cref="SheetUnavailableException">Another installation was quicker.</exception>
    public async Task ClaimAsync(Form form, IResponseSheet sheet, SheetClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            await sheet.ClaimAsync(claim.Installation, claim.Over, cancellationToken);
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.OtherInstallation)
        {
            _ours.TryRemove(form.Key, out _);
            throw;
        }

        if (claim.Over is { } former) Log.TakenOver(logger, form.Key, former);
        if (_noted.ContainsKey(form.Key)) return;
        await store.KeepNoteAsync(NoteOf(form.Key), claim.Installation, cancellationToken);
        _noted[form.Key] = true;
    }

    /// <summary>
    /// A store of a release without marks, restored from a backup or moved, has never marked a sheet; but it knows the proposals in it. One
    /// that has was the sheet's and is not any more, or never was.
    /// </summary>
    async Task<bool> WasOursBeforeAsync(Form form, IResponseSheet sheet, IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        if (OwnColumns.Find(headers, OwnColumns.Id) < 0 || await store.ReadNoteAsync(NoteOf(form.Key), cancellationToken) is not null) return false;

        var known = new HashSet<ProposalId>();
        await foreach (var entry in store.ListAsync(form.Key, cancellationToken)) known.Add(entry.Id);
        if (known.Count == 0) return false;
        var rows = await sheet.ReadColumnsAsync([OwnColumns.Id], cancellationToken);
        return rows.Any(row => ProposalId.TryParse(row[0].ToString(), out var id) && known.Contains(id));
    }

    /// <summary>Says that the store has marked the form's sheet.</summary>
    static string NoteOf(string form) => $"marked/{form}";

    static partial class Log
    {
        [LoggerMessage(1305, LogLevel.Information, "Form {Form}: its proposals are this installation's from before it had an id; its sheet bore the mark of {Former}, and bears this one's now")]
        public static partial void TakenOver(ILogger logger, string form, string former);
    }
}

/// <param name="Installation">Whose mark the sheet is to bear.</param>
/// <param name="Over">Whose it bears, and may be replaced; null if nobody's.</param>
public sealed record SheetClaim(string Installation, string? Over);
