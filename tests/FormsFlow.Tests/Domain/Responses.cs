using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

/// <summary>Responses to the sample form, read the way that the intake reads them.</summary>
static class Responses
{
    public const string Title = "Product title";
    public const string Vendor = "Vendor contact information";
    public const string Deadline = "Deadline for implementation";
    public const string DataNeeds = "Does the product need uploads of student or staff data?";
    public const string DataElements = "Required data elements";
    public const string Alignment = "Alignment to the District Curriculum Goals";
    public const string Sponsor = "Campus or district sponsor";
    public const string Contact = "How can we reach the sponsor?";
    public const string Funding = "Funding available for the solution";
    public const string BudgetCode = "Budget code (if there is one)";
    public const string Respondent = "Email Address";
    public const string Own = "Anything else the committee should know?";

    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(-6));

    static readonly (string Question, string Answer)[] Plain =
    [
        (Title, "Lexia Core5"), (Vendor, "Lexia, schools@lexia.example"), (Deadline, "8/15/2027"), (DataNeeds, "No"), (DataElements, ""),
        (Alignment, "Goal 1"), (Sponsor, "Ana Ruiz, Alder Creek"), (Contact, "ana.ruiz@district.example"), (Funding, "$300"), (BudgetCode, ""),
        (Respondent, "ana.ruiz@district.example"), (Own, ""),
    ];

    public static readonly BoundLayout Layout = FormLayout.Default.Bind([.. Plain.Select(cell => cell.Question)], []);

    /// <summary>A good response, but for these answers.</summary>
    public static ResponseReading With(params (string Question, string Answer)[] answers) => Read(Layout, DateOrder.MonthFirst, answers);

    public static ResponseReading DayFirst(params (string Question, string Answer)[] answers) => Read(Layout, DateOrder.DayFirst, answers);

    /// <summary>What is wrong when one answer of a good response is replaced.</summary>
    public static IReadOnlyList<ProposalPart?> ProblemsWith(string question, string answer) =>
        [.. With((question, answer)).Problems.Select(problem => problem.Part)];

    static ResponseReading Read(BoundLayout layout, DateOrder order, (string Question, string Answer)[] answers) => ResponseReader.Read(
        layout with { Layout = layout.Layout with { DateOrder = order } },
        column => new RawAnswer(Array.Find(answers, answer => answer.Question == Plain[column].Question).Answer ?? Plain[column].Answer),
        Monday);
}
