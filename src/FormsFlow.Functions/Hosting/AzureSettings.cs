using System.Security.Cryptography;
using FormsFlow.Application.Links;
using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Functions.Hosting;

/// <summary>
/// The settings of the function app. What is wrong with them stops the host at its start; a secret that the vault does not give yet does
/// not: the host waits for it, says so, and goes on by itself once the vault gives it.
/// </summary>
public sealed partial class AzureSettings
{
    /// <summary>Everybody who needs the settings asks for them; the vault is not asked more often than this.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    readonly IConfiguration _configuration;
    readonly Vault _vault;
    readonly TimeProvider _time;
    readonly Lock _asked = new();
    readonly HashSet<string> _said = new(StringComparer.Ordinal);
    DateTimeOffset _askAgain = DateTimeOffset.MinValue;
    Task<bool> _asking = Task.FromResult(false);
    volatile InstallationReading? _reading;

    AzureSettings(IConfiguration configuration, Vault vault, TimeProvider time) => (_configuration, _vault, _time) = (configuration, vault, time);

    /// <summary>Everything that is wrong, as far as it can be told without the secrets that are missing.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>The settings whose secrets the vault has not given; empty once all of them are there.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>What the settings mean; with keys that sign nothing as long as something is <see cref="Missing"/>.</summary>
    public Installation Installation { get; private set; } = null!;

    /// <summary>Where each form's responses are.</summary>
    public IReadOnlyList<ResponseSheetSettings> Sheets { get; private set; } = [];

    public LinkSigner Signer => Whole.Signer!;

    /// <summary>Null where nobody may nudge.</summary>
    public NudgeSecret? Nudge => Whole.Nudge;

    InstallationReading Whole => _reading ?? throw new InvalidOperationException($"FormsFlow waits for what the vault keeps: {string.Join(", ", Missing)}.");

    internal static AzureSettings Read(IConfiguration configuration, Vault vault, TimeProvider time)
    {
        var settings = new AzureSettings(configuration, vault, time);
        settings.Read();
        return settings;
    }

    /// <summary>Asks the vault for what is missing, unless that was done a moment ago; all who need it at once wait for one answer.</summary>
    /// <returns>Whether everything is there.</returns>
    public async ValueTask<bool> AreWholeAsync(ILogger logger, CancellationToken cancellationToken)
    {
        if (_reading is not null) return true;
        Task<bool> asking;
        lock (_asked)
        {
            if (_asking.IsCompleted && _time.GetUtcNow() >= _askAgain)
            {
                _askAgain = _time.GetUtcNow() + Pause;
                _asking = AskAsync(logger);
            }

            asking = _asking;
        }

        return await asking.WaitAsync(cancellationToken);
    }

    async Task<bool> AskAsync(ILogger logger)
    {
        foreach (var setting in Missing) await AskAsync(setting, logger);
        Read();
        foreach (var problem in Problems) if (_said.Add(problem)) Log.Wrong(logger, ShownAddress.InSentence(problem));
        if (_reading is null) return false;
        Log.Whole(logger);
        return true;
    }

    async Task AskAsync(string setting, ILogger logger)
    {
        var (secret, reason) = VaultReference.Read(setting, _configuration[setting] ?? "") is { } reference
            ? await _vault.AskAsync(reference)
            : (null, "it names no secret; it should be @Microsoft.KeyVault(SecretUri=https://….vault.azure.net/secrets/…/)");
        if (secret is not null) _configuration[setting] = secret;
        else if (_said.Add($"{setting}: {reason}")) Log.NotGiven(logger, setting, reason!);
    }

    void Read()
    {
        Missing = [.. _configuration.AsEnumerable().Where(setting => VaultReference.IsOne(setting.Value)).Select(setting => setting.Key).Order(StringComparer.OrdinalIgnoreCase)];
        var options = _configuration.GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>() ?? new FormsFlowOptions();
        StandIn(options);
        var reading = InstallationReader.Read(options);
        Problems =
        [
            .. HostSettings.Problems(_configuration),
            .. reading.Problems,
            .. ResponseSheetSettings.Problems(options.Forms),
            .. AzureHost.AdapterProblems(_configuration).Where(problem => !Missing.Any(setting => IsAbout(problem, setting))),
        ];
        if (Problems.Count > 0) return;

        Installation = reading.Installation!;
        Sheets = [.. options.Forms.Select(ResponseSheetSettings.Of)];
        if (Missing.Count == 0) _reading = reading;
    }

    /// <summary>Everything else can be checked though a key is missing: one that nobody knows and that signs nothing stands in for it.</summary>
    static void StandIn(FormsFlowOptions options)
    {
        for (var i = 0; i < options.LinkKeys.Count; i++)
            if (VaultReference.IsOne(options.LinkKeys[i])) options.LinkKeys[i] = $"missing{i}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        if (VaultReference.IsOne(options.NudgeKey)) options.NudgeKey = null;
    }

    /// <summary>The section of a missing secret says of it what it says of any wrong one.</summary>
    static bool IsAbout(string problem, string setting) => problem.StartsWith(setting, StringComparison.OrdinalIgnoreCase)
        && (problem.Length == setting.Length || !char.IsLetterOrDigit(problem[setting.Length]));

    static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Error, "{Setting} is kept in the vault and cannot be read: {Reason}. Nothing is lost meanwhile; the vault is asked again until it answers")]
        public static partial void NotGiven(ILogger logger, string setting, string reason);

        [LoggerMessage(6002, LogLevel.Error, "A setting is wrong: {Problem}")]
        public static partial void Wrong(ILogger logger, string problem);

        [LoggerMessage(6003, LogLevel.Information, "Everything that the vault keeps is there; FormsFlow begins")]
        public static partial void Whole(ILogger logger);
    }
}
