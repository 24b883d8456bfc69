using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using FormsFlow.Application.Links;
using FormsFlow.Domain.Calendar;

namespace FormsFlow.Application.Settings;

/// <summary>What the settings mean, or everything that is wrong with them.</summary>
/// <param name="Installation">Null if there are problems.</param>
/// <param name="Signer">Null if there are problems.</param>
/// <param name="Problems">Each names the setting, says what it is, and what would be right. Never a secret.</param>
public sealed record InstallationReading(Installation? Installation, LinkSigner? Signer, TimeSpan PollEvery, ImmutableArray<string> Problems)
{
    /// <summary>Null where nobody may nudge.</summary>
    public NudgeSecret? Nudge { get; init; }
}

/// <summary>Understands <see cref="FormsFlowOptions"/>, and finds everything that is wrong with them at once.</summary>
public static class InstallationReader
{
    public static InstallationReading Read(FormsFlowOptions options)
    {
        var texts = new SettingTexts(FormsFlowOptions.Section);
        var district = texts.Needed("District", options.District, "the district's name, such as Pine Creek School District");
        var address = BaseAddress(texts, options.BaseAddress);
        var calendar = Calendar(texts, options);
        var administrators = texts.People("Administrators", options.Administrators, needed: true);
        var showOthers = texts.Word("ShowOthers", options.ShowOthers, true, ("true", true), ("false", false));
        var reading = texts.Number("ShortestReadingSeconds", options.ShortestReadingSeconds, 1, 0, 60);
        var poll = texts.Number("PollSeconds", options.PollSeconds, 60, 5, 3600);
        var nudge = Nudge(texts, options.NudgeKey);
        var keys = LinkKeys(texts, options.LinkKeys);
        PublishedSecrets.Refuse(texts, options, address);

        if (options.Forms.Count == 0) texts.Problem("Forms:0:Key", "is missing", "there must be at least one form; see docs/settings.md");
        var forms = options.Forms.Select((form, i) => FormReader.Read(texts.Below($"Forms:{i}"), form)).ToImmutableArray();
        foreach (var key in forms.GroupBy(form => form.Key, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
            texts.Problem("Forms", $"has two forms with the key '{key.Key}'", "each form needs a key of its own");
        foreach (var sheet in options.Forms.GroupBy(form => (form.Spreadsheet?.Trim(), form.DashboardTab?.Trim())).Where(group => group.Key.Item1 is { Length: > 0 } && group.Count() > 1))
            texts.Problem("Forms", "has two forms that share a spreadsheet and a dashboard tab", "give each form a DashboardTab of its own");

        if (texts.Problems.Count > 0) return new InstallationReading(null, null, default, [.. texts.Problems]);
        var installation = new Installation(district, address!, calendar!, administrators, forms, showOthers, TimeSpan.FromSeconds(reading));
        return new InstallationReading(installation, new LinkSigner(keys), TimeSpan.FromSeconds(poll), []) { Nudge = nudge };
    }

    /// <summary>One form as far as it can be understood, whatever is wrong with it and with everything else.</summary>
    public static Form ReadForm(FormOptions options) => FormReader.Read(new SettingTexts(FormsFlowOptions.Section), options);

    static NudgeSecret? Nudge(SettingTexts texts, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Trim() is { Length: >= NudgeSecret.Shortest } secret && secret.All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c, StringComparison.Ordinal))) return new NudgeSecret(secret);
        // What is wrong with a secret is said without saying the secret.
        texts.Problem("NudgeKey", $"has {text.Trim().Length} characters or one that cannot stand in a header", $"it should be at least {NudgeSecret.Shortest} letters and digits (openssl rand -base64 32), or be left out");
        return null;
    }

    static Uri? BaseAddress(SettingTexts texts, string? text)
    {
        var needed = texts.Needed("BaseAddress", text, "where people reach the pages, such as https://formsflow.district.org/");
        if (needed.Length == 0) return null;
        if (HttpAddress.TryRead(needed.TrimEnd('/') + "/", out var address) && address.Query.Length + address.Fragment.Length + address.UserInfo.Length == 0 && !IsAnyAddress(address)) return address;
        texts.Problem("BaseAddress", $"is '{ShownAddress.Of(needed)}'", "it should be an address that people can open, such as https://formsflow.district.org/");
        return null;
    }

    /// <summary>Listened at, it means every address of the machine; nobody can open it.</summary>
    static bool IsAnyAddress(Uri address) => IPAddress.TryParse(address.DnsSafeHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    static WorkingCalendar? Calendar(SettingTexts texts, FormsFlowOptions options)
    {
        var name = texts.Needed("TimeZone", options.TimeZone, "the district's time zone, such as America/Chicago");
        TimeZoneInfo? zone = null;
        if (name.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
            texts.Problem("TimeZone", $"is '{name}'", "it should be an IANA time zone such as America/Chicago or America/New_York");

        var days = WorkingDays(texts, options.WorkingDays);
        var holidays = Holidays(texts, options.Holidays);
        var begins = texts.Time("DayBegins", options.DayBegins, new TimeOnly(8, 0));
        var ends = texts.Time("DayEnds", options.DayEnds, new TimeOnly(17, 0));
        if (ends <= begins) texts.Problem("DayEnds", $"is '{ends:HH\\:mm}', and the day begins at {begins:HH\\:mm}", "it should be later than DayBegins, such as 17:00");
        return zone is null ? null : new WorkingCalendar(zone, days, holidays, begins, ends);
    }

    static ImmutableHashSet<DayOfWeek> WorkingDays(SettingTexts texts, string? text)
    {
        var days = ImmutableHashSet.CreateBuilder<DayOfWeek>();
        var parts = SettingTexts.Split(text ?? "Monday, Tuesday, Wednesday, Thursday, Friday");
        foreach (var part in parts)
            if (Enum.TryParse<DayOfWeek>(part, ignoreCase: true, out var day) && !int.TryParse(part, CultureInfo.InvariantCulture, out _)) days.Add(day);
            else texts.Problem("WorkingDays", $"contains '{part}'", "it should be days of the week, such as Monday, Tuesday, Wednesday, Thursday, Friday");
        if (parts.Length == 0) texts.Problem("WorkingDays", "names no day", "name at least one, such as Monday, Tuesday");
        return days.ToImmutable();
    }

    static ImmutableHashSet<DateOnly> Holidays(SettingTexts texts, string? text)
    {
        var holidays = ImmutableHashSet.CreateBuilder<DateOnly>();
        foreach (var part in SettingTexts.Split(text ?? ""))
        {
            if (DayRange.Read(part) is { Days: <= 120 } range) holidays.UnionWith(Enumerable.Range(0, range.Days).Select(range.From.AddDays));
            else texts.Problem("Holidays", $"contains '{part}'", "it should be days such as 2026-12-24, or 2026-12-24..2027-01-03 (at most 120 days)");
        }

        return holidays.ToImmutable();
    }

    static ImmutableArray<LinkKey> LinkKeys(SettingTexts texts, List<string?> lines)
    {
        if (lines.Count == 0)
            texts.Problem("LinkKeys:0", "is missing", "it should be a name and a secret, such as a1:… with 32 random bytes in base64 (openssl rand -base64 32)");
        var keys = ImmutableArray.CreateBuilder<LinkKey>();
        for (var i = 0; i < lines.Count; i++)
        {
            // What is wrong with a secret is said without saying the secret.
            const string Right = "it should be name:secret, the name 1 to 16 letters and digits, the secret at least 32 bytes in base64 (openssl rand -base64 32)";
            var parts = (lines[i] ?? "").Trim().Split(':', 2);
            var secret = new byte[512];
            if (parts.Length != 2 || parts[0].Length is 0 or > 16 || !parts[0].All(char.IsAsciiLetterOrDigit)) texts.Problem($"LinkKeys:{i}", "has no usable name", Right);
            else if (!Convert.TryFromBase64String(parts[1].Trim(), secret, out var length)) texts.Problem($"LinkKeys:{i}", "has a secret that is not base64", Right);
            else if (length < LinkKey.ShortestSecret) texts.Problem($"LinkKeys:{i}", $"has a secret of {length} bytes", Right);
            else if (keys.Any(key => key.Id == parts[0])) texts.Problem($"LinkKeys:{i}", $"repeats the name '{parts[0]}'", "each key needs a name of its own");
            else keys.Add(new LinkKey(parts[0], [.. secret[..length]]));
        }

        return keys.ToImmutable();
    }
}
