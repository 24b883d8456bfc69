namespace FormsFlow.Application.Settings;

public static class HostNames
{
    /// <summary>
    /// Whether an address names a host that can be looked up. <see cref="Uri"/> takes names, such as with a letter that no domain may have, that
    /// it cannot write as the network wants them; it says so only when they are used.
    /// </summary>
    public static bool CanBeLookedUp(Uri address)
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
