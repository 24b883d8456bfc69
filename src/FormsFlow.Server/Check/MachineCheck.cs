using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Check;

/// <summary>This machine: where the store goes, what time it thinks it is, and whether people reach it.</summary>
/// <param name="patience">How long an address may take to answer; 15 s if null.</param>
sealed class MachineCheck(TimeProvider time, TimeSpan? patience = null) : IDisposable
{
    /// <summary>Bytes.</summary>
    const long Little = 200L << 20;

    static readonly Uri Google = new("https://sheets.googleapis.com/");

    /// <summary>A Date header is in whole seconds, and a request takes its time.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = patience ?? TimeSpan.FromSeconds(15) };

    /// <param name="little">How many free bytes are too few.</param>
    public static Finding Store(string file, long little = Little)
    {
        var path = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path)) return Finding.Problem("Store", $"{path} is a folder", $"Storage:Path should name a file, such as {Path.Combine(path, "formsflow.db")}.");
        if (!Directory.Exists(folder)) return Finding.Problem("Store", $"the folder {folder} does not exist", "Create it, or correct Storage:Path.");
        try
        {
            if (File.Exists(path))
            {
                using var store = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                var head = new byte[16];
                if (store.ReadAtLeast(head, 16, throwOnEndOfStream: false) > 0 && !head.AsSpan().StartsWith("SQLite format 3"u8))
                    return Finding.Problem("Store", $"{path} is no FormsFlow store", "Name another file in Storage:Path, or restore a backup.");
            }

            var trial = Path.Combine(folder, $".formsflow-check-{Guid.NewGuid():N}");
            File.WriteAllText(trial, "");
            File.Delete(trial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Problem("Store", $"{path} cannot be written: {e.Message}", $"Let the user that runs FormsFlow read and write {folder} and what is in it.");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var room = string.Create(CultureInfo.InvariantCulture, $"{free / (1 << 20):N0} MB free");
        return free < little
            ? Finding.Warning("Store", $"{path}: only {room}", "Free some space: nothing is recorded on a full disk.")
            : Finding.Good("Store", $"{path} can be written, {room}");
    }

    /// <summary>Google signs nobody in whose clock is wrong by minutes.</summary>
    public async Task<IReadOnlyList<Finding>> ClockAsync(Uri? google, CancellationToken cancellationToken)
    {
        var address = google ?? Google;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.Headers.Date is not { } theirs) return [Finding.Skipped("Clock", $"{address.Host} does not say what time it is")];
            var apart = time.GetUtcNow() - theirs;
            return
            [
                apart.Duration() > Skew
                    ? Finding.Problem("Clock", string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {apart.Duration().TotalMinutes:0.#} minutes {(apart > TimeSpan.Zero ? "ahead of" : "behind")} {address.Host}"), "Set it, and let it be kept by NTP (timedatectl set-ntp true).")
                    : Finding.Good("Clock", $"agrees with {address.Host}"),
            ];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return
            [
                Finding.Problem("Google", $"{address.Host} cannot be reached ({Reason(e)})", google is null
                    ? "Allow this machine to reach Google over HTTPS (port 443)."
                    : $"See that something answers at {ShownAddress.Of(google.ToString())}, or correct Google:BaseAddress; without it, FormsFlow goes to Google itself."),
                Finding.Skipped("Clock", "not compared, because Google could not be reached"),
            ];
        }
    }

    /// <summary>Only warns: from inside, an address of the outside need not answer.</summary>
    public async Task<IReadOnlyList<Finding>> AddressAsync(Uri address, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (address.IsLoopback) findings.Add(Finding.Warning("Links", $"{address} is this machine only", "Set FormsFlow:BaseAddress to the address that reviewers reach before the first mail goes out."));
        else if (address.Scheme != Uri.UriSchemeHttps) findings.Add(Finding.Warning("Links", $"{address} is not encrypted", "Put a reverse proxy with TLS in front (docs/install-self-hosted.md) and begin FormsFlow:BaseAddress with https://."));
        try
        {
            await Dns.GetHostAddressesAsync(address.DnsSafeHost, cancellationToken);
        }
        catch (SocketException)
        {
            findings.Add(Finding.Warning("Links", $"the name {address.Host} is not known here", "Add it to the DNS, or correct FormsFlow:BaseAddress."));
            return findings;
        }

        try
        {
            using var answer = await _http.GetAsync(new Uri(address, "healthz"), cancellationToken);
            var text = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : "";
            findings.Add(text.StartsWith("Healthy", StringComparison.Ordinal)
                ? Finding.Good("Links", $"{address} answers")
                : Finding.Warning("Links", $"somebody else answers at {address} ({(int)answer.StatusCode})", "Check the reverse proxy, and that FormsFlow:BaseAddress has its path."));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            findings.Add(Finding.Warning("Links", $"{address} does not answer ({Reason(e)})", "Fine as long as FormsFlow does not run."));
        }

        return findings;
    }

    public void Dispose() => _http.Dispose();

    static string Reason(Exception e) => e switch
    {
        OperationCanceledException => "no answer in time",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError.ToString(),
        _ => e.GetType().Name,
    };
}
