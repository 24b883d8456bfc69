using System.Collections.Immutable;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// The columns that FormsFlow keeps beside the responses, by header, and where they stand. A district may keep a column called
/// "Status" of its own, and a form may ask a question that is called so: such a column is never taken for FormsFlow's.
/// </summary>
public static class OwnColumns
{
    public const string Id = "FormsFlow ID";
    public const string Status = "Status";

    const string Decision = " decision";

    /// <summary>A form may well ask a question that is called "Technology"; a party's column says that it is a decision.</summary>
    public static string Of(Party party) => party.Title + Decision;

    public static ImmutableArray<string> Of(Form form) => [Id, Status, .. form.Parties.Select(Of)];

    /// <summary>A party's column is known by its stage and its role, so that it stays the same when their titles change.</summary>
    public static ImmutableArray<OwnColumn> Keyed(Form form) =>
        [new(Id), new(Status), .. form.Parties.Select(party => new OwnColumn(Of(party), $"{party.Stage.Key}/{party.Role.Key}"))];

    /// <summary>What a column is headed when somebody else's is called as ours would be.</summary>
    public static string Alias(string column) => column == Id ? "FormsFlow proposal ID" : $"FormsFlow {column}";

    public static bool IsOwn(string column) => column is Id or Status || column.EndsWith(Decision, StringComparison.Ordinal);

    /// <summary>
    /// Where a column of FormsFlow's own stands: wherever its alias does; else the first of its name right of the ids, beside which it was
    /// made; else the last one left of them, where somebody moved it. Without a column of ids FormsFlow has not been here yet.
    /// </summary>
    /// <returns>From 0; -1 if there is none.</returns>
    public static int Find(IReadOnlyList<string> headers, string column)
    {
        if (First(headers, Alias(column)) is >= 0 and var alias) return alias;
        var named = Named(headers, column);
        if (column == Id) return named.Find(place => IsBesideOurs(headers, place)) is > 0 and var beside ? beside : named.Count > 0 ? named[0] : -1;

        var ids = Find(headers, Id);
        if (ids < 0) return -1;
        var right = named.FindIndex(place => place > ids);
        return right >= 0 ? named[right] : named.Count > 0 ? named[^1] : -1;
    }

    /// <summary>
    /// Whether a column that was found is FormsFlow's without a doubt: by its alias, or because it stands where it was made, in one block
    /// with the ids. In doubt somebody else's may be called so, and what it holds has to say.
    /// </summary>
    public static bool IsCertain(IReadOnlyList<string> headers, string column)
    {
        if (First(headers, Alias(column)) >= 0) return true;
        var ids = Find(headers, Id);
        if (ids < 0) return false;
        if (column == Id) return IsBesideOurs(headers, ids);

        var end = ids + 1;
        while (IsHeadedAsOurs(headers, end)) end++;
        return Named(headers, column).Count(place => place > ids && place < end) == 1;
    }

    static bool IsBesideOurs(IReadOnlyList<string> headers, int ids) => IsHeadedAsOurs(headers, ids + 1) && !HeaderText.Same(headers[ids + 1], Id);

    static bool IsHeadedAsOurs(IReadOnlyList<string> headers, int place) =>
        place < headers.Count && (IsOwn(headers[place]) || (headers[place].StartsWith("FormsFlow ", StringComparison.Ordinal) && IsOwn(headers[place]["FormsFlow ".Length..])));

    /// <summary>Columns of this name, whoever's; those that are written exactly so if there are any.</summary>
    public static List<int> Named(IReadOnlyList<string> headers, string column)
    {
        var exact = Enumerable.Range(0, headers.Count).Where(i => headers[i] == column).ToList();
        return exact.Count > 0 ? exact : [.. Enumerable.Range(0, headers.Count).Where(i => HeaderText.Same(headers[i], column))];
    }

    /// <summary>Whether a column that is called like the ids holds them, whatever somebody typed over some of them. An empty one may be a question that nobody has answered yet.</summary>
    public static bool HoldsIds(IReadOnlyCollection<string> texts) => texts.Any(text => ProposalId.TryParse(text, out _));

    /// <summary>
    /// Whether a column that was found without the ids beside it is FormsFlow's, by what it holds: FormsFlow's words only, and among them
    /// some that nobody else would choose. A column of "Approved" and "Denied" may be anybody's, and an empty one a question that nobody has
    /// answered yet.
    /// </summary>
    public static bool IsOurs(IReadOnlyCollection<string> texts)
    {
        var filled = texts.Where(text => text.Length > 0).ToList();
        return filled.All(CouldBeOurs) && filled.Exists(MustBeOurs);
    }

    static bool MustBeOurs(string text) => Unmistakable.Any(start => text.StartsWith(start, StringComparison.Ordinal)) || IsDated(text);

    static bool CouldBeOurs(string text) => MustBeOurs(text) || text is "Approved" or "Denied" or "Expired" or "In review";

    /// <summary>"Approved on Mar 2, 2026 by Bea Holm".</summary>
    static bool IsDated(string text) => Choices.Any(choice => text.StartsWith($"{choice} on ", StringComparison.Ordinal)) && text.Contains(" by ", StringComparison.Ordinal);

    static int First(IReadOnlyList<string> headers, string header) => Named(headers, header) is [var first, ..] ? first : -1;

    static readonly string[] Choices = [.. Enum.GetValues<Choice>().Select(SheetLine.Word)];

    static readonly string[] Unmistakable =
    [
        "Needs correction: ", "In review: waiting for ", "Approved; waiting for ", "Denied by ", "Expired: no answer from ", "Withdrawn by the sponsor",
        "Duplicate of FF-", "Asked on ", "Not taken in: ", SheetLine.BeforeEdit, SheetLine.SinceEdit,
    ];
}
