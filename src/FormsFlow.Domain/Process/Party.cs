using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>A role in one stage: what a table of decisions has a column for.</summary>
/// <param name="Title">
/// The role's; where the same role, or another one of this title, is asked in an earlier stage, with this stage's title behind it.
/// </param>
public sealed record Party(Stage Stage, StageRole Role, string Title)
{
    /// <summary>Every party of a process, whether somebody holds its role or not, so that no title depends on that.</summary>
    public static ImmutableArray<Party> Of(ProcessDefinition definition)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. from stage in definition.Stages
               from role in stage.Roles
               select new Party(stage, role, taken.Add(HeaderText.Normalize(role.Title)) ? role.Title : $"{role.Title} ({stage.Title})"),
        ];
    }

    /// <summary>
    /// What this party was asked and said in a proposal, whose process may be an older one: then by its role alone, because the stage may
    /// have been called otherwise.
    /// </summary>
    public Ballot? BallotIn(Dossier dossier)
    {
        var asked = dossier.Stages.Where(progress => progress.Status is not StageStatus.Skipped).ToList();
        if (dossier.Stages.Any(progress => progress.Stage == Stage.Key)) return asked.Find(progress => progress.Stage == Stage.Key)?.Ballot(Role.Key);
        return Title == Role.Title ? asked.Select(progress => progress.Ballot(Role.Key)).FirstOrDefault(ballot => ballot is not null) : null;
    }
}
