using System.Globalization;
using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Calendar;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>A small district with one form, three parties and everybody's address.</summary>
static class TestDistrict
{
    public const string FormKey = "software";

    /// <summary>Stands in every answer and comment of a simulation, so that a log line that repeats one is recognised.</summary>
    public const string Marker = "zebrafinch";

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    /// <summary>A Monday, nine o'clock in the district.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    public static readonly Person Bea = new("Bea Holm", "bea.holm@district.example");
    public static readonly Person Carl = new("Carl Odum", "carl.odum@district.example");
    public static readonly Person Tess = new("Tess Ngo", "tess.ngo@district.example");
    public static readonly Person Eve = new("Eve Sanz", "eve.sanz@district.example");
    public static readonly Person Ada = new("Ada Lund", "ada.lund@district.example");

    public static readonly IReadOnlyList<string> FormHeaders =
    [
        "Timestamp", "Email Address", "Product title", "Vendor contact information", "Deadline for implementation",
        "Does the product need uploads of student or staff data?", "Required data elements", "Alignment to the District Curriculum Goals",
        "Campus or district sponsor", "How can we reach the sponsor?", "Funding available for the solution", "Anything else?",
    ];

    public static readonly IReadOnlyList<string> Parties = [DistrictProcedure.Business, DistrictProcedure.Curriculum, DistrictProcedure.Technology];

    public static Installation Installation { get; } = new(
        "Harlan Ridge ISD", new Uri("https://forms.district.example/"), WorkingCalendar.WeekdaysIn(Zone), [Ada],
        [
            new Form(FormKey, "Software proposals", FormLayout.Default, DistrictProcedure.Definition,
                new Roster(
                    [
                        new Assignment(DistrictProcedure.Business, Bea), new Assignment(DistrictProcedure.Curriculum, Carl),
                        new Assignment(DistrictProcedure.Technology, Tess), new Assignment(DistrictProcedure.Escalation, Eve),
                    ],
                    []),
                new Uri("https://docs.google.example/form")),
        ],
        ShowOthers: true, ShortestReading: TimeSpan.FromSeconds(2));

    public static Installation With(Func<Form, Form> change) => Installation with { Forms = [change(Installation.Forms[0])] };

    public static LinkKey Key(string id) => new(id, [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + id[^1]))]);
}

/// <summary>A response as somebody filled it in.</summary>
/// <param name="Key">Which response it is, for the test alone; it stands in the title, so that a proposal tells which response it is of.</param>
sealed record TestResponse(string Key, int Second)
{
    public string Title => $"{TestDistrict.Marker} {Key}";

    public string Sponsor { get; init; } = $"Sam Okafor of {TestDistrict.Marker} school";

    public string Contact { get; init; } = "sam.okafor@district.example";

    public string Alignment { get; init; } = $"{TestDistrict.Marker} goal 2";

    public string? OtherTitle { get; init; }

    public double Timestamp => new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds(Second).ToOADate();

    public IEnumerable<(string Header, SheetCell Cell)> Cells()
    {
        yield return ("Timestamp", new SheetCell(null, Timestamp));
        yield return Text("Product title", OtherTitle ?? Title);
        yield return Text("Vendor contact information", $"{TestDistrict.Marker} Inc, www.vendor.example");
        yield return Text("Deadline for implementation", "8/15/2027");
        yield return Text("Does the product need uploads of student or staff data?", "No");
        yield return Text("Alignment to the District Curriculum Goals", Alignment);
        yield return Text("Campus or district sponsor", Sponsor);
        yield return Text("How can we reach the sponsor?", Contact);
        yield return Text("Funding available for the solution", "none");
    }

    public static TestResponse Number(int number) => new(string.Create(CultureInfo.InvariantCulture, $"response {number}"), number * 60);

    static (string, SheetCell) Text(string header, string text) => (header, new SheetCell(text, null));
}
