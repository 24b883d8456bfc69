namespace FormsFlow.Application.Settings;

/// <summary>
/// The settings under <c>FormsFlow</c>, as they are written: texts. <see cref="InstallationReader"/> understands them and says
/// everything that is wrong with them at once. Storage, Google and Mail have sections of their own.
/// </summary>
public sealed class FormsFlowOptions
{
    public const string Section = "FormsFlow";

    /// <summary>The district's name as its people write it; on every page and mail.</summary>
    public string? District { get; set; }

    /// <summary>Where people reach the pages, as it stands in links: <c>https://formsflow.district.org/</c>.</summary>
    public string? BaseAddress { get; set; }

    /// <summary>An IANA name: <c>America/Chicago</c>.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Days of the week, separated by commas. Default: Monday to Friday.</summary>
    public string? WorkingDays { get; set; }

    /// <summary>Days off, as <c>2026-12-24</c> or <c>2026-12-24..2027-01-03</c>, separated by commas.</summary>
    public string? Holidays { get; set; }

    /// <summary>When reminders go out on a working day. Default: 08:00.</summary>
    public string? DayBegins { get; set; }

    /// <summary>When a deadline passes on its day. Default: 17:00.</summary>
    public string? DayEnds { get; set; }

    /// <summary>Who is told of what needs attention: <c>Sam Lind &lt;sam@district.org&gt;; help@district.org</c>.</summary>
    public string? Administrators { get; set; }

    /// <summary>Whether a reviewer sees what other parties said before answering. Default: true.</summary>
    public string? ShowOthers { get; set; }

    /// <summary>An answer sooner after its page was opened is taken for a machine's and waits for a confirmation by e-mail. Seconds; default: 1.</summary>
    public string? ShortestReadingSeconds { get; set; }

    /// <summary>Between two looks at a sheet. Seconds; default: 60.</summary>
    public string? PollSeconds { get; set; }

    /// <summary>What <c>POST /nudge</c> must know to have the sheets looked at at once; at least 24 characters. Default: none, and no nudges.</summary>
    public string? NudgeKey { get; set; }

    /// <summary>Keys that links are signed with, each as <c>name:secret</c>, the secret at least 32 bytes in base64. The first one signs, all of them are good.</summary>
    public List<string?> LinkKeys { get; set; } = [];

    public List<FormOptions> Forms { get; set; } = [];
}

/// <summary>One form of the installation.</summary>
public sealed class FormOptions
{
    /// <summary>Short and never changed: small letters, digits, dashes. It is kept with every proposal.</summary>
    public string? Key { get; set; }

    /// <summary>As people call the form.</summary>
    public string? Title { get; set; }

    /// <summary>The response spreadsheet's address as the browser shows it, or its id.</summary>
    public string? Spreadsheet { get; set; }

    /// <summary>Default: the first tab called "Form Responses …".</summary>
    public string? ResponseTab { get; set; }

    /// <summary>Default: FormsFlow.</summary>
    public string? DashboardTab { get; set; }

    /// <summary>Where the form is filled in, for mails that ask to correct a response.</summary>
    public string? Address { get; set; }

    /// <summary>Which question feeds which part: <c>ProductTitle</c> to the question's text; several separated by <c>|</c>. Parts that are left out keep their defaults.</summary>
    public Dictionary<string, string?> Questions { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Columns that hold nobody's answer, separated by <c>|</c>.</summary>
    public string? IgnoredColumns { get; set; }

    /// <summary><c>MonthFirst</c> (3/4 is March 4) or <c>DayFirst</c>. Default: MonthFirst.</summary>
    public string? DateOrder { get; set; }

    /// <summary>The path of a JSON file with the form's process, or the JSON itself. Default: the district's procedure, with the settings below.</summary>
    public string? Process { get; set; }

    /// <summary>
    /// Who holds which role of the process; in the district's procedure <c>business</c>, <c>curriculum</c>, <c>technology</c> are needed; <c>values</c>, <c>technology-operations</c>,
    /// <c>sis-liaison</c>, <c>purchasing</c> switch their stages on; <c>escalation</c> hears of delays.
    /// <c>technology_operations</c> and <c>sis_liaison</c> mean the same, for where a setting's name may have no dash.
    /// </summary>
    public Dictionary<string, string?> People { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Who still answers for roles that the process does not have any more, for proposals that began while it had them; may be taken out when
    /// none of those is in review.
    /// </summary>
    public Dictionary<string, string?> FormerPeople { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who stands in for whom, each as <c>ana@district.org 2026-12-01..2026-12-15 Ben Ray &lt;ben@district.org&gt;</c>.</summary>
    public List<string?> Substitutes { get; set; } = [];

    /// <summary>Working days after which those who have not answered are reminded. Default: 3, 6; "never" for none.</summary>
    public string? RemindAfter { get; set; }

    /// <summary>Working days after which <c>escalation</c> is told. Default: 8; "never".</summary>
    public string? EscalateAfter { get; set; }

    /// <summary>Working days after which waiting ends. Default: 15; "never".</summary>
    public string? ExpireAfter { get; set; }

    /// <summary><c>CloseAtOnce</c> (the first denial ends the review) or <c>WaitForAll</c>. Default: CloseAtOnce.</summary>
    public string? OnDenial { get; set; }

    /// <summary>
    /// Which mails are sent that ask nobody for anything. <c>All</c>: the sponsor hears that the proposal came in and how it ended, and
    /// everybody who was asked how it ended. <c>SponsorOutcome</c>: the sponsor hears how it ended. Default: All.
    /// </summary>
    public string? Notices { get; set; }
}
