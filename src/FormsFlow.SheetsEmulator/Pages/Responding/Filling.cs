using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Model;
using Microsoft.Extensions.Primitives;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>A form as somebody has filled it in so far: texts by question id, and what is wrong with them.</summary>
/// <param name="Email">The respondent's address.</param>
/// <param name="Answers">By question id; a date as the browser writes it, <c>2027-08-15</c>.</param>
/// <param name="Ticked">Ticked boxes, and the ids of uploaded files, by question id.</param>
/// <param name="Problems">In Google's words, by field name; empty until it was sent.</param>
public sealed partial record Filling(
    string Email, ImmutableDictionary<string, string> Answers, ImmutableDictionary<string, ImmutableArray<string>> Ticked, ImmutableDictionary<string, string> Problems)
{
    public const string EmailField = "email";

    public static readonly Filling Empty = new("", ImmutableDictionary<string, string>.Empty,
        ImmutableDictionary<string, ImmutableArray<string>>.Empty, ImmutableDictionary<string, string>.Empty);

    /// <summary>The name of a question's field.</summary>
    public static string Field(FormQuestion question) => "q." + question.Id;

    public string Answer(FormQuestion question) => Answers.GetValueOrDefault(question.Id, "");

    public bool IsTicked(FormQuestion question, string option) => Ticked.TryGetValue(question.Id, out var ticked) && ticked.Contains(option);

    public string? Problem(string field) => Problems.GetValueOrDefault(field);

    /// <summary>What an earlier response said.</summary>
    public static Filling Of(FormDefinition form, FormResponse response)
    {
        var filling = Empty with { Email = response.Email ?? "" };
        foreach (var question in form.Questions)
        {
            var text = response.Answers.GetValueOrDefault(question.Id, "");
            filling = question.Type switch
            {
                "file" => filling with { Ticked = filling.Ticked.SetItem(question.Id, [.. UploadedFiles.IdsIn(text)]) },
                "checkboxes" => filling with { Ticked = filling.Ticked.SetItem(question.Id, [.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries)]) },
                "date" when DateTime.TryParse(text, CultureInfo.GetCultureInfo("en-US"), out var date) =>
                    filling with { Answers = filling.Answers.SetItem(question.Id, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) },
                _ => filling with { Answers = filling.Answers.SetItem(question.Id, text) },
            };
        }
        return filling;
    }

    /// <summary>What the browser sent. Its line breaks become the single ones that Google keeps; nothing else changes.</summary>
    public static Filling Of(FormDefinition form, IFormCollection sent)
    {
        var filling = Empty with { Email = Text(sent[EmailField]) };
        foreach (var question in form.Questions)
        {
            var values = sent[Field(question)];
            filling = question.Type is "checkboxes" or "file"
                ? filling with { Ticked = filling.Ticked.SetItem(question.Id, [.. values.OfType<string>()]) }
                : filling with { Answers = filling.Answers.SetItem(question.Id, Text(values)) };
        }
        return filling;
    }

    public Filling Without(string questionId) => this with { Answers = Answers.Remove(questionId) };

    public ImmutableArray<string> Files(FormQuestion question) => Ticked.GetValueOrDefault(question.Id, []);

    public Filling WithFiles(FormQuestion question, IEnumerable<string> ids) => this with { Ticked = Ticked.SetItem(question.Id, [.. ids]) };

    public Filling WithProblem(string field, string problem) => this with { Problems = Problems.SetItem(field, problem) };

    /// <summary>The same, with what a Google Form would not accept on one of its pages.</summary>
    /// <param name="form">The form.</param>
    /// <param name="page">From 0; the respondent's address stands on the first.</param>
    public Filling Checked(FormDefinition form, int page)
    {
        var problems = Problems.ToBuilder();
        var asksEmail = form.CollectEmail && page == 0;
        if (asksEmail && string.IsNullOrWhiteSpace(Email))
            problems[EmailField] = "This is a required question";
        else if (asksEmail && !Address().IsMatch(Email.Trim()))
            problems[EmailField] = "Must be a valid email address";
        foreach (var question in form.Pages[page].Questions)
        {
            var answer = question.Type is "checkboxes" or "file" ? string.Join(", ", Ticked.GetValueOrDefault(question.Id, [])) : Answer(question);
            if (question.Required && string.IsNullOrWhiteSpace(answer))
                problems[Field(question)] = "This is a required question";
            else if (answer.Length > Limits.CharactersPerCell)
                problems[Field(question)] = "Must be fewer than 50,000 characters";
            else if (question.Type is "date" && answer.Length > 0 && !IsDate(answer, out _))
                problems[Field(question)] = "Invalid date";
            else if (question.Type is "choice" or "dropdown" && answer.Length > 0 && !question.Options.Contains(answer))
                problems[Field(question)] = "Choose one of the options";
        }
        return this with { Problems = problems.ToImmutable() };
    }

    /// <summary>The answers as the form keeps them: ticked boxes as one text, dates as Americans type them, files as links.</summary>
    public Dictionary<string, string> ToAnswers(FormDefinition form, UploadedFiles files) => form.Questions.ToDictionary(q => q.Id, q => q.Type switch
    {
        "file" => string.Join(", ", Files(q).Select(files.LinkTo)),
        "checkboxes" => string.Join(", ", q.Options.Where(o => IsTicked(q, o))),
        "date" when IsDate(Answer(q), out var date) => date.ToString("M/d/yyyy", CultureInfo.InvariantCulture),
        _ => Answer(q),
    }, StringComparer.Ordinal);

    private static bool IsDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static string Text(StringValues values) => values.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    [GeneratedRegex(@"^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
