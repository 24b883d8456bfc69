using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FormsFlow.Application.Running;

/// <summary>
/// What can be watched from outside, under the name <see cref="Name"/>; nothing is measured while nobody listens. No answer, no address
/// and no token is ever a tag: forms are named by their key, proposals by their id.
/// </summary>
public static class Telemetry
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Name = "FormsFlow";

    static readonly ActivitySource Source = new(Name);
    static readonly Meter Meter = new(Name);

    static readonly Counter<long> Polls = Meter.CreateCounter<long>("formsflow.polls", "{poll}", "Looks at a form's sheet, by form and by whether the sheet could be used.");
    static readonly Counter<long> Mails = Meter.CreateCounter<long>("formsflow.mails", "{mail}", "Mails, by kind and by what the mail service did with them.");
    static readonly Histogram<double> Rounds = Meter.CreateHistogram<double>("formsflow.advance.duration", "s", "How long it took to move a proposal on, its mails included.");

    public static Activity? Poll(string form) => Source.StartActivity("poll")?.SetTag("formsflow.form", form);

    public static Activity? Advance(string proposal) => Source.StartActivity("advance")?.SetTag("formsflow.proposal", proposal);

    public static void Polled(string form, bool usable) => Polls.Add(1, new("form", form), new("outcome", usable ? "ok" : "failed"));

    /// <param name="kind">What the mail is for: <c>ReviewRequest</c>.</param>
    /// <param name="outcome"><c>sent</c>, <c>refused</c> for good, or <c>put-off</c>.</param>
    public static void Mailed(string kind, string outcome) => Mails.Add(1, new("kind", kind), new("outcome", outcome));

    public static void Advanced(TimeSpan took) => Rounds.Record(took.TotalSeconds);

    /// <summary>Somebody is interested in how long things take.</summary>
    public static bool IsMeasured => Rounds.Enabled;

    /// <summary>A figure that is looked up when it is asked for.</summary>
    public static void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<double>>> look) =>
        Meter.CreateObservableGauge(name, look, unit, description);
}
