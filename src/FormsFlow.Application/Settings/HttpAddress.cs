using System.Diagnostics.CodeAnalysis;

namespace FormsFlow.Application.Settings;

/// <summary>An address of http or https in a setting.</summary>
public static class HttpAddress
{
    /// <summary>Whether it is one, of a host that can be looked up. It may hold a user's name and a password.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https" && CanBeLookedUp(address);

    /// <summary>
    /// <see cref="Uri"/> takes names, such as with a letter that no domain may have, that it cannot write as the network wants them; it says so
    /// only when they are used.
    /// </summary>
    static bool CanBeLookedUp(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
