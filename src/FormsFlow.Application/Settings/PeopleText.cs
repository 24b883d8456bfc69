using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Settings;

/// <summary>People as they are written in settings: <c>Ana Ruiz &lt;ana@district.org&gt;; ben@district.org</c>.</summary>
static partial class PeopleText
{
    public const string ExampleByAnswer = "Lincoln Elementary: Ann Lee <ann.lee@district.org>; Roosevelt Middle: bo@district.org";

    public const string Example = "Ana Ruiz <ana.ruiz@district.org>; ben@district.org";

    /// <summary>A name and an address are shorter by far.</summary>
    const int Longest = 500;

    /// <returns>Null with what could not be read.</returns>
    public static (ImmutableArray<Person>? People, string? Bad) Read(string? text)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        foreach (var part in Parts(text))
        {
            if (PersonOf(part) is not { } person) return (null, part);
            people.Add(person);
        }

        return (people.ToImmutable(), null);
    }

    /// <summary>People, each behind the answer that they are asked for: <c>Lincoln Elementary: Ann Lee &lt;ann@district.org&gt;; …</c>; without an answer, for all others.</summary>
    /// <returns>Null with what could not be read.</returns>
    public static (ImmutableArray<(string? For, Person Person)>? People, string? Bad) ReadByAnswer(string? text)
    {
        var people = ImmutableArray.CreateBuilder<(string?, Person)>();
        foreach (var part in Parts(text))
        {
            // The last colon: a campus may have one in its name, a person has none.
            var end = part.LastIndexOf(':');
            var answer = end < 0 ? null : part[..end].Trim();
            if (answer?.Length == 0 || PersonOf(part[(end + 1)..].Trim()) is not { } person) return (null, part);
            people.Add((answer, person));
        }

        return (people.ToImmutable(), null);
    }

    static string[] Parts(string? text) => (text ?? "").Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static Person? PersonOf(string part) =>
        part.Length <= Longest && Pattern().Match(part) is { Success: true } match && System.Net.Mail.MailAddress.TryCreate(match.Groups["address"].Value, out _)
            ? new Person(match.Groups["name"].Value.Trim(' ', '"'), match.Groups["address"].Value)
            : null;

    [GeneratedRegex(@"^(?:(?<name>[^<>@]*)<\s*(?<address>[^\s<>@,]+@[^\s<>@,]+\.[^\s<>@,]+)\s*>|(?<address>[^\s<>@,]+@[^\s<>@,]+\.[^\s<>@,]+))$", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
