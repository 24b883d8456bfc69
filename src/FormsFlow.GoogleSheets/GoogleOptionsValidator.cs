using System.Globalization;
using Microsoft.Extensions.Options;

namespace FormsFlow.GoogleSheets;

/// <summary>Finds every wrong setting at once and says which, what it is now and what would be right. Never any part of the key.</summary>
sealed class GoogleOptionsValidator : IValidateOptions<GoogleOptions>
{
    /// <summary>From, to, and what to write instead: the default.</summary>
    static readonly Dictionary<string, (TimeSpan Least, TimeSpan Most, TimeSpan Such)> Times = new(StringComparer.Ordinal)
    {
        [nameof(GoogleOptions.AttemptTimeout)] = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(100)),
        [nameof(GoogleOptions.RetryFor)] = (TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromMinutes(2)),
        [nameof(GoogleOptions.LongestPause)] = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(32)),
    };

    public ValidateOptionsResult Validate(string? name, GoogleOptions options)
    {
        var problems = new List<string>(options.Unreadable);
        if (!ServiceAccount.TryRead(options, out _, out var problem)) problems.Add(problem);
        Between(problems, nameof(GoogleOptions.AttemptTimeout), options.AttemptTimeout);
        Between(problems, nameof(GoogleOptions.RetryFor), options.RetryFor);
        Between(problems, nameof(GoogleOptions.LongestPause), options.LongestPause);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <param name="text">As it was typed.</param>
    public static string Wrong(string setting, string text) => string.Create(
        CultureInfo.InvariantCulture,
        $"{GoogleOptions.Section}:{setting} is '{text.Trim()}'; it should be hours, minutes and seconds from {Times[setting].Least:c} to {Times[setting].Most:c}, such as {Times[setting].Such:c}.");

    static void Between(List<string> problems, string setting, TimeSpan time)
    {
        if (time < Times[setting].Least || time > Times[setting].Most) problems.Add(Wrong(setting, string.Create(CultureInfo.InvariantCulture, $"{time:c}")));
    }
}
