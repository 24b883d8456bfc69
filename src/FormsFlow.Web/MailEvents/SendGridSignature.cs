using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FormsFlow.Web.MailEvents;

/// <summary>The setting <c>Mail:SendGrid:EventKey</c>.</summary>
public sealed class SendGridEventOptions
{
    public const string Section = "Mail:SendGrid";

    /// <summary>The verification key that SendGrid shows where its event webhook is set up (Signature Verification). Empty: no events are taken.</summary>
    public string? EventKey { get; set; }
}

/// <summary>Tells SendGrid's events from everybody else's: ECDSA over the time and the body, as they stand in the request.</summary>
public sealed class SendGridSignature(IOptions<SendGridEventOptions> options)
{
    readonly byte[]? _key = string.IsNullOrWhiteSpace(options.Value.EventKey) ? null : Convert.FromBase64String(options.Value.EventKey.Trim());

    /// <summary>Whether there is a key to tell by.</summary>
    public bool IsOn => _key is not null;

    public bool IsGenuine(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        var given = new byte[256];
        if (_key is null || string.IsNullOrEmpty(timestamp) || !Convert.TryFromBase64String(signature ?? "", given, out var length)) return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. body];
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(_key, out _);
        return ecdsa.VerifyData(signed, given.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

sealed class SendGridEventOptionsCheck : IValidateOptions<SendGridEventOptions>
{
    public ValidateOptionsResult Validate(string? name, SendGridEventOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.EventKey)) return ValidateOptionsResult.Success;
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(options.EventKey.Trim()), out _);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return ValidateOptionsResult.Fail(
                $"{SendGridEventOptions.Section}:{nameof(SendGridEventOptions.EventKey)} is not a verification key; copy it whole from SendGrid "
                + "(Settings, Mail Settings, Event Webhook, Signature Verification). It begins with MFkw.");
        }
    }
}
