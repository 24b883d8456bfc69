using System.Collections.Immutable;
using FormsFlow.Domain.Calendar;

namespace FormsFlow.Domain.Process;

/// <summary>One decision in the making: what is recorded changes the state at once, so that the next step of the decision sees it.</summary>
sealed class Ledger(ProposalState state, District district, DateTimeOffset now)
{
    readonly ImmutableArray<Event>.Builder _events = ImmutableArray.CreateBuilder<Event>();
    readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();

    public DateTimeOffset Now => now;

    public ProposalState State { get; private set; } = state;

    public Dossier Dossier => ((ProposalState.Known)State).Dossier;

    public WorkingCalendar Calendar => district.Calendar;

    /// <summary>Each once, whatever the settings repeat.</summary>
    public ImmutableArray<Person> Administrators { get; } = [.. district.Administrators.DistinctBy(person => person.Key)];

    /// <summary>Whether anything has happened in this decision so far.</summary>
    public bool IsEmpty => _events.Count == 0;

    public void Record(Event @event)
    {
        State = Evolution.Evolve(State, @event);
        _events.Add(@event);
    }

    /// <summary>Adds an effect of the event recorded last. Its id says which event, what, and to whom: the same again for the same decision.</summary>
    public void Do(string what, Person to, Func<string, int, Effect> effect) =>
        _effects.Add(effect($"{State.Version}/{what}/{to.Key}", State.Version));

    public ImmutableArray<Person> Holders(string role) => Dossier.Holders(district.Roster, role, district.Calendar.DayOf(now));

    public Decision Close() => new(_events.ToImmutable(), _effects.ToImmutable(), State, null);
}
