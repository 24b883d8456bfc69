using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>Somebody who can be written to.</summary>
public sealed record Person(string Name, string Address)
{
    /// <summary>What is shown of the person: the name, or what stands before the @.</summary>
    public string Display => string.IsNullOrWhiteSpace(Name) ? Address.Split('@')[0] : Name;

    /// <summary>Stands for the address where the address itself must not stand: in ids, links and logs. Eight hexadecimal digits.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Address.Trim().ToLowerInvariant())))[..8];

    /// <summary>Addresses are compared without case: no mail service in a school tells Ana@ and ana@ apart.</summary>
    public bool Is(Person other) => string.Equals(Address.Trim(), other.Address.Trim(), StringComparison.OrdinalIgnoreCase);
}

/// <summary>A person holds a role; with dates, from the first to the last of them, both included.</summary>
/// <param name="For">Only where this is the answer that the role depends on, such as a campus; null: where nobody is named for the answer.</param>
public sealed record Assignment(string Role, Person Person, DateOnly? From = null, DateOnly? Until = null, string? For = null)
{
    public bool Covers(DateOnly day) => (From is null || From <= day) && (Until is null || day <= Until);

    /// <summary>Compared as headers are, without case and surplus blanks; of several ticked boxes each counts.</summary>
    public bool IsFor(string answer) =>
        For is { } wanted && answer.Split(',').Append(answer).Any(part => HeaderText.Same(part, wanted));
}

/// <summary>Somebody stands in for a person on these days, in every role that the person holds.</summary>
public sealed record Substitution(string AbsentAddress, Person Substitute, DateOnly From, DateOnly Until)
{
    public bool Covers(DateOnly day) => From <= day && day <= Until;
}

/// <summary>Who holds which role on which day. Looked up when it is needed, never pinned.</summary>
public sealed record Roster(ImmutableArray<Assignment> Assignments, ImmutableArray<Substitution> Substitutions)
{
    public static readonly Roster Empty = new([], []);

    /// <summary>Whether the role is asked in this district at all: a stage whose roles nobody can be asked for is off.</summary>
    public bool MayAsk(StageRole role) => role.Asked is Holder.Sponsor || Assignments.Any(assignment => assignment.Role == role.Key);

    /// <summary>Everybody who holds the role, whatever answer it depends on.</summary>
    public ImmutableArray<Person> Holders(string role, DateOnly day) =>
        PeopleOf(Assignments.Where(assignment => assignment.Role == role && assignment.Covers(day)), day);

    /// <summary>Those who hold the role where this was answered; if nobody is named for the answer, those who hold it everywhere else.</summary>
    public ImmutableArray<Person> HoldersFor(string role, string answer, DateOnly day)
    {
        var assignments = Assignments.Where(assignment => assignment.Role == role && assignment.Covers(day)).ToList();
        return PeopleOf(assignments.Exists(assignment => assignment.IsFor(answer))
            ? assignments.Where(assignment => assignment.IsFor(answer))
            : assignments.Where(assignment => assignment.For is null), day);
    }

    /// <summary>Each once, with substitutes in the place of those who are away.</summary>
    ImmutableArray<Person> PeopleOf(IEnumerable<Assignment> assignments, DateOnly day)
    {
        var holders = ImmutableArray.CreateBuilder<Person>();
        foreach (var assignment in assignments)
        {
            var substitution = Substitutions.FirstOrDefault(s =>
                s.Covers(day) && string.Equals(s.AbsentAddress, assignment.Person.Address, StringComparison.OrdinalIgnoreCase));
            var person = substitution?.Substitute ?? assignment.Person;
            if (!holders.Any(person.Is)) holders.Add(person);
        }

        return holders.ToImmutable();
    }
}
