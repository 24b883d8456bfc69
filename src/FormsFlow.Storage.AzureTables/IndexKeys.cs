using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// The rows of the index that hold for a proposal, by their keys. Each key ends in the proposal and in the number of the commit that
/// brought it about, so that no key is ever used for anything else: a key that a commit has passed over never holds again. ADR-0011
/// tells why that makes the index repairable.
/// </summary>
/// <param name="Due">When something is to be done.</param>
/// <param name="Mark">The catalog's line is not what the head says; sorted by how long the proposal waits to be published.</param>
/// <param name="Row">By the response's row.</param>
/// <param name="Same">By the content.</param>
/// <param name="Line">The line in the catalog of its form; it counts only where no mark stands.</param>
/// <param name="Behind">The sheet of its form is behind. Beside what is due, so that one look answers both.</param>
sealed record IndexKeys(string? Due, string? Mark, string? Row, string? Same, string? Line, string? Behind)
{
    /// <summary>The one partition of all of them: so that one transaction writes all that one commit needs.</summary>
    public const string Partition = "index";

    const string SheetBehind = "b_";
    const string DueFacts = "d0_";
    const string DueTime = "d1_";

    public static readonly IndexKeys None = new(null, null, null, null, null, null);

    /// <summary>Facts that wait are due whatever the clock says; they come first.</summary>
    public static (string From, string To) DueUntil(DateTimeOffset now) => (DueFacts, DueTime + TableKey.After(now));

    public static (string From, string To) DueByTimeUntil(DateTimeOffset now) => (DueTime, DueTime + TableKey.After(now));

    /// <summary>Proposals that the sheet is behind of, and after them those that are due.</summary>
    public static (string From, string To) BehindAndDueUntil(DateTimeOffset now) => (SheetBehind, DueUntil(now).To);

    public static bool IsBehind(string key) => key.StartsWith(SheetBehind, StringComparison.Ordinal);

    public static string FormPart(string behindKey) => behindKey.Split('_')[1];

    public static bool IsOfFacts(string dueKey) => dueKey.StartsWith(DueFacts, StringComparison.Ordinal);

    public static DateTimeOffset DueInstant(string dueKey) => TableKey.Instant(dueKey.Split('_')[1]);

    /// <summary>Marks before lines: whoever reads both in order trusts no line whose mark came and went meanwhile.</summary>
    public static (string From, string To) OfForm(string form) => Under($"f_{TableKey.Of(form)}");

    public static (string From, string To) Marks(string form) => Under($"f_{TableKey.Of(form)}_m");

    public static (string From, string To) Rows(string form) => Under($"k_{TableKey.Of(form)}");

    public static (string From, string To) Rows(string form, string rowKey) => Under($"k_{TableKey.Of(form)}_{TableKey.Of(rowKey)}");

    public static (string From, string To) SameAs(string form, string contentHash) => Under($"h_{TableKey.Of(form)}_{TableKey.Of(contentHash)}");

    public static bool IsMark(string key) => key.StartsWith("f_", StringComparison.Ordinal) && key.Split('_')[2] == "m";

    public static string RowPart(string key) => key.Split('_')[2];

    public static (ProposalId Id, long Commit) OwnerOf(string key)
    {
        var parts = key.Split('_');
        return (ProposalId.Parse(parts[^2]), long.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    public bool Holds(string key) => key == Due || key == Mark || key == Row || key == Same || key == Line || key == Behind;

    /// <summary>The key that holds now of the same kind; null if none does.</summary>
    public string? SuccessorOf(string key) => Holds(key) ? key : IsMark(key) ? Mark : key.StartsWith('d') ? Due : null;

    /// <summary>
    /// What holds after a commit: keys that still say the same are kept. A line is not written with the commit but after it, where
    /// nothing waits to be published.
    /// </summary>
    /// <param name="now">What the commit makes of it.</param>
    /// <param name="before">Null if the proposal is new.</param>
    /// <param name="commit">The commit's number.</param>
    public IndexKeys After(Content now, Content? before, long commit)
    {
        var form = TableKey.Of(now.Entry.Form);
        var line = now.UnpublishedSince is null && now.Entry != before?.Entry ? $"f_{form}_n_{now.Entry.Id}_{TableKey.Of(commit)}" : Line;
        return new IndexKeys(
            now.DueAt is { } at ? Keep(Due, $"{(now.Inbox.IsEmpty ? DueTime : DueFacts)}{TableKey.Of(at)}_{now.Entry.Id}", commit) : null,
            now.UnpublishedSince is { } since ? Keep(Mark, MarkFor(now.Entry, since), commit) : null,
            Keep(Row, $"k_{form}_{TableKey.Of(now.Entry.RowKey)}_{now.Entry.Id}", commit),
            Keep(Same, $"h_{form}_{TableKey.Of(now.Entry.ContentHash)}_{now.Entry.Id}", commit),
            line,
            now.UnpublishedSince is null ? null : Keep(Behind, $"{SheetBehind}{form}_{now.Entry.Id}", commit));
    }

    /// <summary>A mark that stands only until the line is written, where the entry changes and there is nothing to publish.</summary>
    public static string PassingMark(Content now, long commit) => Keep(null, MarkFor(now.Entry, now.ChangedAt), commit);

    public IEnumerable<string> All => new[] { Due, Mark, Row, Same, Line, Behind }.OfType<string>();

    static string MarkFor(ProposalEntry entry, DateTimeOffset since) => $"f_{TableKey.Of(entry.Form)}_m_{TableKey.Of(since)}_{entry.Id}";

    static string Keep(string? held, string wanted, long commit) =>
        held is not null && held.Length > wanted.Length && held.StartsWith(wanted, StringComparison.Ordinal) && held[wanted.Length] == '_'
            ? held
            : $"{wanted}_{TableKey.Of(commit)}";

    static (string From, string To) Under(string prefix) => ($"{prefix}_", $"{prefix}{TableKey.AfterUnderscore}");
}
