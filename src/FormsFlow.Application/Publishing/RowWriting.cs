using System.Collections.Immutable;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// Says, each time it looks, which cells differ from what they should say. From the second look on it also finds what a sort in
/// the moment of writing put beside another response: whoever's cells are not what they were at the first look is put right, too.
/// </summary>
/// <param name="inDoubt">An earlier writing was cut off: every row is compared from the first look on.</param>
sealed class RowWriting(IResponseSheet sheet, Form form, SheetLines lines, bool inDoubt)
{
    readonly ImmutableArray<string> _columns = OwnColumns.Of(form);
    Dictionary<ProposalId, SheetRow>? _before;

    /// <summary>Ids that stand in two rows, so that nobody can say which of them is meant: intake tells them apart first.</summary>
    public IReadOnlySet<ProposalId> Ambiguous { get; private set; } = ImmutableHashSet<ProposalId>.Empty;

    /// <summary>Ids that stand in the sheet at all.</summary>
    public IReadOnlySet<ProposalId> Present { get; private set; } = ImmutableHashSet<ProposalId>.Empty;

    public async Task<IReadOnlyCollection<CellWrite>> NextAsync(CancellationToken cancellationToken)
    {
        var rows = await sheet.ReadColumnsAsync(_columns, cancellationToken);
        var owned = rows.ToLookup(row => ProposalId.TryParse(row[0].ToString(), out var id) ? id : (ProposalId?)null);
        Present = owned.Where(group => group.Key is not null).Select(group => group.Key!.Value).ToHashSet();
        Ambiguous = owned.Where(group => group.Key is not null && group.Skip(1).Any()).Select(group => group.Key!.Value).ToHashSet();

        var (writes, nobodys) = (new List<CellWrite>(), new List<SheetRow>(owned[null]));
        foreach (var group in owned)
        {
            if (group.Key is not { } id || Ambiguous.Contains(id)) continue;
            var row = group.Single();
            var suspect = IsSuspect(id, row);
            if (suspect) await lines.AddAsync(id, cancellationToken);
            if (lines.TryGet(id, out var line)) writes.AddRange(Differing(row, column => line.Cells[column]));
            else if (suspect) nobodys.Add(row);
        }

        if (inDoubt || _before is not null) writes.AddRange(Stray(nobodys));
        _before ??= owned.Where(group => group.Key is not null).ToDictionary(group => group.Key!.Value, group => group.First());
        return writes;
    }

    bool IsSuspect(ProposalId id, SheetRow row) =>
        inDoubt || (_before is not null && (!_before.TryGetValue(id, out var before) || Differing(row, column => before[_columns.IndexOf(column)].ToString()).Any()));

    IEnumerable<CellWrite> Differing(SheetRow row, Func<string, string> wanted)
    {
        for (var i = 1; i < _columns.Length; i++)
            if (row[i].ToString() != wanted(_columns[i]))
                yield return new CellWrite(row.Number, _columns[i], wanted(_columns[i]));
    }

    /// <summary>Words of ours beside what is nobody's proposal yet; what a person wrote there stays.</summary>
    IEnumerable<CellWrite> Stray(List<SheetRow> rows)
    {
        var ours = lines.All.SelectMany(line => line.Cells.Values).Where(text => text.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
            for (var i = 1; i < _columns.Length; i++)
                if (ours.Contains(row[i].ToString()))
                    yield return new CellWrite(row.Number, _columns[i], "");
    }
}
