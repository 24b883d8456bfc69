using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Server.Walk;

/// <summary>How a sample ended, as the sheet and the mails tell it, held against what the sample says.</summary>
/// <param name="Status">The cell beside the response.</param>
/// <param name="Decisions">What the sheet holds in each party's column, by party title; empty where nobody has answered.</param>
/// <param name="Mails">Every mail that was sent about it, to whom and under which subject.</param>
public sealed record WalkResult(
    SampleResponse Sample, string Id, string Status, IReadOnlyDictionary<string, string> Decisions, IReadOnlyList<WalkMail> Mails)
{
    /// <summary>In plain words, what is otherwise than the sample says; nothing if it ended as it should.</summary>
    public IReadOnlyList<string> Differences { get; } =
    [
        .. OfStatus(Sample, Status, Decisions), .. Sample.Parties.SelectMany(party => OfParty(Sample, Status, party.Key, party.Value, AnswerOf(Decisions, party.Key))),
        .. OfSponsor(Sample, Mails),
    ];

    public bool IsAsExpected => Differences.Count == 0;

    /// <summary>"Approved" or "Denied" as the sheet has it; null for no answer.</summary>
    public string? AnswerOf(string party) => AnswerOf(Decisions, party);

    static string? AnswerOf(IReadOnlyDictionary<string, string> decisions, string party) =>
        decisions.GetValueOrDefault(party) is { Length: > 0 } text ? text.Split(" on ", 2)[0] : null;

    static IEnumerable<string> OfStatus(SampleResponse sample, string status, IReadOnlyDictionary<string, string> decisions)
    {
        var isRight = sample.Expected switch
        {
            "Approved" => status == "Approved",
            "Denied" => status == $"Denied by {Titles(sample, (party, _) => AnswerOf(decisions, party) == SheetLine.Word(Choice.Deny))}",
            "Expired" => status == $"Expired: no answer from {Titles(sample, (_, play) => play.Choice is null)}",
            "Duplicate" => status.StartsWith("Duplicate of ", StringComparison.Ordinal),
            _ => status.StartsWith($"{sample.Expected}: ", StringComparison.Ordinal),
        };
        if (!isRight) yield return $"should be {sample.Expected}, ended as {status}";
    }

    /// <summary>Nobody answers other than the sample says. Who would have answered after a denial may have found the review closed.</summary>
    static IEnumerable<string> OfParty(SampleResponse sample, string status, string party, PartyPlay play, string? answer)
    {
        var wanted = play.Choice is { } choice ? SheetLine.Word(choice) : null;
        var cameTooLate = answer is null && sample.Expected == "Denied" && status.StartsWith("Denied by ", StringComparison.Ordinal);
        if (answer == wanted || cameTooLate) yield break;
        yield return $"{party} should have {Told(wanted)}, but the sheet says that it has {Told(answer)}";
    }

    static string Told(string? answer) => answer switch
    {
        null => "given no answer",
        _ => answer.ToLowerInvariant(),
    };

    static IEnumerable<string> OfSponsor(SampleResponse sample, IReadOnlyList<WalkMail> mails)
    {
        var addresses = sample.SponsorAddresses;
        if (addresses.Count == 0) yield break;
        var subject = sample.Expected == "Needs correction" ? "Your proposal needs " : $"{sample.Expected}: ";
        if (!mails.Any(mail => addresses.Contains(mail.To) && mail.Subject.StartsWith(subject, StringComparison.Ordinal)))
            yield return $"no mail '{subject.TrimEnd(' ', ':')} \u2026' went to the sponsor ({string.Join(", ", addresses)})";
    }

    static string Titles(SampleResponse sample, Func<string, PartyPlay, bool> which) =>
        StatusText.List([.. sample.Parties.Where(party => which(party.Key, party.Value)).Select(party => party.Key)]);
}

/// <summary>A mail as far as a walk looks at it.</summary>
/// <param name="To">The address.</param>
public sealed record WalkMail(string To, string Subject);

/// <summary>The walk cannot go on; the message says where.</summary>
public sealed class WalkException(string message) : Exception(message);
