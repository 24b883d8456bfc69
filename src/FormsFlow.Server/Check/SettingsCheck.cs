using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Server.Serve;

namespace FormsFlow.Server.Check;

/// <summary>What the settings say: whether they can be understood, and whether they are meant so.</summary>
static class SettingsCheck
{
    public static IEnumerable<Finding> Look(ServeSetup setup, string? file, TimeProvider time)
    {
        var where = file is null ? "environment variables (there is no local.settings.json here)" : Path.GetFullPath(file);
        if (setup.Problems.Count == 0) yield return Finding.Good("Settings", where);
        // Each of those that follow is a problem; their heading is none.
        else yield return Finding.Note("Settings", $"{where}: {(setup.Problems.Count == 1 ? "one setting is" : $"{setup.Problems.Count} settings are")} wrong");
        foreach (var problem in setup.Problems)
            yield return Told(problem);

        foreach (var doubt in setup.Doubts)
            yield return Finding.Warning("Environment", doubt, "Correct the variable's name (with __ for :). If it is another program's, nothing is wrong.");

        if (setup.Reading.Installation is not { } installation) yield break;
        foreach (var finding in Calendar(installation, time)) yield return finding;
        foreach (var form in installation.Forms)
            foreach (var finding in Process(form, installation, time)) yield return finding;
        foreach (var finding in Addresses(setup, installation)) yield return finding;
        if (PublishedSecrets.Among(setup.Options).ToList() is { Count: > 0 } published)
            yield return Finding.Warning(
                "Secrets", $"{string.Join(" and ", published.Select(setting => $"FormsFlow:{setting}"))} of the sample are known to everybody",
                "Make your own (openssl rand -base64 32). At an address that people can reach, FormsFlow does not start with these.");
    }

    /// <summary>What is wrong is said before what would be right.</summary>
    static Finding Told(string problem) => (problem.Split("; ", 2), problem.Split(". ", 2)) switch
    {
        ([var what, var right], _) => Finding.Problem("Setting", what, right),
        (_, [var what, { Length: > 0 } right]) => Finding.Problem("Setting", what, right),
        _ => Finding.Problem("Setting", problem, "Correct it (docs/settings.md), and run check again."),
    };

    static IEnumerable<Finding> Calendar(Installation installation, TimeProvider time)
    {
        var calendar = installation.Calendar;
        var today = calendar.DayOf(time.GetUtcNow());
        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), calendar.Zone);
        yield return Finding.Good("Calendar", $"{calendar.Zone.Id}, now {local:dddd, MMMM d, yyyy, h:mm tt}; next working day {calendar.Next(today):dddd, MMMM d}");
        if (calendar.Holidays.IsEmpty) yield return Finding.Warning("Holidays", "none: reminders and deadlines count every weekday", "List the district's days off in FormsFlow:Holidays.");
        else if (calendar.Holidays.All(day => day < today)) yield return Finding.Warning("Holidays", $"the last one was {calendar.Holidays.Max():MMMM d, yyyy}", "Add this school year's days off to FormsFlow:Holidays.");
    }

    static IEnumerable<Finding> Process(Form form, Installation installation, TimeProvider time)
    {
        var what = $"{form.Key}: process";
        var today = installation.Calendar.DayOf(time.GetUtcNow());
        yield return Finding.Good(what, Stages(form));
        var asked = string.Join(", ", form.Parties.DistinctBy(party => party.Role.Key).Select(party => $"{party.Role.Title}: {(party.Role.Asked is Holder.Sponsor ? "whoever proposes" : string.Join(" and ", form.Roster.Holders(party.Role.Key, today).Select(person => person.Display)))}"));
        var pace = form.Pace;
        var paces = PaceText.Of(form, today);
        yield return Finding.Good(what, paces is [var only] ? $"{asked}; {only.Pace} (working days)" : asked);
        if (paces.Count > 1)
            foreach (var (stages, text) in paces) yield return Finding.Good(what, $"{stages}: {text} (working days)");
        if (!form.Process.SendsAllNotices()) yield return Finding.Note(what, "only the sponsor hears by mail how a proposal ends, and nobody that it came in");

        foreach (var deaf in form.Process.Stages.Select(stage => stage.Pace).Where(each => each.EscalateAfter is not null && form.Roster.Holders(each.EscalateTo ?? "", today).IsEmpty).DistinctBy(each => each.EscalateTo))
            yield return Finding.Warning(what, $"only the administrators hear of delays after {deaf.EscalateAfter} working days", $"Name somebody in People:{deaf.EscalateTo}, or set EscalateAfter to never.");
        if (pace is { ExpireAfter: { } end, RemindAfter: [.., var last] } && last >= end)
            yield return Finding.Warning(what, $"the reminder after {last} working days comes when waiting has ended ({end})", "Remind earlier, or set ExpireAfter later.");
        if (form.Parties.SelectMany(party => form.Roster.Holders(party.Role.Key, today)).GroupBy(person => person.Key).Any(group => group.Count() >= form.Parties.Length && form.Parties.Length > 1))
            yield return Finding.Warning(what, "one person holds every role", "Fine for a trial. For real use, name the people who decide.");
    }

    /// <summary>The process as it was understood: what comes in which order, and what is off.</summary>
    static string Stages(Form form)
    {
        var isOn = form.Process.Stages.ToLookup(stage => PaceText.IsOn(stage, form), stage => stage.Title);
        return $"{form.Process.Name}: {string.Join(" \u2192 ", isOn[true])}{(isOn[false].Any() ? $"; off, because nobody holds their roles: {string.Join(", ", isOn[false])}" : "")}";
    }

    /// <summary>An address whose domain is almost everybody else's is most likely a slip.</summary>
    static IEnumerable<Finding> Addresses(ServeSetup setup, Installation installation)
    {
        var addresses = installation.Forms.SelectMany(form => form.Roster.Assignments.Select(assignment => assignment.Person).Concat(form.Roster.Substitutions.Select(substitution => substitution.Substitute)))
            .Concat(installation.Administrators).Select(person => person.Address).Append(setup.Mail?.From.Address ?? "").Where(address => address.Contains('@', StringComparison.Ordinal))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var domains = addresses.GroupBy(address => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant()).OrderByDescending(group => group.Count()).ToList();
        yield return Finding.Good("People", $"{addresses.Count} addresses, in {string.Join(", ", domains.Take(3).Select(domain => domain.Key))}{(domains.Count > 3 ? ", \u2026" : "")}");
        foreach (var odd in domains.Skip(1).Where(domain => Slip(domain.Key, domains[0].Key)))
            foreach (var address in odd)
                yield return Finding.Warning("People", $"{address} is at {odd.Key}, most others at {domains[0].Key}", "Check how it is spelled.");
    }

    static bool Slip(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 1) return false;
        var same = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = left.Reverse().Zip(right.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return Math.Max(left.Length, right.Length) - same - end <= 2;
    }
}
