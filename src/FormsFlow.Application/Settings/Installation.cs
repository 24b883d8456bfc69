using System.Collections.Immutable;
using FormsFlow.Domain.Calendar;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Settings;

/// <summary>Everything that one installation is told about its district; checked before anything starts.</summary>
/// <param name="District">Shown on every page and mail.</param>
/// <param name="BaseAddress">Where people reach the pages: the beginning of every link.</param>
/// <param name="Administrators">Told of what needs attention.</param>
/// <param name="ShowOthers">Whether a reviewer sees what other parties have said before answering.</param>
/// <param name="ShortestReading">An answer that comes sooner after its page was opened is taken for a machine's.</param>
public sealed record Installation(
    string District,
    Uri BaseAddress,
    WorkingCalendar Calendar,
    ImmutableArray<Person> Administrators,
    ImmutableArray<Form> Forms,
    bool ShowOthers,
    TimeSpan ShortestReading)
{
    public bool Has(string form) => Forms.Any(candidate => candidate.Key == form);

    /// <exception cref="FormMissingException">The settings have no such form.</exception>
    public Form Form(string key) =>
        Forms.FirstOrDefault(form => form.Key == key)
        ?? throw new FormMissingException(key, $"The settings have no form '{key}'; they have: {string.Join(", ", Forms.Select(f => f.Key))}.");

    /// <summary>What a decision about a proposal of the form needs to know of the district.</summary>
    public District DistrictOf(string form) => new(Form(form).Roster, Calendar, Administrators);
}

/// <summary>A proposal's form was taken out of the settings: it rests until the form is put back.</summary>
public sealed class FormMissingException(string form, string message) : KeyNotFoundException(message)
{
    public string Form { get; } = form;
}

/// <param name="Key">Short and stable: it is kept with every proposal.</param>
/// <param name="Title">As people call the form.</param>
/// <param name="Layout">Which question feeds which part.</param>
/// <param name="Process">For proposals that start from now on.</param>
/// <param name="Roster">Who holds which role.</param>
/// <param name="Address">Where the form is filled in; null if nobody said.</param>
public sealed record Form(string Key, string Title, FormLayout Layout, ProcessDefinition Process, Roster Roster, Uri? Address)
{
    /// <summary>Of the stage that decides: the first that is required, or that votes.</summary>
    public Pace Pace => (Process.Stages.FirstOrDefault(stage => stage.Required) ?? Process.Stages.First(stage => stage.Kind is StageKind.Vote)).Pace;

    /// <summary>Those with a column of their own in the sheet: of required stages, and those whose role somebody holds.</summary>
    public ImmutableArray<Party> Parties => [.. Party.Of(Process).Where(party => party.Stage.Required || Roster.MayAsk(party.Role))];
}
