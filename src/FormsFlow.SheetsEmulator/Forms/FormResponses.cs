using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Forms;

/// <summary>
/// A Google Form's side of its response sheet: makes the tab, adds a row per response, and finds a response's row again wherever people
/// have moved it.
/// </summary>
public sealed class FormResponses(SpreadsheetStore store)
{
    private const string TimestampPattern = "M/d/yyyy H:mm:ss";

    /// <summary>Google gives a form's columns more room than others, so that a timestamp can be read.</summary>
    private const int ColumnWidth = 160;

    /// <summary>Reads a form description such as <c>samples/proposal-form.json</c>.</summary>
    public static FormDefinition Load(string path) =>
        JsonSerializer.Deserialize<FormDefinition>(File.ReadAllText(path), ModelJson.Options) ?? throw new InvalidDataException($"{path} holds no form.");

    /// <summary>Makes the response spreadsheet for a form, as “Create spreadsheet” does in Google Forms; returns its id.</summary>
    public string CreateSpreadsheet(FormDefinition form, string timeZone = "America/Chicago", string locale = "en_US", string? id = null)
    {
        var properties = new SpreadsheetProperties($"{form.Title} (Responses)", locale, timeZone);
        var layout = new SheetLayout { SheetId = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue), Title = "Form Responses 1", RowCount = 100, FrozenRows = 1 };
        var spreadsheetId = store.Create(properties, [layout], id);
        Link(spreadsheetId, form with { SheetId = layout.SheetId });
        return spreadsheetId;
    }

    /// <summary>
    /// Links or updates the form: a renamed question renames its header, a new one gets the first column after the form's own, and people's
    /// columns to the right move on.
    /// </summary>
    public void Link(string spreadsheetId, FormDefinition form) => store.Write(spreadsheetId, transaction =>
    {
        var before = transaction.Spreadsheet.Form;
        form = WithIds(form with { SheetId = form.SheetId == 0 ? before?.SheetId ?? transaction.Spreadsheet.Sheets[0].Id : form.SheetId }, before);
        if (form.Id.Length == 0)
            form = form with { Id = before?.Id ?? "1FAIpQLS" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(30)) };
        transaction.Apply(new SetForm(form));
        EnsureColumns(transaction, form, before);
    });

    /// <summary>The form that feeds a spreadsheet, or null.</summary>
    public FormDefinition? FormOf(string spreadsheetId) => store.Read(spreadsheetId, s => s.Form);

    public FormResponse? Find(string spreadsheetId, string responseId) => store.Read(spreadsheetId, s => s.FindResponse(responseId));

    /// <summary>All responses, the newest first, whatever has become of their rows.</summary>
    public IReadOnlyList<FormResponse> List(string spreadsheetId) =>
        store.Read(spreadsheetId, s => s.Responses.Values.OrderByDescending(response => response.SubmittedAt).ToList());

    /// <summary>Adds a row for a new response, and returns the response's id.</summary>
    /// <param name="spreadsheetId">The linked spreadsheet.</param>
    /// <param name="answers">By question id or title. Several ticked boxes are one text, joined with a comma and a blank.</param>
    /// <param name="email">The respondent's address, where the form collects it.</param>
    public string Submit(string spreadsheetId, IReadOnlyDictionary<string, string> answers, string? email = null) => store.Write(spreadsheetId, transaction =>
    {
        var form = FormOf(transaction);
        var id = "2_ABaOnu" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var response = new FormResponse(id, email, ById(form, answers), transaction.Now);
        transaction.Apply(new KeepResponse(id, response));
        AppendRow(transaction, form, response);
        return id;
    });

    /// <summary>
    /// “Edit your response”: overwrites the response's row where it now is and renews its timestamp. A row that was deleted comes back as a
    /// new one.
    /// </summary>
    public void Edit(string spreadsheetId, string responseId, IReadOnlyDictionary<string, string> answers, string? email = null) => store.Write(spreadsheetId, transaction =>
    {
        var form = FormOf(transaction);
        var old = transaction.Spreadsheet.FindResponse(responseId) ?? throw new SheetsException("There is no such response.");
        var response = old with { Email = email ?? old.Email, Answers = ById(form, answers), SubmittedAt = transaction.Now };
        transaction.Apply(new KeepResponse(responseId, response));
        var row = transaction.Spreadsheet.FindSheet(form.SheetId)?.RowOfResponse(responseId) ?? -1;
        if (row < 0)
            AppendRow(transaction, form, response);
        else
            FillRow(transaction, form, response, row);
    });

    private static FormDefinition FormOf(Transaction transaction) =>
        transaction.Spreadsheet.Form ?? throw new SheetsException("No form is linked to this spreadsheet.");

    private static FormDefinition WithIds(FormDefinition form, FormDefinition? before)
    {
        var known = before?.Questions.GroupBy(q => q.Title, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal) ?? [];
        var used = (before?.Questions.Select(q => q.Id) ?? []).Concat(form.Questions.Select(q => q.Id)).ToHashSet(StringComparer.Ordinal);
        var next = 1;
        return form with { Sections = [.. form.Sections.Select(s => s with { Questions = [.. s.Questions.Select(q => q.Id.Length > 0 ? q : q with { Id = Id(q) })] })] };

        string Id(FormQuestion question)
        {
            if (known.TryGetValue(question.Title, out var id))
                return id;
            while (!used.Add($"{next}"))
                next++;
            return $"{next}";
        }
    }

    private static Dictionary<string, string> ById(FormDefinition form, IReadOnlyDictionary<string, string> answers)
    {
        var byId = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in form.Questions)
        {
            if (answers.TryGetValue(question.Id, out var answer) || answers.TryGetValue(question.Title, out answer))
                byId[question.Id] = answer;
        }
        return byId;
    }

    /// <summary>The tab, brought back if someone deleted it.</summary>
    private static Sheet SheetOf(Transaction transaction, FormDefinition form)
    {
        if (transaction.Spreadsheet.FindSheet(form.SheetId) is { } sheet)
            return sheet;
        var number = 1;
        while (transaction.Spreadsheet.FindSheet($"Form Responses {number}") is not null)
            number++;
        transaction.Apply(new AddSheet(new SheetLayout { SheetId = form.SheetId, Title = $"Form Responses {number}", RowCount = 100, FrozenRows = 1 }, 0));
        return transaction.Spreadsheet.SheetOf(form.SheetId);
    }

    private static IEnumerable<(string Field, string Header)> Fields(FormDefinition form)
    {
        yield return (FormFields.Timestamp, "Timestamp");
        if (form.CollectEmail)
            yield return (FormFields.Email, "Email Address");
        foreach (var question in form.Questions)
            yield return (FormFields.Question(question.Id), question.Title);
    }

    /// <summary>Gives every field a column. A header that a person has retyped in the sheet stays until the question itself is renamed.</summary>
    private static void EnsureColumns(Transaction transaction, FormDefinition form, FormDefinition? before = null)
    {
        var sheet = SheetOf(transaction, form);
        var titles = before is null ? [] : Fields(before).ToDictionary(f => f.Field, f => f.Header, StringComparer.Ordinal);
        foreach (var (field, header) in Fields(form))
        {
            var column = sheet.Layout.ColumnOfField(field);
            var isNew = column < 0;
            if (isNew)
                column = AddColumn(transaction, sheet, field);
            if (!isNew && titles.GetValueOrDefault(field, header) == header)
                continue;
            var cell = isNew || sheet[0, column] is not { } old ? new Cell(Value: null, Format: HeaderFormat) : old;
            transaction.Apply(new SetCells(sheet.Id, 0, column, [[cell.WithContent(header)]]));
        }
    }

    private static readonly CellFormat HeaderFormat = CellFormat.Of("""{"textFormat":{"bold":true}}""");

    private static int AddColumn(Transaction transaction, Sheet sheet, string field)
    {
        var last = -1;
        foreach (var (index, layout) in sheet.Layout.Columns)
            last = layout.FormField is not null ? index : last;
        var column = last + 1;
        if (column >= sheet.Layout.ColumnCount || sheet.EndOfContent(column, column + 1) > 0)
            transaction.Apply(new InsertColumns(sheet.Id, column, 1, InheritFromBefore: false));
        transaction.Apply(new SetLayout(sheet.Layout.WithColumn(column, sheet.Layout.Column(column) with { FormField = field, PixelSize = ColumnWidth })));
        return column;
    }

    private static void AppendRow(Transaction transaction, FormDefinition form, FormResponse response)
    {
        EnsureColumns(transaction, form);
        var sheet = SheetOf(transaction, form);
        // After the last row that anyone wrote into the form's columns. It is a new row: what people keep beside or below moves down.
        var columns = sheet.Layout.Columns.Where(c => c.Value.FormField is not null).Select(c => c.Key).ToList();
        var row = 1;
        for (var i = sheet.UsedRows - 1; i > 0 && row == 1; i--)
        {
            if (columns.Exists(c => sheet[i, c] is { HasValue: true }))
                row = i + 1;
        }
        transaction.Apply(new InsertRows(sheet.Id, row, 1, InheritFromBefore: row > 1));
        transaction.Apply(new TagRow(sheet.Id, row, response.Id));
        FillRow(transaction, form, response, row);
    }

    private static void FillRow(Transaction transaction, FormDefinition form, FormResponse response, int row)
    {
        EnsureColumns(transaction, form);
        var sheet = SheetOf(transaction, form);
        var spreadsheet = transaction.Spreadsheet;
        foreach (var (field, _) in Fields(form))
        {
            var column = sheet.Layout.ColumnOfField(field);
            var old = sheet[row, column];
            var cell = field switch
            {
                FormFields.Timestamp => new EnteredValue(SerialDate.From(response.SubmittedAt, spreadsheet.Zone), NumberType: "DATE_TIME", Pattern: TimestampPattern).Into(old),
                FormFields.Email => (old ?? Cell.Blank).WithContent(response.Email),
                _ => Answer(transaction, form, response.Answers.GetValueOrDefault(field[2..]), old),
            };
            transaction.Apply(new SetCells(sheet.Id, row, column, [[cell]]));
        }
    }

    private static Cell Answer(Transaction transaction, FormDefinition form, string? text, Cell? old)
    {
        if (string.IsNullOrEmpty(text))
            return (old ?? Cell.Blank).WithContent(value: null);
        if (!form.ConvertAnswers || old?.Format?.NumberType is "TEXT")
            return (old ?? Cell.Blank).WithContent(text);
        return EnteredValue.OfAnswer(text, transaction.Spreadsheet.Properties.Locale, transaction.Today).Into(old);
    }
}
