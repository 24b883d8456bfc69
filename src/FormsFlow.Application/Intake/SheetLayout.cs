using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>A header row as it was understood: where the answers stand, the timestamp and the id.</summary>
public sealed class SheetLayout
{
    /// <summary>Google's spreadsheets began in 2006; a number that means an earlier day is a number.</summary>
    const int FirstYear = 2006;

    readonly BoundLayout _bound;
    readonly Form _form;
    readonly TimeZoneInfo _zone;
    readonly int _timestamp;
    readonly int _id;
    readonly int _status;

    public SheetLayout(Form form, IReadOnlyList<string> headers, TimeZoneInfo zone)
    {
        (_form, _zone) = (form, zone);
        var normalized = headers.Select(HeaderText.Normalize).ToList();
        var wanted = form.Layout.Timestamp.Select(HeaderText.Normalize).ToHashSet(StringComparer.Ordinal);
        _timestamp = normalized.FindIndex(wanted.Contains);
        _id = OwnColumns.Find(headers, OwnColumns.Id);
        _status = OwnColumns.Find(headers, OwnColumns.Status);
        TimestampHeader = _timestamp < 0 ? "" : headers[_timestamp];
        // A column of FormsFlow's is no answer; one that is only called so is.
        var own = OwnColumns.Of(form).Select(column => OwnColumns.Find(headers, column)).ToHashSet();
        _bound = form.Layout.Bind([.. headers.Select((header, place) => own.Contains(place) ? "" : header)], [TimestampHeader]);
    }

    /// <summary>Empty if no column is called what Google calls it.</summary>
    public string TimestampHeader { get; }

    /// <summary>What no response can be read without and no column gives, each with the headers that were looked for.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            var parts = FormLayout.Indispensable.Where(part => !_bound.Asks(part))
                .Select(part => LookedFor(part.ToString(), _form.Layout.Headers.GetValueOrDefault(part, [])));
            return [.. parts, .. _timestamp < 0 ? [LookedFor("Timestamp", _form.Layout.Timestamp)] : Array.Empty<string>()];
        }
    }

    /// <summary>Not one question is known, nor the timestamp: it is hardly a header row.</summary>
    public bool IsStrange => _timestamp < 0 && !_bound.Columns.Any(column => column.Part is not null);

    /// <summary>Nobody answered anything in this row, and it has no timestamp.</summary>
    public bool IsBlank(SheetRow row) => row[_timestamp].IsEmpty && AnswersNothing(row);

    /// <summary>As a key column shows it: a number without the words that a person sees.</summary>
    public SheetCell TimestampOf(SheetRow row) => row[_timestamp].Number is { } number ? new SheetCell(null, number) : row[_timestamp];

    /// <summary>
    /// Reads a whole row; null if it is no response. A response has a timestamp. Where that is no time, as in a line of totals below the
    /// responses, somebody must at least have named a product or a sponsor; and a moment alone is nobody's answer.
    /// </summary>
    public ResponseRow? Read(SheetRow row, DateTimeOffset now)
    {
        var timestamp = row[_timestamp];
        if (timestamp.IsEmpty) return null;
        var at = SheetTime.Read(timestamp, _zone, _form.Layout.DateOrder);
        if (at is not { Year: >= FirstYear } && !NamesSomething(row)) return null;
        if (row[_id].IsEmpty && AnswersNothing(row)) return null;

        var reading = ResponseReader.Read(_bound, column => new RawAnswer(row[column].ToString(), row[column].Number), at ?? now);
        ProposalId? id = ProposalId.TryParse(row[_id].ToString(), out var parsed) ? parsed : null;
        var key = ContentHash.OfRow(_form.Key, timestamp.Number, reading.Proposal.Answers);
        return new ResponseRow(row.Number, id, TimestampOf(row), new RowIdentity(key, timestamp.Number), reading);
    }

    /// <summary>What is said beside a row that is no response; null if it was said before, or somebody keeps a word of their own there.</summary>
    public CellWrite? Remark(SheetRow row)
    {
        var said = row[_status].ToString();
        var text = Remarks.Of(nothingAnswered: AnswersNothing(row) && SheetTime.Read(row[_timestamp], _zone, _form.Layout.DateOrder) is { Year: >= FirstYear });
        return said == text || !Remarks.MayReplace(said) ? null : new CellWrite(row.Number, OwnColumns.Status, text);
    }

    bool AnswersNothing(SheetRow row) => _bound.Columns.All(column => row[column.Index].IsEmpty);

    bool NamesSomething(SheetRow row) => _bound.Columns.Any(column =>
        column.Part is { } part && FormLayout.Indispensable.Contains(part) && !ResponseReader.IsBlank(row[column.Index].ToString()));

    static string LookedFor(string what, IEnumerable<string> headers) => $"{what} (looked for: {string.Join(" | ", headers)})";
}

/// <param name="Number">Where it stood when it was read.</param>
/// <param name="Id">What its id cell says; null if that is empty or no id.</param>
public sealed record ResponseRow(int Number, ProposalId? Id, SheetCell Timestamp, RowIdentity Identity, ResponseReading Reading);
