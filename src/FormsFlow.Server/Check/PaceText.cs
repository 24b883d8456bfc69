using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Server.Check;

/// <summary>When people are reminded, who hears of a delay and when a stage ends, as it was understood.</summary>
static class PaceText
{
    /// <summary>The stages that are on, those of one pace together.</summary>
    /// <returns>Titles of stages, and their pace in working days.</returns>
    public static IReadOnlyList<(string Stages, string Pace)> Of(Form form, DateOnly today) =>
    [
        .. form.Process.Stages.Where(stage => IsOn(stage, form) && stage.Roles.Any())
            .GroupBy(stage => Of(stage.Pace, form, today), stage => stage.Title, StringComparer.Ordinal)
            .Select(group => (string.Join(", ", group), group.Key)),
    ];

    public static bool IsOn(Stage stage, Form form) => stage.Required || stage.Roles.Any(form.Roster.MayAsk);

    static string Of(Pace pace, Form form, DateOnly today)
    {
        var reminders = pace.RemindAfter.IsEmpty ? "no reminders" : $"reminders after {string.Join(" and ", pace.RemindAfter)}";
        return $"{reminders}, {Delays(pace, form, today)}, {(pace.ExpireAfter is { } days ? $"ends after {days}" : "never ends by itself")}";
    }

    static string Delays(Pace pace, Form form, DateOnly today)
    {
        if (pace.EscalateAfter is not { } days) return "nobody is told of delays";
        var holders = form.Roster.Holders(pace.EscalateTo ?? "", today);
        var who = holders.IsEmpty
            ? $"the administrators{(pace.EscalateTo is { Length: > 0 } role ? $" (nobody is named in People:{role})" : "")} hear"
            : $"{string.Join(" and ", holders.Select(person => person.Display))} {(holders.Length == 1 ? "hears" : "hear")}";
        return $"{who} of delays after {days}";
    }
}
