using FormsFlow.Application.Settings;
using FormsFlow.Server.Engine;

namespace FormsFlow.Server.Demo;

/// <summary>Turns the demo's clock on to the next working morning, so that nobody has to wait three days for a reminder.</summary>
static class DemoTime
{
    public static DateTimeOffset NextMorning(DemoClock clock, Installation installation)
    {
        var now = clock.GetUtcNow();
        var tomorrow = installation.Calendar.BeginOf(now, 1);
        return tomorrow > now ? tomorrow.AddMinutes(1) : installation.Calendar.BeginOf(now.AddDays(1), 1).AddMinutes(1);
    }

    public static void MoveToNextMorning(DemoClock clock, Installation installation, EmbeddedEngine engine)
    {
        clock.MoveTo(NextMorning(clock, installation));
        engine.SweepNow();
    }
}
