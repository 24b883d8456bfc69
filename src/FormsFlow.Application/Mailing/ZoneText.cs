namespace FormsFlow.Application.Mailing;

/// <summary>The time zone in which a page or a mail tells its times, as the people who live in it call it.</summary>
public static class ZoneText
{
    /// <summary>"Times are in Central Time." Daylight saving is left to the reader's own clock: the name is the same all year.</summary>
    public static string Sentence(TimeZoneInfo zone) => Name(zone) is { } name ? $"Times are in {name}." : $"Times are those of {Place(zone)}.";

    /// <summary>Of a zone of the United States; null for any other. The language of this machine has no say in it.</summary>
    static string? Name(TimeZoneInfo zone) => WindowsId(zone) switch
    {
        "Eastern Standard Time" or "US Eastern Standard Time" => "Eastern Time",
        "Central Standard Time" => "Central Time",
        "Mountain Standard Time" => "Mountain Time",
        "US Mountain Standard Time" => "Mountain Standard Time", // Arizona, which keeps it all year
        "Pacific Standard Time" => "Pacific Time",
        "Alaskan Standard Time" => "Alaska Time",
        "Hawaiian Standard Time" => "Hawaii Time",
        "UTC" => "Coordinated Universal Time (UTC)",
        _ => null,
    };

    static string WindowsId(TimeZoneInfo zone) => TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var id) ? id : zone.Id;

    /// <summary>"Europe/Berlin": Berlin.</summary>
    static string Place(TimeZoneInfo zone) => zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
