using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>One mail of each kind, in everyday words and in the worst that people and attackers type.</summary>
static class SampleMails
{
    public static readonly Uri ReviewPage = new("https://formsflow.district.example/review/k1.Y29tbWl0dGVlfGN1cnJpY3VsdW18RkYtN0szTS05UVhULTJW.x7Qm2nP4rT9vB1cD5eF8gH0j");
    public static readonly Uri StatusPage = new("https://formsflow.district.example/status/k1.RkYtN0szTS05UVhULTJW.aB3dE5fG7hJ9kL1mN3pQ5rS7");
    public static readonly Uri HealthPage = new("https://formsflow.district.example/readyz");
    public static readonly Uri ConfirmPage = new("https://formsflow.district.example/confirm/k1.RkYtN0szTS05UVhULTJW.cD5eF8gH0jL1mN3pQ5rS7tU9");
    public static readonly Uri Form = new("https://docs.google.com/forms/d/e/1FAIpQLSd-sample/viewform");
    public static readonly DateTimeOffset Received = new(2026, 11, 23, 20, 15, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset AnswerBy = new(2026, 12, 15, 23, 0, 0, TimeSpan.Zero);
    public static readonly Person Ana = new("Ana Ruiz", "ana.ruiz@district.example");
    public static readonly Person Renee = new("Renee Castillo", "renee.castillo@district.example");

    public const string Hebrew = "\u05e9\u05dc\u05d5\u05dd \u05dc\u05db\u05d5\u05dc\u05dd, \u05d6\u05d4 \u05de\u05d5\u05e6\u05e8 \u05d7\u05d3\u05e9 (v2.0)!";
    public const string Arabic = "\u0628\u0631\u0646\u0627\u0645\u062c \u0627\u0644\u0642\u0631\u0627\u0621\u0629 \u0644\u0644\u0635\u0641 \u0627\u0644\u062b\u0627\u0644\u062b";
    public const string Script = "<script>alert('owned')</script><img src=https://evil.example/x.png onerror=alert(1)>";
    public static readonly string Endless = string.Concat(Enumerable.Repeat("Here is the whole thread with the vendor again.\n> and again ", 1_000))[..50_000];

    static Stage Committee => DistrictProcedure.Definition.Stage("committee");

    public static ProposalFacts Facts(string product = "Desmos Classroom", string sponsor = "Renee Castillo, Harlan Ridge High", string deadline = "August 15, 2027", string district = "Harlan Ridge School District") => new(
        ProposalId.Derive("sample"), district, "Solutions That Work", TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"), product, sponsor, Received, deadline);

    public static MailMessage.ReviewRequest Request(string role = DistrictProcedure.Technology, string id = "FF-0/3/request-review/technology/1a2b3c4d") => new(
        id, Ana, Facts(), Committee, Committee.Role(role), ReviewPage, AnswerBy,
        [
            new("Vendor contact information", "Desmos Studio, www.desmos.example\nContact: Harriet Lindqvist, schools@desmos.example, (555) 010-0112", ProposalPart.VendorContact),
            new("Deadline for implementation", "8/15/2027", ProposalPart.Deadline),
            new("Does the product need uploads of student or staff data?", "Yes, nightly", ProposalPart.DataNeeds),
            new("Required data elements", "student number, first name, last name, grade, school, homeroom teacher\nstaff: staff number, name, e-mail, school, sections", ProposalPart.DataElements),
            new("What is it, and who will use it?", "Graphing calculator and ready-made activities for Algebra 1 and Geometry. 5 teachers, about 310 students in grades 8 to 10."),
        ],
        Again: false, Changes: []);

    public static MailMessage.ReviewRequest RequestAgain() => Request() with
    {
        Id = "FF-0/9/request-review/technology/1a2b3c4d",
        Again = true,
        Changes =
        [
            new("Does the product need uploads of student or staff data?", ProposalPart.DataNeeds, "No", "Yes, nightly"),
            new("Required data elements", ProposalPart.DataElements, "", "student number, first name, last name, grade, school, homeroom teacher"),
        ],
    };

    public static MailMessage.ReviewRequest Recommendation() => Request() with
    {
        Stage = DistrictProcedure.Definition.Stage("technology-check"),
        Role = DistrictProcedure.Definition.Stage("technology-check").Roles[0],
    };

    public static MailMessage.Reminder Reminder(int number = 1) =>
        new("FF-0/5/remind-reviewer/technology/1a2b3c4d", Ana, Facts(), Committee, Committee.Role(DistrictProcedure.Technology), ReviewPage, AnswerBy, number, number * 3,
            new EscalationPlan(Received.AddDays(10), ["Dr. Paula Benning"]));

    public static MailMessage.ConfirmationRequest Confirmation() => new(
        "FF-0/6/request-confirmation/technology/1a2b3c4d", Ana, Facts(), Committee, Committee.Role(DistrictProcedure.Technology),
        new Vote(Ana, Choice.Deny, "It installs a browser extension.", 1, Received.AddDays(2)), ConfirmPage, ReviewPage, Received.AddDays(5));

    public static MailMessage.Escalation Escalation() => new(
        "FF-0/7/escalate/committee/9f8e7d6c", new Person("Dr. Paula Benning", "paula.benning@district.example"), Facts(), Committee,
        [new("Business", ["Marcus Lee", "Joy Okafor"], Received), new("Technology", [], Received.AddDays(1))], AnswerBy, AnswerBy.AddDays(-4), StatusPage);

    public static MailMessage.Acknowledgement Acknowledgement() =>
        new("FF-0/1/acknowledge-response/5e6f7a8b", Renee, Facts(), ["Business", "Curriculum", "Technology"], StatusPage);

    public static MailMessage.EditAcknowledgement Edited() =>
        new("FF-0/9/acknowledge-edit/5e6f7a8b", Renee, Facts(), RequestAgain().Changes, ["Technology"], ["Business"], ["Curriculum"], StatusPage);

    public static MailMessage.CorrectionRequest Correction() => new(
        "FF-0/1/request-correction/5e6f7a8b", Renee, Facts(),
        [
            new(ProposalPart.Deadline, "Deadline for implementation", "\u201c2/30/2027\u201d is not a date that exists. Please give one like 8/15/2027."),
            new(ProposalPart.DataElements, "Required data elements", "The product needs student or staff data, but the data elements are missing. Please list them, or give a link to the vendor\u2019s Excel or CSV file."),
        ],
        MissingOnly: false, Form, AnswerBy, 0, StatusPage);

    public static MailMessage.CorrectionRequest Missing() => Correction() with { Problems = [Correction().Problems[1]], MissingOnly = true, Number = 2 };

    public static MailMessage.OutcomeNotice Approved() => Outcome(OutcomeKind.Approved,
        [
            new("Business", "Marcus Lee", Choice.Approve, "", Received.AddDays(1), PartyStanding.Answered),
            new("Curriculum", "Joy Okafor", Choice.Approve, "Already named in the Algebra 1 guide.", Received.AddDays(2), PartyStanding.Answered),
            new("Technology", "Ana Ruiz", Choice.Approve, "Works on our Chromebooks.\nRostering through Clever, set up by us in July.", Received.AddDays(3), PartyStanding.Answered),
        ]);

    public static MailMessage.OutcomeNotice Denied(bool toSponsor = true) => Outcome(OutcomeKind.Denied,
        [
            new("Business", "Marcus Lee", Choice.Approve, "", Received.AddDays(1), PartyStanding.Answered),
            new("Curriculum", "", null, "", null, PartyStanding.NoLongerNeeded),
            new("Technology", "Ana Ruiz", Choice.Deny, "It installs a browser extension that reads every page, and the vendor does not sign our data agreement.\n\nWe would look again if either changes.", Received.AddDays(2), PartyStanding.Answered),
        ], toSponsor);

    public static MailMessage.OutcomeNotice Expired() => Outcome(OutcomeKind.Expired,
        [
            new("Business", "Marcus Lee", Choice.Approve, "", Received.AddDays(1), PartyStanding.Answered),
            new("Curriculum", "Joy Okafor", Choice.Approve, "", Received.AddDays(4), PartyStanding.Answered),
            new("Technology", "", null, "", null, PartyStanding.Silent),
        ]);

    public static MailMessage.OutcomeNotice Withdrawn() => Outcome(OutcomeKind.Withdrawn, [new("Business", "", null, "", null, PartyStanding.NoLongerNeeded)], toSponsor: false) with
    {
        Outcome = new Outcome(OutcomeKind.Withdrawn, "We found that our library already has a licence."),
    };

    public static MailMessage.OutcomeNotice Duplicate() => Outcome(OutcomeKind.Duplicate, []) with
    {
        Outcome = new Outcome(OutcomeKind.Duplicate, DuplicateOf: ProposalId.Derive("first")),
    };

    public static MailMessage.InstallationNotice Installation() => new(
        "trouble/sheet/proposals/1a2b/20261123", Renee, Facts() with { Id = null, Product = "", Sponsor = "", Deadline = "" },
        "The response sheet of the form \u2018proposals\u2019", "formsflow@district.iam.example may not edit the spreadsheet of form 'proposals'. In the spreadsheet, Share: give it the role Editor.", Received,
        HealthPage);

    public static MailMessage.OutageNotice Outage(bool isOver = false) => new(
        $"outage/20261123201500/{(isOver ? "over" : "begun")}/1a2b3c4d", Renee, Facts() with { Id = null, Product = "", Sponsor = "", Deadline = "" },
        isOver ? "" : "Google Sheets answered 503 for the spreadsheet of form 'proposals'.", Received, isOver ? Received.AddHours(5) : null, HealthPage);

    public static MailMessage.AdministratorNotice Administrator() => new(
        "FF-0/8/tell-administrator/77777777", new Person("", "it@district.example"), Facts(), "FormsFlow could not deliver the review request to Marcus Lee (business).",
        "The mail server knows no such mailbox or does not write to it: 550 5.1.1 (address) User unknown.", StatusPage);

    /// <summary>Everything that can be typed is typed.</summary>
    public static MailMessage.ReviewRequest Hostile()
    {
        var nasty = Request();
        return nasty with
        {
            To = new Person("Ana \"<b>Boss</b>\"\r\nBcc: everyone@evil.example", " ana.ruiz@district.example  "),
            About = Facts(
                product: $"{Arabic} <b>Mega</b>\r\nBcc: everyone@evil.example {Script} \ud83d\ude80\u202etxt.exe",
                sponsor: $"{Hebrew} & O\u2019Brien <script>",
                deadline: "=HYPERLINK(\"https://evil.example\",\"click\")"),
            Relevant =
            [
                new("Vendor contact information", Script, ProposalPart.VendorContact),
                new($"Question {Script}", "=HYPERLINK(\"https://evil.example\",\"click\")\n+1 555 010-0100\n@SUM(A1)", null),
                new("What is it, and who will use it?", Hebrew + "\n" + Arabic + "\nLatin again \ud83d\udc69\u200d\ud83c\udfeb\ud83d\udcda", null),
                new("Anything else?", Endless, null),
                new("One word", new string('W', 50_000), null),
                new("Controls", "a\u0000b\u0007c\ud800d\r\n\r\n\r\n\r\ne\u202ef", null),
                .. Enumerable.Range(1, 30).Select(n => new Answer($"Question {n} of the district\u2019s own, which is rather long and wordy", string.Concat(Enumerable.Repeat(Arabic + " ", 40)))),
            ],
            Changes =
            [
                new("Anything else?", null, Endless, Endless[..40_000] + " And here is what is new." + Endless[40_000..49_000]),
                .. Enumerable.Range(1, 20).Select(n => new Change($"Changed {n}", null, Script, string.Concat(Enumerable.Repeat(Arabic, 40)))),
            ],
            Again = true,
        };
    }

    public static MailMessage.OutcomeNotice HostileOutcome() => Outcome(OutcomeKind.Denied,
        [
            new("Business", $"{Hebrew}", Choice.Deny, $"{Script}\n{Hebrew}\n{new string('x', 300)}", Received, PartyStanding.Answered),
            new("Curriculum", "<i>Joy</i>", Choice.Approve, Endless, Received, PartyStanding.Answered),
            new("Technology and a very long party name indeed", "Someone With A Very Long Name Indeed, Assistant Superintendent", Choice.AdviseAgainst, Arabic, Received, PartyStanding.Answered),
        ]) with
    { About = Hostile().About };

    public static ImmutableArray<(string Name, MailMessage Mail)> All =>
    [
        ("request", Request()),
        ("request-again", RequestAgain()),
        ("recommendation", Recommendation()),
        ("reminder", Reminder()),
        ("reminder-2", Reminder(2)),
        ("escalation", Escalation()),
        ("acknowledgement", Acknowledgement()),
        ("edited", Edited()),
        ("confirmation", Confirmation()),
        ("correction", Correction()),
        ("correction-reminder", Missing()),
        ("approved", Approved()),
        ("denied", Denied()),
        ("denied-to-party", Denied(toSponsor: false)),
        ("expired", Expired()),
        ("withdrawn", Withdrawn()),
        ("duplicate", Duplicate()),
        ("administrator", Administrator()),
        ("installation", Installation()),
        ("outage", Outage()),
        ("outage-over", Outage(isOver: true)),
        ("hostile", Hostile()),
        ("hostile-outcome", HostileOutcome()),
    ];

    static MailMessage.OutcomeNotice Outcome(OutcomeKind kind, ImmutableArray<Verdict> verdicts, bool toSponsor = true) =>
        new($"FF-0/12/tell-outcome/{kind}", toSponsor ? Renee : Ana, Facts(), new Outcome(kind), verdicts, toSponsor ? Form : null, StatusPage, toSponsor);
}
