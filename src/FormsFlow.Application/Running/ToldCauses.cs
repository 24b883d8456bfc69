using System.Collections.Immutable;
using System.Globalization;

namespace FormsFlow.Application.Running;

/// <summary>Which causes of one trouble were told, and when. Causes may take turns: each is remembered.</summary>
sealed class ToldCauses
{
    /// <summary>The latest ones; a sheet is hardly broken in more ways within a day.</summary>
    const int Most = 20;

    public static readonly ToldCauses None = new([]);

    readonly ImmutableDictionary<string, DateTimeOffset> _at;

    ToldCauses(IEnumerable<KeyValuePair<string, DateTimeOffset>> at) =>
        _at = at.OrderByDescending(told => told.Value).Take(Most).ToImmutableDictionary(StringComparer.Ordinal);

    /// <returns>Null if it was never told.</returns>
    public DateTimeOffset? WhenTold(string cause) => _at.TryGetValue(cause, out var at) ? at : null;

    public ToldCauses And(string cause, DateTimeOffset at) => new(_at.SetItem(cause, at));

    public ToldCauses And(ToldCauses others) =>
        new(_at.Concat(others._at).GroupBy(told => told.Key, StringComparer.Ordinal).Select(told => KeyValuePair.Create(told.Key, told.Max(one => one.Value))));

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else was told of nothing.</summary>
    public static ToldCauses Read(string? note) => new(
        from line in (note ?? "").Split('\n')
        let words = line.Split(' ')
        where words.Length == 2
        let at = DateTimeOffset.TryParse(words[1], CultureInfo.InvariantCulture, DateTimeStyles.None, out var when) ? when : (DateTimeOffset?)null
        where at is not null
        group at.Value by words[0] into told
        select KeyValuePair.Create(told.Key, told.Max()));

    public override string ToString() =>
        string.Join('\n', _at.Select(told => string.Create(CultureInfo.InvariantCulture, $"{told.Key} {told.Value:O}")));
}
