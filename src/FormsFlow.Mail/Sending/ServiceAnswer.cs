using System.Text.RegularExpressions;
using FormsFlow.Mail.Letters;

namespace FormsFlow.Mail.Sending;

/// <summary>What a mail service said, fit to be shown and logged: services like to repeat the address.</summary>
static partial class ServiceAnswer
{
    public static string Clean(string? answer)
    {
        var text = Address().Replace(CleanText.Line(answer ?? "", 400), "(address)");
        return text is "" ? "no reason given" : CleanText.Line(text, 240).TrimEnd('.');
    }

    [GeneratedRegex(@"<?[^\s<>,;:""'()\[\]]+@[^\s<>,;:""'()\[\]]+>?", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
