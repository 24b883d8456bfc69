using System.Diagnostics.CodeAnalysis;
using FormsFlow.Mail.Letters;
using MimeKit;

namespace FormsFlow.Mail.Sending;

/// <summary>Reads one address as people type it, blanks and a name around it included.</summary>
static class AddressText
{
    public static bool TryRead(string? name, string? address, [NotNullWhen(true)] out MailAddress? read)
    {
        read = null;
        if (string.IsNullOrWhiteSpace(address) || address.Length > 320) return false;
        var text = address.Trim();
        // Line ends inside an address are an attempt to add a header, never a slip.
        if (text.Any(char.IsControl)) return false;
        if (!MailboxAddress.TryParse(text, out var mailbox)) return false;
        var at = mailbox.Address.LastIndexOf('@');
        if (at <= 0 || at == mailbox.Address.Length - 1 || !IsHostName(mailbox.Address[(at + 1)..])) return false;
        var shown = CleanText.Line(name ?? "", 80);
        read = new MailAddress(shown is "" ? CleanText.Line(mailbox.Name ?? "", 80) : shown, mailbox.Address);
        return true;
    }

    static bool IsHostName(string domain)
    {
        try
        {
            return Uri.CheckHostName(new System.Globalization.IdnMapping().GetAscii(domain)) is UriHostNameType.Dns;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
