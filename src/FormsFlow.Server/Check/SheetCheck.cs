using System.Text.Json;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using FormsFlow.GoogleSheets;
using FormsFlow.GoogleSheets.Inspection;

namespace FormsFlow.Server.Check;

/// <summary>One form's spreadsheet: whether it can be read and written, and how each question is understood.</summary>
/// <param name="installation">The store's; null if it was not started yet.</param>
sealed class SheetCheck(SpreadsheetInspector inspector, ResponseSheetSettings sheet, Form form, int index, TimeZoneInfo? zone, string? installation)
{
    /// <summary>Settings to paste, as lines of JSON.</summary>
    public List<string> Mapping { get; } = [];

    string Key => form.Key.Length > 0 ? form.Key : $"form {index}";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        SpreadsheetInspection seen;
        try
        {
            seen = await inspector.InspectAsync(sheet, OwnColumns.Keyed(form), cancellationToken);
        }
        catch (SheetUnavailableException e)
        {
            findings.Add(Finding.Problem($"{Key}: sheet", SheetRemedy.TextOf(e), SheetRemedy.For(e.Trouble, inspector.Account, index)));
            return findings;
        }

        findings.Add(Finding.Good($"{Key}: sheet", $"'{seen.Title}' is shared with {inspector.Account}; responses are in '{seen.ResponseTab}'"));
        if (zone is not null && !SameTime(seen.TimeZone, zone))
            findings.Add(Finding.Warning($"{Key}: time zone", $"the spreadsheet's is {seen.TimeZone}, the district's {zone.Id}", "In the spreadsheet: File, Settings, Time zone. Timestamps are read in the spreadsheet's."));
        if (seen.Owner is { } owner && owner != installation) findings.Add(OfAnother(owner));
        findings.Add(await WritingAsync(seen, cancellationToken));
        Columns(seen, findings);
        return findings;
    }

    async Task<Finding> WritingAsync(SpreadsheetInspection seen, CancellationToken cancellationToken)
    {
        try
        {
            await inspector.TryWritingAsync(sheet, seen.SheetId, cancellationToken);
        }
        catch (SheetUnavailableException e)
        {
            return Finding.Problem($"{Key}: writing", SheetRemedy.TextOf(e), SheetRemedy.For(e.Trouble, inspector.Account, index));
        }

        return seen.Barred is []
            ? Finding.Good($"{Key}: writing", "the account may edit it")
            : Finding.Problem($"{Key}: writing", $"the account may not edit {string.Join(", ", seen.Barred)}", $"In the sheet, Data, Protected sheets and ranges: let {inspector.Account} edit it.");
    }

    /// <summary>A store that was not started yet may be one of an earlier release, which knows the sheet's proposals and goes on with it.</summary>
    Finding OfAnother(string owner) => installation is null
        ? Finding.Problem($"{Key}: installation", $"the installation {owner} works on this sheet, and this store was not started yet",
            "If this store is to go on with its proposals: import them first, or restore the store's backup (docs/moving.md). As long as it knows none of them, it leaves the sheet alone. "
            + "A store of an earlier release, which knows them, takes the sheet over when it is started.")
        : Finding.Problem($"{Key}: installation", $"another installation ({owner}) works on this sheet; this one ({installation}) leaves it alone",
            $"Stop one of the two. If this one is to go on: bring along what only the other's store knows (docs/moving.md), or everybody is asked again; then stop the other, and delete the column '{OwnColumns.Id}' beside the responses.");

    void Columns(SpreadsheetInspection seen, List<Finding> findings)
    {
        var own = OwnColumns.Of(form);
        var timestamps = form.Layout.Timestamp.Select(HeaderText.Normalize).ToHashSet(StringComparer.Ordinal);
        var timestamp = seen.Headers.FirstOrDefault(header => timestamps.Contains(HeaderText.Normalize(header)));
        var bound = form.Layout.Bind(seen.Headers, [.. own, .. seen.Own.Select(column => column.Header), timestamp ?? ""]);

        if (timestamp is null) findings.Add(Finding.Problem($"{Key}: Timestamp", $"no column is called {string.Join(" or ", form.Layout.Timestamp.Take(3).Select(name => $"'{name}'"))}",
            "Google writes it into the first column. Put the header back, or name it in Questions:Timestamp."));
        foreach (var column in bound.Columns.Where(column => column.Part is not null))
            findings.Add(Finding.Good($"{Key}: {column.Part}", $"\u2190 '{Short(column.Question)}'"));

        var unknown = bound.Columns.Where(column => column.Part is null).Select(column => column.Question).Distinct(StringComparer.Ordinal).ToList();
        var guesses = ColumnGuess.Of(unknown, bound.Missing);
        foreach (var part in bound.Missing) findings.Add(Missing(part, guesses.FirstOrDefault(guess => guess.Part == part)));
        foreach (var question in unknown.Where(question => guesses.All(guess => guess.Header != question)))
            findings.Add(Finding.Note($"{Key}: own question", $"'{Short(question)}' is shown to everybody as it is"));

        var missing = own.Except(seen.Own.Select(column => column.Column.Name)).ToList();
        findings.Add(missing is []
            ? Finding.Good($"{Key}: own columns", string.Join(", ", own))
            : Finding.Note($"{Key}: own columns", $"{string.Join(", ", missing)} will be made beside the responses at the first start"));
        foreach (var (column, header) in seen.Own.Where(column => !IsHeaded(column.Header, column.Column.Name)))
            findings.Add(Finding.Note($"{Key}: own columns", $"'{Short(header)}' is the column '{column.Name}' under another name; it gets its name back"));
        findings.Add(seen.Tabs.Contains(sheet.DashboardTab, StringComparer.OrdinalIgnoreCase)
            ? Finding.Good($"{Key}: dashboard", $"the tab '{sheet.DashboardTab}'")
            : Finding.Note($"{Key}: dashboard", $"the tab '{sheet.DashboardTab}' will be made at the first start"));
    }

    static bool IsHeaded(string header, string column) => HeaderText.Same(header, column) || HeaderText.Same(header, OwnColumns.Alias(column));

    Finding Missing(ProposalPart part, Guess? guess)
    {
        var what = $"{Key}: {part}";
        var isNeeded = FormLayout.Indispensable.Contains(part);
        if (guess is not null)
        {
            Mapping.Add($"{JsonSerializer.Serialize($"FormsFlow:Forms:{index}:Questions:{part}")}: {JsonSerializer.Serialize(guess.Header, Readable)},");
            var text = $"no question is known by its text; '{Short(guess.Header)}' is {guess.HowSure}";
            return isNeeded ? Finding.Problem(what, text, "See the lines to paste below.") : Finding.Warning(what, text, "See the lines to paste below.");
        }

        return isNeeded
            ? Finding.Problem(what, "no question asks for it, and no proposal can be read without it", $"Name the question in FormsFlow:Forms:{index}:Questions:{part}, or add one to the form.")
            : Finding.Note(what, "not asked");
    }

    static bool SameTime(string name, TimeZoneInfo zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var other) && (other.HasSameRules(zone) || other.Id == zone.Id);

    static string Short(string text) => text.Length > 60 ? text[..60] + "\u2026" : text;

    static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
