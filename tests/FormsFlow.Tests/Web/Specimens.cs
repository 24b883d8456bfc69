using System.Collections.Immutable;
using System.Text;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Web;

/// <summary>Pages to look at: as a district writes them, and as nobody should.</summary>
static class Specimens
{
    public static readonly TimeZoneInfo Chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
    public static readonly Person Maria = new("Maria Okafor", "maria.okafor@district.example");
    public const string Markup = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&<b style=\"color:red\">";

    static readonly Stage Committee = DistrictProcedure.Definition.Stage("committee");
    static readonly DateTimeOffset March3 = new(2026, 3, 3, 22, 5, 0, TimeSpan.Zero);
    static readonly Uri Status = new("https://forms.district.example/status/status-token");
    static readonly Uri Answer = new("https://forms.district.example/review/review-token");

    public static readonly Proposal Lexia = Propose(
        ("Email Address", "dana.whitfield@district.example", ProposalPart.RespondentAddress),
        ("Product title", "Lexia Core5 Reading", ProposalPart.ProductTitle),
        ("What is it, and who will use it?", "Reading program, grades K–5, all of Dry Fork and Willow Bend. 640 students, 29 teachers, 2 reading coaches. 20 minutes a day on Chromebooks with headphones.", null),
        ("Vendor contact information", "Lexia Learning (reseller for our region: North Plains Learning LLC)\nMarcus Oyelaran, Partner Success\nm.oyelaran@vendor.example / 555-0134 / https://lexia.example/schools", ProposalPart.VendorContact),
        ("Deadline for implementation", "2027-08-02", ProposalPart.Deadline),
        ("Does the product need uploads of student or staff data?", "Yes, nightly", ProposalPart.DataNeeds),
        ("Required data elements", "student number, first name, last name, grade, school, homeroom teacher, home language, reading level (fall screener)\nstaff: staff number, name, e-mail, school, sections\nFile format: https://lexia.example/files/roster-template.csv", ProposalPart.DataElements),
        ("Alignment to the District Curriculum Goals", "Goal 1 (every child reads on grade level by the end of grade 3). 41 % of our second graders were below benchmark in January.", ProposalPart.Alignment),
        ("Campus or district sponsor", "Dana Whitfield, Dry Fork K–8", ProposalPart.Sponsor),
        ("How can we reach the sponsor?", "dana.whitfield@district.example, ext. 2214", ProposalPart.SponsorContact),
        ("Funding available for the solution", "$8,960 from Title I, approved by the campus council in March", ProposalPart.Funding),
        ("Budget code (if there is one)", "", ProposalPart.BudgetCode),
        ("Anything else the committee should know?", Thread(), null));

    public static readonly Proposal Hostile = Propose(
        ("Email Address", new string('x', 250) + "@district.example", ProposalPart.RespondentAddress),
        ("Product title", Markup + " " + new string('W', 260), ProposalPart.ProductTitle),
        ("Vendor contact information", "منصة القراءة العربية للصفوف من الأول إلى الخامس\nhttps://vendor.example/" + new string('a', 400), ProposalPart.VendorContact),
        ("Deadline for implementation", "as soon as " + new string('!', 300), ProposalPart.Deadline),
        ("Does the product need uploads of student or staff data?", "I do not know", ProposalPart.DataNeeds),
        ("Required data elements", Fifty(), ProposalPart.DataElements),
        (Markup, "=HYPERLINK(\"https://evil.example\",\"click\")\n\n\n\u202Egnihtyna\u202C 👩‍👩‍👧‍👦👍🏽", null),
        ("Alignment to the District Curriculum Goals", Markup, ProposalPart.Alignment),
        ("Campus or district sponsor", "דנה לוי, בית ספר יסודי " + new string('ש', 120), ProposalPart.Sponsor));

    public static ReviewContext Context(Proposal? proposal = null, string role = DistrictProcedure.Technology) => new(
        FactsOf(proposal ?? Lexia), proposal ?? Lexia, Revision: 2, Changes: [], Committee, Committee.Role(role), Maria, March3, March3.AddDays(21),
        ProposalProcess.ChoicesOf(Committee.Kind),
        Others:
        [
            new Verdict("Business", "Frank Odell", Choice.Approve, "Cooperative contract checked, quote is valid until June.", March3.AddDays(1), PartyStanding.Answered),
            new Verdict("Curriculum", "", null, "", null, PartyStanding.Waiting),
        ],
        Recommendations: [new Verdict("Technology operations", "Priya Raman", Choice.Recommend, "Runs on the Chromebooks we have. Allow-list two hosts.", March3.AddHours(3), PartyStanding.Answered)],
        Earlier: [], Outcome: null, Status, Answer, IsLast: false, SendsAllNotices: true);

    public static ReviewContext HostileContext() => Context(Hostile) with
    {
        Reader = new Person(Markup, "x@district.example"),
        Changes =
        [
            new Change(Markup, null, "", Fifty()),
            new Change("Funding available for the solution", ProposalPart.Funding, "$1", new string('9', 900)),
        ],
        Others = [new Verdict("Business", Markup, Choice.Deny, Markup + Fifty(), March3, PartyStanding.Answered)],
        Earlier = [new Vote(Maria, Choice.Approve, "مقبول", 1, March3)],
    };

    public static ReviewContext Edited() => Context() with
    {
        Changes =
        [
            new Change("Funding available for the solution", ProposalPart.Funding, "$5,000 from the campus budget", "$8,960 from Title I, approved by the campus council in March"),
            new Change("Required data elements", ProposalPart.DataElements, "", "student number, first name, last name, grade, school, homeroom teacher, home language"),
        ],
        Earlier = [new Vote(Maria, Choice.Approve, "Works on our network; the export exists.", 1, March3)],
    };

    public static ReviewPage Ask(ReviewContext context, FormNotice? notice = null, string comment = "") => new ReviewPage.Ask(context, notice, comment, "nonce-1");

    public static ReviewPage Recorded(ReviewContext context, Choice choice, string comment, bool canChange = true) =>
        new ReviewPage.Recorded(context, new Vote(Maria, choice, comment, 2, March3.AddDays(2)), canChange, "nonce-2");

    /// <summary>Where the settings keep what others say to themselves.</summary>
    public static ReviewContext Alone() => Context() with { Others = [], StatusPage = null, IsLast = null };

    public static ReviewPage Held(Doubt doubt = Doubt.TooFast, string comment = "Checked the contract.", ReviewContext? context = null) =>
        new ReviewPage.Held(context ?? Context(), HeldAnswer(doubt, comment), "nonce-3");

    public static ReviewPage Confirm(ConfirmNotice? notice = null) => new ReviewPage.Confirm(Context(), HeldAnswer(Doubt.TooFast, "Checked the contract."), notice, "nonce-4");

    static HeldAnswer HeldAnswer(Doubt doubt, string comment) => new(new Vote(Maria, Choice.Approve, comment, 2, March3.AddDays(2)), doubt, 7, March3.AddDays(5));

    public static StatusPage.Shown InReview() => new(
        FactsOf(Lexia), Lexia, ProposalStatus.InReview, "Waiting for Curriculum and Technology.", null, [],
        [
            StageOf("technology-check", StageStanding.Completed,
                [new PartyView("Technology operations", PartyStanding.Answered, March3, Choice.Recommend, "Priya Raman", "Runs on the Chromebooks we have. Allow-list two hosts.", March3.AddHours(3))]),
            StageOf("data-project", StageStanding.NotNeeded, []),
            StageOf("committee", StageStanding.UnderWay,
                [
                    new PartyView("Business", PartyStanding.Answered, March3.AddHours(4), Choice.Approve, "Frank Odell", "Cooperative contract checked.", March3.AddDays(1)),
                    new PartyView("Curriculum", PartyStanding.Waiting, March3.AddHours(4), null, "", "", null),
                    new PartyView("Technology", PartyStanding.Unconfirmed, March3.AddHours(4), null, "", "", null),
                ]) with
            { AnswerBy = March3.AddDays(21) },
            StageOf("purchase-order", StageStanding.ComesLater, []),
        ],
        [
            new HistoryLine(March3, "The proposal was submitted.", ""),
            new HistoryLine(March3.AddMinutes(1), "Technology check: Technology operations was asked.", ""),
            new HistoryLine(March3.AddHours(3), "Priya Raman (Technology operations) recommended it.", "Runs on the Chromebooks we have. Allow-list two hosts."),
            new HistoryLine(March3.AddHours(4), "District Review Committee: Business, Curriculum and Technology were asked.", ""),
            new HistoryLine(March3.AddDays(1), "Frank Odell (Business) approved.", "Cooperative contract checked."),
        ],
        MayWithdraw: true, new Uri("https://docs.example/forms/proposal"), null, "nonce-5");

    public static StatusPage.Shown Broken() => InReview() with
    {
        Status = ProposalStatus.NeedsCorrection,
        Headline = "The review starts when the response has been corrected.",
        CorrectBy = March3.AddDays(28),
        Problems =
        [
            new Problem(ProposalPart.SponsorContact, "How can we reach the sponsor?", "There is no readable e-mail address in “dana at district”; write it like dana.whitfield@district.example."),
            new Problem(ProposalPart.Deadline, "Deadline for implementation", "“2/30/2027” is not a date that exists. Please write it like 8/15/2027."),
        ],
        Stages = [StageOf("committee", StageStanding.ComesLater, [])],
        History = [new HistoryLine(March3, "The proposal was submitted.", ""), new HistoryLine(March3.AddMinutes(1), "The response could not be reviewed; its sponsor was asked to correct it.", "")],
    };

    public static StatusPage.Shown Denied() => InReview() with
    {
        Status = ProposalStatus.Denied,
        Headline = "Curriculum did not agree.",
        Outcome = new Outcome(OutcomeKind.Denied),
        MayWithdraw = false,
        Stages =
        [
            StageOf("committee", StageStanding.Denied,
                [
                    new PartyView("Business", PartyStanding.Answered, March3, Choice.Approve, "Frank Odell", "", March3.AddDays(1)),
                    new PartyView("Curriculum", PartyStanding.Answered, March3, Choice.Deny, "Aisha Karim", "It overlaps with the reading program that we adopted last year.\nPlease look at that one first.", March3.AddDays(2)),
                    new PartyView("Technology", PartyStanding.NoLongerNeeded, March3, null, "", "", null),
                ]),
            StageOf("purchase-order", StageStanding.NotReached, []),
        ],
    };

    public static StatusPage.Shown Approved() => InReview() with
    {
        Status = ProposalStatus.Approved,
        Headline = "Everyone who had to agree did.",
        Outcome = new Outcome(OutcomeKind.Approved),
        MayWithdraw = false,
        Stages =
        [
            StageOf("committee", StageStanding.Approved,
                [.. Committee.Roles.Select(role => new PartyView(role.Title, PartyStanding.Answered, March3, Choice.Approve, "Frank Odell", "Agreed.", March3.AddDays(1)))]),
            new StageView("Impact", "Asks what the product did for learners.", StageStanding.ComesLater, [], null, March3.AddMonths(6)),
        ],
    };

    public static StatusPage.Shown Withdrawn() => InReview() with
    {
        Status = ProposalStatus.Withdrawn,
        Headline = "The sponsor decided not to go on with it.",
        Outcome = new Outcome(OutcomeKind.Withdrawn, "The vendor raised the price."),
        MayWithdraw = false,
        Stages =
        [
            StageOf("committee", StageStanding.Stopped, [new PartyView("Business", PartyStanding.NoLongerNeeded, March3, null, "", "", null)]),
            StageOf("purchase-order", StageStanding.NotReached, []),
        ],
    };

    public static StatusPage.Shown HostileStatus() => InReview() with
    {
        Facts = FactsOf(Hostile),
        Proposal = Hostile,
        Stages =
        [
            new StageView(Markup, Markup, StageStanding.UnderWay,
                [
                    new PartyView(Markup, PartyStanding.Answered, March3, Choice.Deny, Markup, Fifty(), March3),
                    new PartyView("التقنية", PartyStanding.Waiting, March3, null, "", "", null),
                ], March3),
        ],
        History = [new HistoryLine(March3, Markup, Fifty())],
    };

    static StageView StageOf(string key, StageStanding standing, ImmutableArray<PartyView> parties)
    {
        var stage = DistrictProcedure.Definition.Stage(key);
        return new StageView(stage.Title, stage.Purpose!, standing, parties, null);
    }

    /// <summary>As long as a cell can be, without a blank to break at.</summary>
    public static string Fifty() => new('m', 50_000);

    static string Thread()
    {
        var text = new StringBuilder("Here is the whole e-mail thread with the vendor so that nobody has to ask again.\n");
        for (var i = 1; i <= 12; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n-----Original Message----- ({i} of 12)\nFrom: Dana Whitfield <dana.whitfield@district.example>\n> Where is it stored?\n\nHi Dana, in two regions in the United States. Backups stay there too.\n");
        return text.ToString();
    }

    static ProposalFacts FactsOf(Proposal proposal) => new(
        ProposalId.Derive(proposal.ProductTitle), "Harlan Ridge School District", "Solutions That Work", Chicago,
        proposal.ProductTitle, proposal.SponsorName, March3, proposal.Text(ProposalPart.Deadline));

    static Proposal Propose(params (string Question, string Text, ProposalPart? Part)[] answers)
    {
        ImmutableArray<Answer> all = [.. answers.Select(answer => new Answer(answer.Question, answer.Text, answer.Part))];
        string Of(ProposalPart part) => all.FirstOrDefault(answer => answer.Part == part)?.Text ?? "";
        return new Proposal(March3, all, Of(ProposalPart.ProductTitle), Of(ProposalPart.Sponsor), ["dana.whitfield@district.example"], new DateOnly(2027, 8, 2), DataNeeds.Nightly, "hash");
    }
}
