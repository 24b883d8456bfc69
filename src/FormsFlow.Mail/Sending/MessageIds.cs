using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Mail.Sending;

/// <summary>Message-IDs, derived and never drawn: effect ids hold characters that a Message-ID may not, so that their hash stands for them.</summary>
public static class MessageIds
{
    internal static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32];

    internal static string OfMail(string id, MailAddress from) => $"formsflow.{Hash(id)}@{from.Domain}";

    /// <summary>What every mail about a proposal answers to, so that mail programs show them together.</summary>
    /// <param name="thread">The proposal's id.</param>
    /// <param name="domain">Of the address that they come from.</param>
    public static string OfThread(string thread, string domain) => $"formsflow.thread.{Hash(thread)}@{domain}";
}
