using FormsFlow.Application.Settings;
using FormsFlow.Domain.Calendar;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Server.Demo;

/// <summary>A small district that does not exist, with the people who approve.</summary>
public static class DemoDistrict
{
    public const string Form = "proposals";

    public const string MailDomain = "pinecreek.example";

    /// <summary>Where FormsFlow's mails come from.</summary>
    public const string Sender = $"formsflow@{MailDomain}";

    public static readonly Person Business = new("Marcus Webb", "marcus.webb@pinecreek.example");
    public static readonly Person Curriculum = new("Elena Torres", "elena.torres@pinecreek.example");
    public static readonly Person Technology = new("Priya Nair", "priya.nair@pinecreek.example");
    public static readonly Person Superintendent = new("Dr. Ruth Okafor", "ruth.okafor@pinecreek.example");
    public static readonly Person Administrator = new("Sam Lindqvist", "sam.lindqvist@pinecreek.example");

    public static IReadOnlyList<Person> People { get; } = [Business, Curriculum, Technology, Superintendent, Administrator];

    /// <param name="now">Around it the calendar has the district's holidays.</param>
    /// <param name="shortestReading">Zero where the approvers are played by a program.</param>
    public static Installation Create(DateTimeOffset now, Uri baseAddress, Uri formAddress, TimeSpan shortestReading)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
        var roster = new Roster(
            [
                new Assignment(DistrictProcedure.Business, Business),
                new Assignment(DistrictProcedure.Curriculum, Curriculum),
                new Assignment(DistrictProcedure.Technology, Technology),
                new Assignment(DistrictProcedure.Escalation, Superintendent),
            ],
            []);
        return new Installation(
            "Pine Creek School District",
            baseAddress,
            WorkingCalendar.WeekdaysIn(zone) with { Holidays = SchoolCalendar.HolidaysAround(now.Year) },
            [Administrator],
            [new Form(Form, "Product proposals", FormLayout.Default, DistrictProcedure.Definition, roster, formAddress)],
            ShowOthers: true,
            shortestReading);
    }
}
