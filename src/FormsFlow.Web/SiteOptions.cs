using FormsFlow.Application.Settings;

namespace FormsFlow.Web;

/// <summary>What every page says of the district, also where no proposal is known. The host registers one.</summary>
public sealed record SiteOptions
{
    /// <param name="district">The district's name as its people write it.</param>
    /// <param name="contactAddress">Whom readers write to when a link does not help them; null if there is nobody.</param>
    /// <param name="zone">The district's time zone; every date on a page is told in it.</param>
    /// <exception cref="ArgumentException">The name is empty, or the address is not an e-mail address.</exception>
    public SiteOptions(string district, string? contactAddress, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(district))
            throw new ArgumentException("The district's name is empty; it stands on every page, for example \"Harlan Ridge School District\".", nameof(district));
        ArgumentNullException.ThrowIfNull(zone);

        District = district.Trim();
        ContactAddress = string.IsNullOrWhiteSpace(contactAddress) ? null : contactAddress.Trim();
        Zone = zone;
        if (ContactAddress is not null && !System.Net.Mail.MailAddress.TryCreate(ContactAddress, out _))
            throw new ArgumentException($"The contact address is '{contactAddress}'; it should be an e-mail address such as office@district.example.", nameof(contactAddress));
    }

    public static SiteOptions Of(Installation installation) =>
        new(installation.District, installation.Administrators.FirstOrDefault()?.Address, installation.Calendar.Zone);

    public string District { get; }

    public string? ContactAddress { get; }

    public TimeZoneInfo Zone { get; }
}
