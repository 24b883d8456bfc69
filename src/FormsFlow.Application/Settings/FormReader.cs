using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Settings;

/// <summary>Understands one form's settings.</summary>
static partial class FormReader
{
    public static Form Read(SettingTexts texts, FormOptions options)
    {
        var key = texts.Needed("Key", options.Key, "a short word that never changes, such as proposals");
        if (key.Length > 0 && !KeyPattern().IsMatch(key)) texts.Problem("Key", $"is '{key}'", "it should be 1 to 40 lowercase letters, digits and dashes, such as proposals");
        texts.Needed("Spreadsheet", options.Spreadsheet, "the address of the response spreadsheet, as the browser shows it");

        Uri? address = null;
        if (!string.IsNullOrWhiteSpace(options.Address) && !HttpAddress.TryRead(options.Address.Trim(), out address))
            texts.Problem("Address", $"is '{ShownAddress.Of(options.Address)}'", "it should be the form's address, such as https://forms.gle/…, or be left out");

        var process = Process(texts, options);
        return new Form(
            key, string.IsNullOrWhiteSpace(options.Title) ? "Product proposals" : options.Title.Trim(), Layout(texts, options), process ?? DistrictProcedure.Definition,
            Roster(texts, options, process), address);
    }

    static FormLayout Layout(SettingTexts texts, FormOptions options)
    {
        var headers = FormLayout.Default.Headers;
        var timestamp = FormLayout.Default.Timestamp;
        foreach (var (name, question) in options.Questions)
        {
            ImmutableArray<string> wordings = [.. (question ?? "").Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            if (string.Equals(name, nameof(FormLayout.Timestamp), StringComparison.OrdinalIgnoreCase)) timestamp = wordings;
            else if (Enum.TryParse<ProposalPart>(name, ignoreCase: true, out var part) && Enum.IsDefined(part) && !char.IsAsciiDigit(name[0])) headers = headers.SetItem(part, wordings);
            else texts.Problem($"Questions:{name}", "is not a part of a proposal", $"it should be one of {string.Join(", ", Enum.GetNames<ProposalPart>())}, Timestamp");
        }

        var order = texts.Word("DateOrder", options.DateOrder, DateOrder.MonthFirst, ("MonthFirst", DateOrder.MonthFirst), ("DayFirst", DateOrder.DayFirst));
        ImmutableArray<string> ignored = [.. (options.IgnoredColumns ?? "").Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return new FormLayout(headers, ignored, order) { Timestamp = timestamp };
    }

    /// <returns>Null if a process is set and cannot be used.</returns>
    static ProcessDefinition? Process(SettingTexts texts, FormOptions options)
    {
        var onDenial = texts.Word("OnDenial", options.OnDenial, OnDenial.CloseAtOnce, ("CloseAtOnce", OnDenial.CloseAtOnce), ("WaitForAll", OnDenial.WaitForAll));
        var escalate = texts.Days("EscalateAfter", options.EscalateAfter, DistrictProcedure.DefaultPace.EscalateAfter!.Value);
        var expire = texts.Days("ExpireAfter", options.ExpireAfter, DistrictProcedure.DefaultPace.ExpireAfter!.Value);
        var pace = new Pace(Reminders(texts, options.RemindAfter), escalate, DistrictProcedure.Escalation, expire);
        var notices = texts.Word("Notices", options.Notices, Notices.All, ("All", Notices.All), ("SponsorOutcome", Notices.SponsorOutcome)) is Notices.SponsorOutcome
            ? Notices.SponsorOutcome
            : (Notices?)null;
        var process = string.IsNullOrWhiteSpace(options.Process)
            ? DistrictProcedure.Create(pace, onDenial) with { Notices = notices }
            : ProcessFile.Read(texts, options.Process, pace, onDenial, notices);
        if (process is null) return null;

        var problems = ProcessCheck.Problems(process);
        foreach (var problem in problems) texts.Problem("Process", "cannot work", problem.TrimEnd('.'));
        return problems.IsEmpty ? process : null;
    }

    static ImmutableArray<int> Reminders(SettingTexts texts, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return DistrictProcedure.DefaultPace.RemindAfter;
        var days = SettingTexts.Split(text).Select(part => texts.Days("RemindAfter", part, 1)).ToArray();
        return [.. days.OfType<int>().Distinct().Order()];
    }

    static Roster Roster(SettingTexts texts, FormOptions options, ProcessDefinition? process) => new(
        process is null ? [] : [.. Assignments(texts, options, process), .. Former(texts, options)],
        [.. options.Substitutes.Select((line, i) => Substitute(texts, i, line)).OfType<Substitution>()]);

    static IEnumerable<Assignment> Former(SettingTexts texts, FormOptions options) =>
        from role in options.FormerPeople
        from person in texts.People($"FormerPeople:{role.Key}", role.Value, needed: false)
        select new Assignment(role.Key.Replace('_', '-'), person);

    static ImmutableArray<Assignment> Assignments(SettingTexts texts, FormOptions options, ProcessDefinition process)
    {
        var roles = process.Stages.SelectMany(stage => stage.Roles).Where(role => role.Asked is not Holder.Sponsor).Select(role => role.Key)
            .Concat(process.Stages.Select(stage => stage.Pace.EscalateTo).OfType<string>())
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var people = People(texts, options, roles);
        var required = process.Stages.Where(stage => stage.Required).SelectMany(stage => stage.Roles).Select(role => role.Key).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<Assignment> assignments =
        [
            .. from role in roles
               let written = people.GetValueOrDefault(role, (Name: role, Text: null))
               from assignment in Assignments(texts, role, $"People:{written.Name}", written.Text, required.Contains(role), process)
               select assignment,
        ];
        var votes = process.Stages.Where(stage => stage.Kind is StageKind.Vote).ToList();
        if (!votes.Exists(stage => stage.Required || stage.Roles.Any(new Roster(assignments, []).MayAsk)))
            texts.Problem("People", "names nobody who votes", $"it should have somebody for {string.Join(" or ", votes.SelectMany(stage => stage.Roles).Select(role => role.Key))}");
        return assignments;
    }

    static IEnumerable<Assignment> Assignments(SettingTexts texts, string role, string setting, string? people, bool needed, ProcessDefinition process) =>
        process.RoleOf(role)?.Asked is Holder.RosterByAnswer
            ? texts.PeopleByAnswer(setting, people, needed).Select(entry => new Assignment(role, entry.Person, For: entry.For))
            : texts.People(setting, people, needed).Select(person => new Assignment(role, person));

    /// <summary>By role, with the name that the setting has: an underscore stands for the dash where such a name may have none, as in Azure.</summary>
    static Dictionary<string, (string Name, string? Text)> People(SettingTexts texts, FormOptions options, List<string> roles)
    {
        var people = new Dictionary<string, (string Name, string? Text)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in options.People)
        {
            var role = name.Replace('_', '-');
            if (!roles.Contains(role, StringComparer.OrdinalIgnoreCase)) texts.Problem($"People:{name}", "is not a role of the process", $"it should be one of {string.Join(", ", roles)}; if proposals in review began with it, keep its people as FormerPeople:{name}");
            else if (!people.TryAdd(role, (name, text))) texts.Problem($"People:{name}", $"names the same role as People:{people[role].Name}", "keep one of the two");
        }

        return people;
    }

    static Substitution? Substitute(SettingTexts texts, int index, string? line)
    {
        if (line is { Length: < 1_000 } && SubstitutePattern().Match(line) is { Success: true } match
            && DayRange.Read(match.Groups["days"].Value) is { } days
            && PeopleText.Read(match.Groups["person"].Value).People is [var person])
            return new Substitution(match.Groups["absent"].Value, person, days.From, days.Until);

        texts.Problem($"Substitutes:{index}", $"is '{line}'", "it should be who is away, the days, and the substitute: ana@district.org 2026-12-01..2026-12-15 Ben Ray <ben@district.org>");
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^\s*(?<absent>[^\s@]+@[^\s@]+)\s+(?<days>\S+)\s+(?<person>.+)$", RegexOptions.None, 1000)]
    private static partial Regex SubstitutePattern();
}
