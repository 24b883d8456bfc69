using System.Collections.Immutable;
using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <summary>The default pace: reminders after three and six working days, escalation after eight, the end after fifteen.</summary>
public sealed class DeadlineTests
{
    [Theory]
    [InlineData("2026-02-02 09:00", "2026-02-05 08:00")] // Monday to Thursday
    [InlineData("2026-02-05 16:59", "2026-02-10 08:00")] // over a weekend
    [InlineData("2026-02-07 12:00", "2026-02-12 08:00")] // a Saturday counts as the Monday after it
    [InlineData("2026-03-05 09:00", "2026-03-10 08:00")] // the clock goes forward in between
    [InlineData("2026-10-29 09:00", "2026-11-03 08:00")] // the clock goes back in between
    [InlineData("2026-02-02 23:59", "2026-02-05 08:00")] // still Monday in Chicago, Tuesday in UTC
    public void The_first_reminder_comes_in_the_morning_of_the_third_working_day(string submitted, string reminded)
    {
        var scenario = AProposal(at: submitted);
        var due = Local(reminded);
        Assert.Equal(due, scenario.NextDue);
        scenario.At(due.AddTicks(-1)).When(PassTime()).ThenNothing()
            .At(due).When(PassTime()).ThenTold<Effect.RemindReviewer>(Bea, Carl, Tess);
    }

    [Fact]
    public void Holidays_do_not_count() =>
        Assert.Equal(Local("2026-03-09 08:00"), AProposal(
            district: d => d with { Calendar = d.Calendar with { Holidays = [new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 5)] } }).NextDue);

    [Fact]
    public void Only_those_who_have_not_answered_are_reminded() =>
        AProposal().When(Approve("curriculum")).At("2026-03-05 08:00").When(PassTime()).ThenTold<Effect.RemindReviewer>(Bea, Tess);

    [Fact]
    public void Reminders_are_numbered()
    {
        var scenario = AProposal().At("2026-03-05 08:00").When(PassTime()).At("2026-03-10 08:00").When(PassTime());
        Assert.Equal([1, 1, 1, 2, 2, 2], scenario.Effects.OfType<Effect.RemindReviewer>().Select(effect => effect.Number));
    }

    [Fact]
    public void Two_overdue_reminders_send_one()
    {
        var scenario = AProposal().At("2026-03-10 12:00").When(PassTime()).ThenTold<Effect.RemindReviewer>(Bea, Carl, Tess);
        Assert.Equal(Local("2026-03-12 08:00"), scenario.NextDue);
        scenario.When(PassTime()).ThenNothing();
    }

    [Fact]
    public void After_eight_working_days_the_named_role_is_told_who_is_late() =>
        AProposal(roster: Three.And(new Assignment("escalation", Eve))).When(Approve("business"))
            .At("2026-03-12 08:00").When(PassTime())
            .ThenTold<Effect.Escalate>(Eve)
            .ThenTold<Effect.RemindReviewer>(Carl, Tess)
            .When(PassTime()).ThenNothing();

    [Fact]
    public void Where_nobody_holds_that_role_the_administrators_are_told() =>
        AProposal().At("2026-03-12 08:00").When(PassTime()).ThenTold<Effect.Escalate>(Ada);

    [Fact]
    public void After_fifteen_working_days_the_review_expires_at_the_close_of_the_day()
    {
        var end = Local("2026-03-23 17:00");
        var scenario = AProposal().Approved("business", "curriculum").At("2026-03-12 08:00").When(PassTime());
        Assert.Equal(end, scenario.NextDue);
        scenario.At(end.AddTicks(-1)).When(PassTime()).ThenNothing()
            .At(end).When(PassTime())
            .Then<ProposalState.Closed>()
            .ThenOutcome(OutcomeKind.Expired)
            .ThenTold<Effect.TellSponsorOutcome>(Ana)
            .ThenTold<Effect.TellReviewerOutcome>(Bea, Carl, Tess)
            .When(Approve("technology")).ThenRefused(Refusal.AlreadyClosed);
    }

    [Fact]
    public void Where_all_are_to_be_heard_a_denial_counts_at_the_end_though_others_kept_silent()
    {
        var scenario = AProposal(WaitForAll).When(Deny("business", "There is no budget for it."), Approve("technology"))
            .At("2026-03-23 17:00").When(PassTime())
            .ThenOutcome(OutcomeKind.Denied)
            .ThenStage(Committee, StageStatus.Settled, StageResult.Denied)
            .ThenTold<Effect.TellSponsorOutcome>(Ana)
            .ThenTold<Effect.TellReviewerOutcome>(Bea, Carl, Tess);
        Assert.Equal("There is no budget for it.", scenario.VoteOf("business")!.Comment);
        Assert.Null(scenario.VoteOf("curriculum"));
    }

    [Fact]
    public void A_denial_that_leaves_the_quorum_within_reach_expires_with_the_silence_of_the_others() =>
        AProposal(CommitteeBy(new Rule.Quorum(2), OnDenial.WaitForAll)).When(Deny("business"))
            .At("2026-03-23 17:00").When(PassTime()).ThenOutcome(OutcomeKind.Expired);

    [Fact]
    public void A_server_that_was_away_for_a_month_expires_without_reminding_first() =>
        AProposal().At("2026-04-15 08:00").When(PassTime())
            .ThenOutcome(OutcomeKind.Expired)
            .ThenTold<Effect.RemindReviewer>().ThenTold<Effect.Escalate>();

    [Fact]
    public void A_clock_that_jumps_back_changes_nothing() =>
        AProposal().At("2026-03-05 08:00").When(PassTime())
            .At("2026-01-01 08:00").When(PassTime()).ThenNothing()
            .At("2026-03-05 08:00").When(PassTime()).ThenNothing();

    [Fact]
    public void A_recommendation_that_never_came_lets_the_committee_begin() =>
        AProposal(roster: Three.And(new Assignment("technology-operations", Olga)))
            .At("2026-03-23 17:00").When(PassTime())
            .Then<ProposalState.InReview>()
            .ThenStage("technology-check", StageStatus.Settled, StageResult.Expired)
            .ThenTold<Effect.RequestReview>(Bea, Carl, Tess);

    [Fact]
    public void A_patient_stage_waits_for_ever()
    {
        var definition = DistrictProcedure.Create(Pace.Patient, OnDenial.CloseAtOnce);
        var scenario = AProposal(definition).At("2036-03-03 08:00").When(PassTime()).ThenNothing();
        Assert.Null(scenario.NextDue);
    }

    [Fact]
    public void A_pace_that_is_not_in_order_still_reminds_at_the_earliest_day_first() =>
        Assert.Equal(
            Local("2026-03-04 08:00"),
            AProposal(DistrictProcedure.Create(DistrictProcedure.DefaultPace with { RemindAfter = [5, 2] }, OnDenial.CloseAtOnce)).NextDue);

    [Theory]
    [InlineData("2026-03-06 10:00", 1, "2026-03-09T08:00:00-05:00")]
    [InlineData("2026-10-30 10:00", 1, "2026-11-02T08:00:00-06:00")]
    [InlineData("2026-03-07 10:00", 0, "2026-03-09T08:00:00-05:00")]
    public void Days_begin_by_the_districts_clock_before_and_after_it_changes(string from, int days, string begins) =>
        Assert.Equal(begins, District(Three).Calendar.BeginOf(Local(from), days).ToString("yyyy-MM-ddTHH:mm:sszzz", null));

    [Fact]
    public void A_day_that_begins_in_the_skipped_hour_begins_with_the_next_one()
    {
        var calendar = District(Three).Calendar with { WorkingDays = [.. Enum.GetValues<DayOfWeek>()], DayBegins = new TimeOnly(2, 15) };
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 3, 0, 0, TimeSpan.FromHours(-5)), calendar.BeginOf(Local("2026-03-07 10:00"), 1));
    }

    [Fact]
    public void A_calendar_without_working_days_says_so()
    {
        var calendar = District(Three).Calendar with { WorkingDays = ImmutableHashSet<DayOfWeek>.Empty };
        Assert.Contains("no working day", Assert.Throws<InvalidOperationException>(() => calendar.After(new DateOnly(2026, 3, 2), 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-06", "2026-03-09", 1)]
    [InlineData("2026-03-09", "2026-03-09", 0)]
    [InlineData("2026-03-09", "2026-03-06", 0)]
    [InlineData("2026-03-02", "2026-03-16", 10)]
    [InlineData("2026-03-07", "2026-03-09", 0)]
    [InlineData("2026-03-08", "2026-03-12", 3)]
    [InlineData("2026-03-07", "2026-03-08", 0)]
    public void Working_days_between_two_days(string from, string to, int days) =>
        Assert.Equal(days, District(Three).Calendar.WorkingDaysBetween(DateOnly.Parse(from, null), DateOnly.Parse(to, null)));

    /// <summary>Whoever was promised a reminder after three working days reads in it that three have passed, asked on whichever day.</summary>
    [Fact]
    public void Working_days_are_counted_backwards_as_they_are_forwards()
    {
        var calendar = District(Three).Calendar;
        for (var from = new DateOnly(2026, 3, 1); from.Month == 3; from = from.AddDays(1))
            Assert.Equal(3, calendar.WorkingDaysBetween(from, calendar.After(from, 3)));
    }
}
