using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace FormsFlow.Web.Hosting;

/// <summary>
/// How often link pages and nudges may be asked for. Links cannot be guessed; the limits keep one caller from taking the machine from
/// all others.
/// </summary>
static class RequestLimits
{
    /// <summary>
    /// A whole district may come from one address. Two hundred people who open their page after one staff meeting, and reload it once, pass;
    /// so does a scanner that opens all links of a day's mails. It is a small part of what the machine serves.
    /// </summary>
    const int AddressBurst = 600, AddressPerSecond = 10;

    /// <summary>A link is one person's own (or, for the status, a few people's). Scanners open it several times over, people reload it and press twice.</summary>
    const int LinkBurst = 60, LinkPerSecond = 1;

    static readonly string[] LinkPages = ["/review", "/confirm", "/status"];

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        // By address first: whoever has used up that makes no more entries for links that do not exist.
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(ByAddress), PartitionedRateLimiter.Create<HttpContext, string>(ByLink));
        options.OnRejected = (rejected, _) =>
        {
            var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    }

    static RateLimitPartition<string> ByAddress(HttpContext context) =>
        IsLimited(context.Request.Path) && AddressOf(context.Connection.RemoteIpAddress) is { } address
            ? Bucket(address, AddressBurst, AddressPerSecond)
            : RateLimitPartition.GetNoLimiter("");

    static RateLimitPartition<string> ByLink(HttpContext context) =>
        LinkOf(context.Request.Path) is { } link ? Bucket(link, LinkBurst, LinkPerSecond) : RateLimitPartition.GetNoLimiter("");

    static RateLimitPartition<string> Bucket(string key, int burst, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    });

    static bool IsLimited(PathString path) => LinkOf(path) is not null || path.StartsWithSegments("/nudge", StringComparison.OrdinalIgnoreCase);

    /// <summary>A short name for what stands behind the page's name; the token itself is not kept.</summary>
    static string? LinkOf(PathString path)
    {
        foreach (var page in LinkPages)
            if (path.StartsWithSegments(page, StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue)
                return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rest.Value!)).AsSpan(0, 16));
        return null;
    }

    /// <returns>
    /// Null for this machine itself: its own checks, and a reverse proxy that does not say who called, whose callers must not be counted
    /// as one. Of an IPv6 address the network: a caller has all addresses of it.
    /// </returns>
    static string? AddressOf(IPAddress? address)
    {
        if (address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return null;
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
