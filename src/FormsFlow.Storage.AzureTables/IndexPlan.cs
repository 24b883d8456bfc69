using Azure.Data.Tables;
using FormsFlow.Application.Running;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// What a commit means for the index. The promises are written before it: if it never comes, a reader finds that the head does not
/// keep them. The clearings are written after it: if they never come, a reader finds that the head does not hold them any more.
/// </summary>
/// <param name="Promises">New rows.</param>
/// <param name="Clearings">Rows that hold no more, and the line where the mark that stood for it goes.</param>
sealed record IndexPlan(IReadOnlyList<TableTransactionAction> Promises, IReadOnlyList<IndexPlan.Clearing> Clearings)
{
    public static IndexPlan Of(Head before, Head after)
    {
        var promised = after.Keys.All.Except(before.Keys.All).Where(key => key != after.Keys.Line).ToList();
        var dropped = before.Keys.All.Except(after.Keys.All).ToList();
        var lineIsNew = after.Keys.Line != before.Keys.Line;
        if (lineIsNew && before.Keys.Mark is null && after.Content is { } content)
        {
            var passing = IndexKeys.PassingMark(content, after.Number);
            promised.Add(passing);
            dropped.Add(passing);
        }

        var clearings = new List<Clearing>();
        if (lineIsNew) clearings.Add(new Clearing(after.Keys.Line!, after.Content));
        clearings.AddRange(dropped.Select(key => new Clearing(key, null)));
        return new IndexPlan([.. promised.Select(key => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(key)))], clearings);
    }

    /// <summary>What is to be done about a row that the head does not hold and never will.</summary>
    /// <param name="head">As it was read after the row was found.</param>
    public static IReadOnlyList<Clearing> OfDead(string key, Head head) =>
        IndexKeys.IsMark(key) && head is { Content: { } content, Keys: { Mark: null, Line: { } line } }
            ? [new Clearing(line, content), new Clearing(key, null)]
            : [new Clearing(key, null)];

    static TableEntity Row(string key) => new(IndexKeys.Partition, key);

    /// <param name="Line">Null to delete the row; otherwise what the line says. Lines go before the mark that stood for them.</param>
    public sealed record Clearing(string Key, Content? Line)
    {
        public async Task<TableTransactionAction> ToActionAsync(LongTexts texts)
        {
            var row = Row(Key);
            if (Line is null) return new TableTransactionAction(TableTransactionActionType.Delete, row, Azure.ETag.All);
            await texts.PutAsync(row, "Entry", ProposalCodec.WriteEntry(Line.Entry));
            return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
        }
    }
}
