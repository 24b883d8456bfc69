using System.Collections.Concurrent;
using System.Globalization;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// What stands above the dashboard's lines: the figures, and what needs a hand. It changes though no proposal does, when a trouble comes
/// or goes and when a working day begins; what was shown last is kept in the store, so that nothing is written that stands there already.
/// </summary>
public sealed class DashboardHead(IProposalStore store, Troubles troubles, Installation installation, TimeProvider time)
{
    static readonly ProposalStatus[] AfterReview =
    [
        ProposalStatus.NeedsCorrection, ProposalStatus.Approved, ProposalStatus.Denied, ProposalStatus.Expired, ProposalStatus.Withdrawn, ProposalStatus.Duplicate,
    ];

    readonly ConcurrentDictionary<string, Shown> _shown = new(StringComparer.Ordinal);

    /// <summary>Whether the sheet shows something else than <see cref="OfAsync"/> would say. Asks nothing of the sheet, and little of the store.</summary>
    public async Task<bool> IsOutOfDateAsync(Form form, CancellationToken cancellationToken)
    {
        if (!_shown.TryGetValue(form.Key, out var shown))
            _shown[form.Key] = shown = Shown.Read(await store.ReadNoteAsync(NoteOf(form), cancellationToken));
        if (Join(Notices(form)) != shown.Notices) return true;

        // Without an event, somebody becomes late only when a working day begins.
        if (shown.CountedOn == WorkingDay) return false;
        var (_, late) = await TallyAsync(form, cancellationToken);
        _shown[form.Key] = shown with { CountedOn = WorkingDay };
        return late != shown.Late;
    }

    public async Task<Dashboard> OfAsync(Form form, IReadOnlyList<DashboardLine> lines, CancellationToken cancellationToken)
    {
        var (counts, late) = await TallyAsync(form, cancellationToken);
        return new Dashboard(
            $"{installation.District}: {form.Title}",
            TimeZoneInfo.ConvertTime(time.GetUtcNow(), installation.Calendar.Zone),
            [
                Figure(ProposalStatus.InReview),
                new DashboardFigure(DashboardFigure.Late, late),
                .. AfterReview.Select(Figure),
            ],
            [.. form.Parties.Select(party => party.Title)],
            lines)
        {
            Notices = Notices(form),
        };

        DashboardFigure Figure(ProposalStatus status) => new(StandingText.Of(status), counts.GetValueOrDefault(status));
    }

    /// <summary>The sheet shows this now.</summary>
    public async Task NoteAsync(Form form, Dashboard dashboard, CancellationToken cancellationToken)
    {
        var shown = new Shown(dashboard.Summary.First(figure => figure.Label == DashboardFigure.Late).Count, Join(dashboard.Notices), WorkingDay);
        var known = _shown.GetValueOrDefault(form.Key);
        _shown[form.Key] = shown;
        if (known?.ToString() != shown.ToString()) await store.WriteNoteAsync(NoteOf(form), shown.ToString(), cancellationToken);
    }

    Task<Tally> TallyAsync(Form form, CancellationToken cancellationToken) =>
        LateProposals.TallyAsync(store, form, installation.Calendar, time.GetUtcNow(), cancellationToken);

    /// <summary>Whatever does not pass by itself; that this sheet cannot be used is over as soon as it can be written to.</summary>
    IReadOnlyList<string> Notices(Form form) =>
        [.. troubles.Current.Where(trouble => !trouble.Passes && trouble.Key != $"sheet/{form.Key}").Select(Text)];

    string Text(Trouble trouble)
    {
        var since = TimeZoneInfo.ConvertTime(trouble.Since, installation.Calendar.Zone).ToString("MMM d, yyyy, h:mm tt", CultureInfo.GetCultureInfo("en-US"));
        return $"{(trouble.Key == WatchedMailer.Key ? "No mail goes out" : "Needs a hand")} since {since}: {trouble.Message.ReplaceLineEndings(" ")}";
    }

    /// <summary>The day of the last time at which a working day may have begun.</summary>
    DateOnly WorkingDay => installation.Calendar.DayOf(time.GetUtcNow() - installation.Calendar.DayBegins.ToTimeSpan());

    static string Join(IReadOnlyList<string> notices) => string.Join('\n', notices);

    static string NoteOf(Form form) => $"dashboard/{form.Key}";

    /// <param name="CountedOn">Null where it was read from the store.</param>
    sealed record Shown(int Late, string Notices, DateOnly? CountedOn)
    {
        public static Shown Read(string? note) =>
            note?.Split('\n', 2) is [var late, .. var rest] && int.TryParse(late, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new Shown(count, rest is [var notices] ? notices : "", null)
                : new Shown(0, "", null);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Late}\n{Notices}");
    }
}
