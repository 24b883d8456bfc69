using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Settings;

/// <summary>People as they are written in settings: <c>Ana Ruiz &lt;ana@district.org&gt;; ben@district.org</c>.</summary>
static partial class PeopleText
{
    public const string Example = "Ana Ruiz <ana.ruiz@district.org>; ben@district.org";

    /// <summary>A name and an address are shorter by far.</summary>
    const int Longest = 500;

    /// <returns>Null with what could not be read.</returns>
    public static (ImmutableArray<Person>? People, string? Bad) Read(string? text)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        foreach (var part in (text ?? "").Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Length > Longest || Pattern().Match(part) is not { Success: true } match || !System.Net.Mail.MailAddress.TryCreate(match.Groups["address"].Value, out _)) return (null, part);
            people.Add(new Person(match.Groups["name"].Value.Trim(' ', '"'), match.Groups["address"].Value));
        }

        return (people.ToImmutable(), null);
    }

    [GeneratedRegex(@"^(?:(?<name>[^<>@]*)<\s*(?<address>[^\s<>@,]+@[^\s<>@,]+\.[^\s<>@,]+)\s*>|(?<address>[^\s<>@,]+@[^\s<>@,]+\.[^\s<>@,]+))$", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
