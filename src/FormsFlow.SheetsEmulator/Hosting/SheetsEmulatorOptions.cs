using System.Net;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Hosting;

/// <summary>How an emulator is started.</summary>
public sealed record SheetsEmulatorOptions
{
    /// <summary>Where spreadsheets and accounts are kept; null keeps them in memory only.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. It has no lock on its door: anything but this machine is a risk.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>A form to offer. When no spreadsheet is linked to it yet, one is made.</summary>
    public FormDefinition? Form { get; init; }

    /// <summary>The time zone of spreadsheets that are made for a form (an IANA name).</summary>
    public string TimeZone { get; init; } = "America/Chicago";

    /// <summary>Google's quotas, or null for none.</summary>
    public QuotaLimits? Quotas { get; init; }

    /// <summary>How long an access token is good for; Google's are for an hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The clock that stamps responses, expires tokens and refills quotas.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where the links to uploaded files lead, for Google's Drive. Whoever opens them gets this emulator's files only if it is its own address.
    /// </summary>
    public Uri Drive { get; init; } = new("https://drive.google.com/");

    /// <summary>Links on top of every page, for whoever runs the emulator as a part of something larger.</summary>
    public IReadOnlyList<PageLink> Around { get; init; } = [];

    /// <summary>Where a person goes after sending a response, beside what a form offers by itself.</summary>
    public PageLink? AfterResponse { get; init; }

    /// <summary>Where log lines go; by default nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}

/// <summary>A link that a page shows.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Here">The path on whose pages, and on those below it, the link stands for where one is; null if it leads elsewhere.</param>
public sealed record PageLink(string Text, Uri Address, string? Here = null)
{
    /// <summary>For <c>aria-current</c>: <c>page</c> if the link stands for the page at a path, or for what that is a part of; null if it leads elsewhere.</summary>
    public string? CurrentAt(PathString path) => Here is { } here && path.StartsWithSegments(here, StringComparison.Ordinal) ? "page" : null;
}
