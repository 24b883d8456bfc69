using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>Finds everything in a definition that would keep a proposal from ever reaching an outcome, all at once and in plain words.</summary>
public static class ProcessCheck
{
    /// <summary>Keys stand in links, and a link has to fit into a line of a mail.</summary>
    const int LongestKey = 40;

    /// <summary>Titles head columns and stand in subjects.</summary>
    const int LongestTitle = 80;

    public static ImmutableArray<string> Problems(ProcessDefinition definition)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        if (string.IsNullOrWhiteSpace(definition.Name)) problems.Add("The process has no name; give it the one that people know, such as Solutions That Work.");
        if (!definition.Stages.Any(stage => stage.Kind is StageKind.Vote))
            problems.Add("No stage votes, so that no proposal can be approved or denied; make one of them a vote.");
        foreach (var key in Repeated(definition.Stages.Select(stage => stage.Key)))
            problems.Add($"Two stages have the key '{key}'; each needs a key of its own.");
        foreach (var stage in definition.Stages) problems.AddRange(Problems(definition, stage));
        if (Circle(definition) is { Count: > 0 } circle)
            problems.Add($"The stages {string.Join(", ", circle.Select(key => $"'{key}'"))} wait for each other, so that none of them would ever open; take one of them out of another's After.");
        problems.AddRange(RoleProblems(definition));
        if (definition.Correction is { } correction) problems.AddRange(Problems("The time for corrections", correction));
        return problems.ToImmutable();
    }

    static IEnumerable<string> Problems(ProcessDefinition definition, Stage stage)
    {
        var name = $"The stage '{stage.Key}'";
        if (!IsKey(stage.Key))
            yield return $"{name} has a key that cannot stand in a link; use at most 40 lowercase letters, digits and dashes, such as committee.";
        if (stage.Title.Length > LongestTitle) yield return $"{name} has a title of {stage.Title.Length} characters; it should have {LongestTitle} at most.";
        foreach (var role in stage.Roles.Where(role => role.Title.Length > LongestTitle))
            yield return $"{name} has the role '{role.Key}' with a title of {role.Title.Length} characters; it should have {LongestTitle} at most.";
        if (string.IsNullOrWhiteSpace(stage.Title)) yield return $"{name} has no title; give it one that people can read, such as Technology check.";
        if (stage.Roles.IsEmpty) yield return $"{name} has no role, so that nobody would be asked; name at least one.";
        foreach (var role in Repeated(stage.Roles.Select(role => role.Key))) yield return $"{name} has the role '{role}' twice; name it once.";
        foreach (var role in stage.Roles.Where(role => string.IsNullOrWhiteSpace(role.Key) || string.IsNullOrWhiteSpace(role.Title)))
            yield return $"{name} has a role without a {(string.IsNullOrWhiteSpace(role.Key) ? "key" : "title")}; give it one, such as {(string.IsNullOrWhiteSpace(role.Key) ? "business" : "Business")}.";
        foreach (var role in stage.Roles.Where(role => !string.IsNullOrWhiteSpace(role.Key) && !IsKey(role.Key)))
            yield return $"{name} has the role '{role.Key}', which cannot stand in a link; use at most 40 lowercase letters, digits and dashes, such as business.";
        if (stage.Rule is Rule.Quorum { Count: < 1 }) yield return $"{name} needs no agreement at all; its quorum should be at least 1.";
        if (stage.Rule is Rule.Quorum quorum && quorum.Count > stage.Roles.Length && !stage.Roles.IsEmpty)
            yield return $"{name} needs {quorum.Count} to agree and has {stage.Roles.Length}; its quorum should be {stage.Roles.Length} at most.";
        foreach (var before in stage.After.Where(before => !definition.Stages.Any(other => other.Key == before)))
            yield return $"{name} waits for '{before}', which is no stage; it should be one of {string.Join(", ", definition.Stages.Select(other => other.Key))}.";
        if (stage.OpensAfter is { } delay && (delay.Months < 0 || delay.WorkingDays < 0 || delay is { Months: 0, WorkingDays: 0 }))
            yield return $"{name} opens after no time at all; it should be at least one working day or month, or be left out.";
        if (stage is { Kind: StageKind.Vote, Choices: { } choices } && !choices.Order().SequenceEqual(ProposalProcess.ChoicesOf(StageKind.Vote)))
            yield return $"{name} votes and offers other choices than approving and denying, so that nothing could be decided; make it a recommendation or a task, or leave its choices out.";
        if (stage.Choices is { } offered && (offered.Length < 2 || offered.Distinct().Count() < offered.Length))
            yield return $"{name} offers {offered.Distinct().Count()} {(offered.Distinct().Count() == 1 ? "choice" : "choices")}, or one of them twice; it should be at least two different ones.";
        foreach (var problem in Problems(name, stage.Pace)) yield return problem;
    }

    /// <summary>A role may be asked in several stages, always in the same way; and what people read must tell the parties apart.</summary>
    static IEnumerable<string> RoleProblems(ProcessDefinition definition)
    {
        foreach (var role in definition.Stages.SelectMany(stage => stage.Roles).GroupBy(role => role.Key, StringComparer.Ordinal).Where(group => group.Select(role => role.Asked).Distinct().Count() > 1))
            yield return $"The role '{role.Key}' is asked of different people in different stages; give one of them another key.";
        foreach (var party in Party.Of(definition).Where(party => party.Title.Length > 0).GroupBy(party => HeaderText.Normalize(party.Title), StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"Two parties are called '{party.First().Title}', so that nobody could tell their decisions apart; give their roles or their stages different titles.";
    }

    static IEnumerable<string> Problems(string name, Pace pace)
    {
        foreach (var days in pace.RemindAfter.Where(days => days < 1)) yield return $"{name} reminds after {days} working days; it should be 1 or more.";
        if (pace.EscalateAfter < 1) yield return $"{name} escalates after {pace.EscalateAfter} working days; it should be 1 or more, or never.";
        if (pace.ExpireAfter < 1) yield return $"{name} ends after {pace.ExpireAfter} working days, before anybody could answer; it should be 1 or more, or never.";
    }

    static bool IsKey(string key) => key.Length is > 0 and <= LongestKey && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    static IEnumerable<string> Repeated(IEnumerable<string> keys) =>
        keys.GroupBy(key => key, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <summary>What is left when every stage that can open has opened; a stage that only waits for one of these is among them.</summary>
    static List<string> Circle(ProcessDefinition definition)
    {
        var known = definition.Stages.Select(stage => stage.Key).ToHashSet(StringComparer.Ordinal);
        var left = definition.Stages.DistinctBy(stage => stage.Key).ToList();
        while (left.RemoveAll(stage => !stage.After.Any(before => known.Contains(before) && left.Exists(other => other.Key == before))) > 0)
        {
        }

        return [.. left.Select(stage => stage.Key)];
    }
}
