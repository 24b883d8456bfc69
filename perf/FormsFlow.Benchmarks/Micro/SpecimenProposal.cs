using FormsFlow.Application.Settings;
using FormsFlow.Benchmarks.Surroundings;
using FormsFlow.Domain.Calendar;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Benchmarks.Micro;

/// <summary>The proposal that every micro benchmark works on: the same response as in the whole runs.</summary>
static class SpecimenProposal
{
    static readonly DateTimeOffset At = new(2026, 11, 24, 15, 0, 0, TimeSpan.Zero);

    public static readonly Person Business = new("Marcus Webb", "marcus.webb@pinecreek.example");

    public static Installation Installation { get; } = new(
        "Pine Creek School District", new Uri("https://formsflow.pinecreek.example/"), WorkingCalendar.WeekdaysIn(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")),
        [new Person("Sam Lindqvist", "sam.lindqvist@pinecreek.example")],
        [
            new Form("proposals", "Product proposals", FormLayout.Default, DistrictProcedure.Definition,
                new Roster(
                    [
                        new Assignment(DistrictProcedure.Business, Business),
                        new Assignment(DistrictProcedure.Curriculum, new Person("Elena Torres", "elena.torres@pinecreek.example")),
                        new Assignment(DistrictProcedure.Technology, new Person("Priya Nair", "priya.nair@pinecreek.example")),
                    ],
                    []),
                null),
        ],
        ShowOthers: true, ShortestReading: TimeSpan.Zero);

    public static District District => Installation.DistrictOf("proposals");

    public static Command.SubmitResponse Submission
    {
        get
        {
            var (answers, email) = Response.Number(1);
            var form = Installation.Forms[0];
            return new Command.SubmitResponse(ProposalId.Derive("1"), form.Key, Response.Read(form.Layout, answers, email, At), form.Process, null, At);
        }
    }

    public static Command.CastVote Vote => new("committee", DistrictProcedure.Business, Business, Choice.Approve, "Fits our plan for the year.", 1, At.AddHours(1));

    /// <summary>Asked, and not answered by anybody.</summary>
    public static Decision TakenIn { get; } = ProposalProcess.Decide(new ProposalState.None(), Submission, District);

    public static ProposalState.Known State => (ProposalState.Known)TakenIn.State;
}
