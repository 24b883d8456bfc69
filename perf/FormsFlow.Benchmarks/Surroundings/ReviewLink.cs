using System.Text;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>Finds the link to the review page in a mail as it came over the wire.</summary>
static class ReviewLink
{
    /// <returns>The token; null if the mail asks for no review.</returns>
    public static string? Find(ReadOnlySpan<byte> mail)
    {
        // A line of quoted-printable may end, with a "=", anywhere in the address.
        var plain = mail.IndexOf("=\r\n"u8) < 0 ? mail : Joined(mail);
        var at = plain.IndexOf("/review/"u8);
        if (at < 0) return null;
        var token = plain[(at + "/review/"u8.Length)..];
        var length = 0;
        while (length < token.Length && (char.IsAsciiLetterOrDigit((char)token[length]) || token[length] is (byte)'.' or (byte)'-' or (byte)'_')) length++;
        return Encoding.ASCII.GetString(token[..length]);
    }

    static byte[] Joined(ReadOnlySpan<byte> mail)
    {
        var joined = new byte[mail.Length];
        var length = 0;
        while (mail.IndexOf("=\r\n"u8) is var soft and >= 0)
        {
            mail[..soft].CopyTo(joined.AsSpan(length));
            length += soft;
            mail = mail[(soft + 3)..];
        }

        mail.CopyTo(joined.AsSpan(length));
        return joined[..(length + mail.Length)];
    }
}
