using System.Collections.Immutable;
using System.Globalization;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Settings;

/// <summary>Reads single settings, and gathers what is wrong with them: which setting, what it is, what would be right.</summary>
sealed class SettingTexts(string section, List<string>? problems = null)
{
    public List<string> Problems { get; } = problems ?? [];

    public SettingTexts Below(string part) => new($"{section}:{part}", Problems);

    public void Problem(string setting, string what, string right) => Problems.Add($"{section}:{setting} {Shown(what)}; {right}.");

    /// <summary>Whoever pasted a whole file into a setting need not read it all again; and a message is one line.</summary>
    static string Shown(string text)
    {
        var line = new string([.. text.Take(Longest).Select(c => char.IsControl(c) ? ' ' : c)]);
        return text.Length > Longest ? $"{line}\u2026'" : line;
    }

    const int Longest = 200;

    public string Needed(string setting, string? text, string right)
    {
        if (!string.IsNullOrWhiteSpace(text)) return text.Trim();
        Problem(setting, "is empty", $"it should be {right}");
        return "";
    }

    public int Number(string setting, string? text, int otherwise, int least, int most)
    {
        if (string.IsNullOrWhiteSpace(text)) return otherwise;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Problem(setting, $"is '{text}'", $"it should be a whole number from {least} to {most}");
        return otherwise;
    }

    public T Word<T>(string setting, string? text, T otherwise, params (string Word, T Value)[] words)
    {
        if (string.IsNullOrWhiteSpace(text)) return otherwise;
        foreach (var (word, value) in words)
            if (string.Equals(text.Trim(), word, StringComparison.OrdinalIgnoreCase))
                return value;
        Problem(setting, $"is '{text}'", $"it should be {string.Join(" or ", words.Select(word => word.Word))}");
        return otherwise;
    }

    public TimeOnly Time(string setting, string? text, TimeOnly otherwise)
    {
        if (string.IsNullOrWhiteSpace(text)) return otherwise;
        if (TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Problem(setting, $"is '{text}'", "it should be a time of day such as 08:00");
        return otherwise;
    }

    public ImmutableArray<Person> People(string setting, string? text, bool needed)
    {
        var (people, bad) = PeopleText.Read(text);
        if (bad is not null) Problem(setting, $"contains '{bad}'", $"it should be people such as {PeopleText.Example}");
        else if (needed && people is { IsEmpty: true }) Problem(setting, "is empty", $"it should be people such as {PeopleText.Example}");
        return people ?? [];
    }

    /// <summary>People for each answer of a question, as <see cref="PeopleText.ReadByAnswer"/> reads them.</summary>
    public ImmutableArray<(string? For, Person Person)> PeopleByAnswer(string setting, string? text, bool needed)
    {
        var (people, bad) = PeopleText.ReadByAnswer(text);
        if (bad is not null) Problem(setting, $"contains '{bad}'", $"it should be people behind the answers that they are asked for, such as {PeopleText.ExampleByAnswer}");
        else if (needed && people is { IsEmpty: true }) Problem(setting, "is empty", $"it should be people behind the answers that they are asked for, such as {PeopleText.ExampleByAnswer}");
        return people ?? [];
    }

    /// <summary>Working days, or "never".</summary>
    public int? Days(string setting, string? text, int otherwise)
    {
        if (string.IsNullOrWhiteSpace(text)) return otherwise;
        if (string.Equals(text.Trim(), "never", StringComparison.OrdinalIgnoreCase)) return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 250) return days;
        Problem(setting, $"is '{text}'", "it should be working days from 1 to 250, or never");
        return otherwise;
    }

    public static string[] Split(string text) => text.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
