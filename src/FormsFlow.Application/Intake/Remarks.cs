namespace FormsFlow.Application.Intake;

/// <summary>
/// What is said beside a row below the responses that is none: a total, a note, or a response whose timestamp somebody spoiled. Whoever
/// typed it sees it there, and can mend it.
/// </summary>
static class Remarks
{
    const string Beginning = "Not taken in: ";
    const string NoTime = Beginning + "the timestamp is not a date and time. If this is a response, enter when it was sent, such as 3/2/2026 8:15:00.";
    const string NoAnswer = Beginning + "none of the form's questions is answered in this row.";

    public static string Of(bool nothingAnswered) => nothingAnswered ? NoAnswer : NoTime;

    public static bool MayReplace(string said) => said.Length == 0 || said.StartsWith(Beginning, StringComparison.Ordinal);
}
