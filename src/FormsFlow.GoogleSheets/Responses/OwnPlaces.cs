using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>
/// Tells where each of FormsFlow's own columns stands: by its tag first, by its header second, and where the two say different things by
/// what the columns hold. Looks at nothing itself (docs/decisions/ADR-0015).
/// </summary>
/// <param name="header">With the tags.</param>
public sealed class OwnPlaces(HeaderRow header, IReadOnlyList<OwnColumn> columns)
{
    readonly HashSet<string> _keys = [.. columns.Select(column => column.Key).OfType<string>()];

    /// <summary>Columns that have to be looked into before <see cref="Of"/> can tell where that one stands; none where it is clear.</summary>
    public IEnumerable<int> Doubtful(OwnColumn column) => Certain(column) is null ? new[] { Tagged(column), Named(column) }.Where(place => place >= 0) : [];

    /// <param name="cells">What the doubtful columns hold below their headers.</param>
    /// <returns>From 0; -1 if there is none.</returns>
    public int Of(OwnColumn column, IReadOnlyDictionary<int, IReadOnlyList<string>> cells)
    {
        if (Certain(column) is { } certain) return certain;

        var (tagged, named) = (Tagged(column), Named(column));
        if (named >= 0 && HoldsOurs(named)) return named;
        if (tagged < 0) return -1;
        if (HoldsOurs(tagged)) return tagged;
        // Nothing of ours in either: a tag that was put beside its column, which moved in that moment, is told by where the header stands.
        if (named >= 0) return IsEmpty(named) && (OwnColumns.IsCertain(header.Texts, column.Name) || HaveOthersMoved(column)) ? named : -1;
        // Somebody who wants the column for other things has written into it, or will see it called by our name again.
        return IsEmpty(tagged) ? tagged : -1;

        bool HoldsOurs(int place) => column.Name == OwnColumns.Id ? OwnColumns.HoldsIds(cells[place]) : OwnColumns.IsOurs(cells[place]);
        bool IsEmpty(int place) => cells[place].All(text => text.Length == 0);
    }

    /// <summary>Whether the column bears all its tags there.</summary>
    public bool IsTagged(OwnColumn column, int place) =>
        NameAt(place, column.Name) is not null && (column.Key is null || header.Tags.Any(tag => tag.IsKey && tag.Place == place && tag.Value == column.Key));

    int? Certain(OwnColumn column)
    {
        var candidates = Candidates(column);
        if (First(candidates.Where(place => header.IsHeaded(place, column.Name))) is { } headed) return headed;
        // Its party is called otherwise now, and its header says what the party was called.
        if (First(candidates.Where(place => IsOf(column, place) && NameAt(place, column.Name) is null && IsAsTagged(place))) is { } renamed) return renamed;

        var named = Named(column);
        if (named < 0) return Tagged(column) < 0 ? -1 : null;
        // Tags that stand on columns of ours of other names were put there when the columns moved: the headers tell.
        if (candidates.Exists(place => IsAnothers(column, place))) return named;
        return header.Tags.Count == 0 && OwnColumns.IsCertain(header.Texts, column.Name) ? named : null;
    }

    /// <summary>Places that bear the column's key, and then those that bear its name and nobody else's key.</summary>
    List<int> Candidates(OwnColumn column) =>
    [
        .. header.Tags.Where(tag => tag.IsKey && tag.Value == column.Key).Select(tag => tag.Place)
            .Concat(header.Tags.Where(tag => !tag.IsKey && tag.Value == column.Name && !IsKeyed(tag.Place, column)).Select(tag => tag.Place)).Distinct(),
    ];

    int Tagged(OwnColumn column) => Candidates(column).Where(place => !IsAnothers(column, place)).DefaultIfEmpty(-1).First();

    /// <summary>By header; a column that bears another one's tags is not meant.</summary>
    int Named(OwnColumn column)
    {
        var found = OwnColumns.Find(header.Texts, column.Name);
        return OwnColumns.Named(header.Texts, column.Name).Append(found).Where(place => place >= 0 && !IsKeyed(place, column)).DefaultIfEmpty(-1).Last();
    }

    /// <summary>Whether the place bears the key of another column that there is. A column without a key is never called otherwise: there its name tells.</summary>
    bool IsKeyed(int place, OwnColumn but) => but.Key is not null && header.Tags.Any(tag => tag.IsKey && tag.Place == place && tag.Value != but.Key && _keys.Contains(tag.Value) && IsAsTagged(place));

    bool IsOf(OwnColumn column, int place) => header.Tags.Any(tag => tag.IsKey && tag.Place == place && tag.Value == column.Key);

    /// <summary>Whether the header says what the tag beside the key says.</summary>
    bool IsAsTagged(int place) => header.Tags.Any(tag => !tag.IsKey && tag.Place == place && header.IsHeaded(place, tag.Value));

    bool IsAnothers(OwnColumn column, int place) => columns.Any(other => other.Name != column.Name && header.IsHeaded(place, other.Name));

    /// <summary>Whether another column of ours, which stands where nobody would doubt it, has its tag elsewhere: they were tagged while columns moved.</summary>
    bool HaveOthersMoved(OwnColumn column) => columns.Any(other => other.Name != column.Name && OwnColumns.IsCertain(header.Texts, other.Name)
        && header.Tags.Any(tag => !tag.IsKey && tag.Value == other.Name && !header.IsHeaded(tag.Place, other.Name)));

    ColumnTag? NameAt(int place, string name) => header.Tags.FirstOrDefault(tag => !tag.IsKey && tag.Place == place && tag.Value == name);

    static int? First(IEnumerable<int> places) => places.Cast<int?>().FirstOrDefault();
}
