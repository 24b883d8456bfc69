using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Finds open proposals that wait for somebody who is not there. A proposal keeps the process that it began with; a stage or a role of it
/// that was taken out of the settings since, together with its people, can be answered by nobody.
/// </summary>
public sealed partial class StrandedProposals(
    IProposalStore store, Installation installation, Troubles troubles, TimeProvider time, ILogger<StrandedProposals> logger)
{
    /// <summary>What the last look found.</summary>
    HashSet<string> _found = [];

    /// <summary>Reports what it finds among the <see cref="Troubles"/>, one for each form and role, and takes back what is over.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, form) in installation.Forms.Index())
            foreach (var role in await RolesAsync(form, cancellationToken))
            {
                var key = $"people/{form.Key}/{role}";
                found.Add(key);
                Report(key, i, form, role);
            }

        foreach (var over in _found.Except(found)) troubles.Solve(over);
        _found = found;
    }

    /// <returns>Roles that proposals of the form wait for, and that nobody holds.</returns>
    async Task<IReadOnlyCollection<string>> RolesAsync(Form form, CancellationToken cancellationToken)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        var today = installation.Calendar.DayOf(time.GetUtcNow());
        await foreach (var entry in store.ListAsync(form.Key, cancellationToken))
            if (entry.Status is ProposalStatus.InReview && await store.LoadAsync(entry.Id, cancellationToken) is { State.Dossier: var dossier })
                roles.UnionWith(WaitedFor(dossier).Where(role => dossier.Holders(form.Roster, role, today).IsEmpty));
        return roles;
    }

    static IEnumerable<string> WaitedFor(Dossier dossier) =>
        dossier.Stages.Where(stage => stage.Status is StageStatus.Open).SelectMany(stage => stage.Ballots).Where(ballot => ballot.Vote is null).Select(ballot => ballot.Role);

    void Report(string key, int index, Form form, string role)
    {
        var remedy = form.Process.RoleOf(role) is null
            ? $"The form's process has no such role any more: say who answers for it in FormsFlow:Forms:{index}:FormerPeople:{role}, and start FormsFlow again; they go on where they were then."
            : $"Name somebody in FormsFlow:Forms:{index}:People:{role}, and start FormsFlow again; they go on where they were then.";
        if (troubles.Report(key, $"Proposals of the form '{form.Title}' wait for the role '{role}', which nobody holds. {remedy}", passes: false)) Log.Stranded(logger, form.Key, role, remedy);
    }

    static partial class Log
    {
        [LoggerMessage(1548, LogLevel.Error, "Form {Form}: proposals wait for the role {Role}, which nobody holds. {Remedy}")]
        public static partial void Stranded(ILogger logger, string form, string role, string remedy);
    }
}
