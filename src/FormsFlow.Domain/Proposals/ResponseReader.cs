using System.Collections.Immutable;

namespace FormsFlow.Domain.Proposals;

/// <summary>Understands a response: takes what can be taken, and lists everything that is wrong with it, all at once.</summary>
public static class ResponseReader
{
    const int LongestTitle = 200;

    /// <summary>A deadline may have passed when somebody writes it down; so far from today it was mistyped.</summary>
    const int FirstYear = 1990, LastYear = 2099;

    /// <param name="cells">The row's cell for a column index.</param>
    /// <param name="submittedAt">The response's timestamp.</param>
    public static ResponseReading Read(BoundLayout layout, Func<int, RawAnswer> cells, DateTimeOffset submittedAt)
    {
        var answers = ImmutableArray.CreateBuilder<Answer>(layout.Columns.Length);
        double? deadlineSerial = null;
        foreach (var column in layout.Columns)
        {
            var raw = cells(column.Index);
            var text = raw.Text;
            if (column.Part is { } part && IndexOf(answers, part) is var earlier and >= 0)
            {
                // Of two columns of one name a row is answered in one; what stands in both is not lost.
                if (IsBlank(text)) continue;
                if (!IsBlank(answers[earlier].Text))
                {
                    answers.Add(new Answer(column.Question, text));
                    continue;
                }

                answers.RemoveAt(earlier);
            }

            if (column.Part is ProposalPart.Deadline && raw.Number is { } number && DateText.FromSerial(number) is { } serial)
            {
                var bare = double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
                if (!bare || DateText.IsLikelySerial(number)) deadlineSerial = number;
                if (bare && deadlineSerial is not null) text = serial.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            }

            answers.Add(new Answer(column.Question, text, column.Part));
        }

        var all = answers.ToImmutable();
        var problems = ImmutableArray.CreateBuilder<Problem>();

        var title = OneLine(Of(all, ProposalPart.ProductTitle));
        var sponsor = OneLine(Of(all, ProposalPart.Sponsor));
        var dataNeeds = DataNeedsText.Read(Of(all, ProposalPart.DataNeeds));
        var date = deadlineSerial is { } days
            ? new DateReading(DateText.FromSerial(days), null)
            : DateText.Read(Of(all, ProposalPart.Deadline), layout.Layout.DateOrder, DateOnly.FromDateTime(submittedAt.DateTime));
        var addresses = AddressText.Read(Of(all, ProposalPart.SponsorContact), Of(all, ProposalPart.RespondentAddress));

        Require(ProposalPart.ProductTitle, "The product title is missing. Please enter the name of the product.");
        Require(ProposalPart.VendorContact, "The vendor contact is missing. Please enter the company, and a web site, an e-mail address or a phone number.");
        Require(ProposalPart.Deadline, "The deadline is missing. Please enter the date by which it should be in use, or write that there is no hurry.");
        if (date.Impossible is { } impossible)
            problems.Add(Problem(ProposalPart.Deadline, $"\u201c{impossible}\u201d is not a date that exists. Please enter one such as {Example(layout.Layout.DateOrder)}."));
        if (date.Date is { } deadline && deadline.Year is < FirstYear or > LastYear)
            problems.Add(Problem(ProposalPart.Deadline, $"The deadline is in the year {deadline.Year}, which must be a slip. Please enter a date from {FirstYear} to {LastYear}, such as {Example(layout.Layout.DateOrder)}."));
        Require(ProposalPart.DataNeeds, "Please choose whether the product needs student or staff data.");
        if (layout.Asks(ProposalPart.DataElements) && dataNeeds is DataNeeds.Once or DataNeeds.Nightly && IsBlank(Of(all, ProposalPart.DataElements)))
            problems.Add(Problem(ProposalPart.DataElements, "The product needs student or staff data, but the data elements are missing. Please list them, or paste a link to the vendor\u2019s Excel or CSV file."));
        Require(ProposalPart.Alignment, "Please say which of the District Curriculum Goals it serves, and how.");
        Require(ProposalPart.Sponsor, "The sponsor is missing. Please enter the name of the person behind this proposal, and the campus.");
        if (addresses.Readable.IsEmpty && (layout.Asks(ProposalPart.SponsorContact) || layout.Asks(ProposalPart.RespondentAddress)))
            problems.Add(Problem(
                layout.Asks(ProposalPart.SponsorContact) ? ProposalPart.SponsorContact : ProposalPart.RespondentAddress,
                addresses.Unsendable is { } unsendable
                    ? $"Mail cannot be sent to \u201c{unsendable}\u201d: before the @ it has letters other than a to z. Please enter one such as ana.ruiz@school.org."
                    : addresses.Malformed is { } malformed
                    ? $"\u201c{malformed}\u201d is not a complete e-mail address. Please enter one such as ana.ruiz@school.org."
                    : "The sponsor\u2019s e-mail address is missing. Please enter one such as ana.ruiz@school.org."));

        var proposal = new Proposal(submittedAt, all, title, sponsor, addresses.Readable, date.Date, dataNeeds, ContentHash.Of(all));
        return new ResponseReading(proposal, problems.ToImmutable());

        void Require(ProposalPart part, string message)
        {
            if (layout.Asks(part) && IsBlank(Of(all, part))) problems.Add(Problem(part, message));
        }

        Problem Problem(ProposalPart part, string message) => new(part, layout.QuestionOf(part), message);
    }

    /// <summary>Nothing to see: white space, invisible and control characters, or punctuation alone.</summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if ((System.Text.Rune.IsLetterOrDigit(rune) || System.Text.Rune.IsSymbol(rune)) && !IsEmptyGlyph(rune))
                return false;
        return true;
    }

    /// <summary>Letters and symbols that are drawn as nothing: the Hangul fillers and the blank Braille pattern.</summary>
    static bool IsEmptyGlyph(System.Text.Rune rune) => rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    static int IndexOf(ImmutableArray<Answer>.Builder answers, ProposalPart part)
    {
        for (var i = 0; i < answers.Count; i++)
            if (answers[i].Part == part)
                return i;
        return -1;
    }

    static string Of(ImmutableArray<Answer> answers, ProposalPart part)
    {
        foreach (var answer in answers)
            if (answer.Part == part)
                return answer.Text;
        return "";
    }

    /// <summary>Fit for a subject line: white space folded, control and direction characters left out, cut at a whole character.</summary>
    static string OneLine(string text)
    {
        var line = new System.Text.StringBuilder(Math.Min(text.Length, LongestTitle));
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (System.Text.Rune.IsWhiteSpace(rune) || System.Text.Rune.IsControl(rune))
            {
                gap = line.Length > 0;
                continue;
            }

            if (IsInvisible(rune)) continue;
            if (line.Length + rune.Utf16SequenceLength + 1 >= LongestTitle) return line.Append('\u2026').ToString();
            if (gap) line.Append(' ');
            gap = false;
            line.Append(rune.ToString());
        }

        return line.ToString();
    }

    /// <summary>Format characters, except the joiners that emoji and some scripts are written with.</summary>
    static bool IsInvisible(System.Text.Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format;

    static string Example(DateOrder order) => order is DateOrder.MonthFirst ? "8/15/2027" : "15/8/2027";
}
