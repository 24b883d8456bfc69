using System.Security.Cryptography;
using System.Text;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Mail.Sending;

/// <summary>Message-IDs, derived and never drawn: effect ids hold characters that a Message-ID may not, so that their hash stands for them.</summary>
static class MessageIds
{
    public static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32];

    public static string OfMail(string id, MailAddress from) => $"formsflow.{Hash(id)}@{from.Domain}";

    public static string OfThread(ProposalId proposal, MailAddress from) => $"formsflow.thread.{Hash(proposal.ToString())}@{from.Domain}";
}
