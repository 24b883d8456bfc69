using FormsFlow.GoogleSheets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class GoogleSettingsTests
{
    [Theory]
    [InlineData("AttemptTimeout", "100", "Google:AttemptTimeout is '100'; it should be hours, minutes and seconds from 00:00:01 to 00:05:00, such as 00:01:40.")]
    [InlineData("AttemptTimeout", "soon", "Google:AttemptTimeout is 'soon'; it should be hours, minutes and seconds from 00:00:01 to 00:05:00, such as 00:01:40.")]
    [InlineData("AttemptTimeout", "00:00:00", "Google:AttemptTimeout is '00:00:00'; it should be hours, minutes and seconds from 00:00:01 to 00:05:00, such as 00:01:40.")]
    [InlineData("AttemptTimeout", "1.00:00:00", "Google:AttemptTimeout is '1.00:00:00'; it should be hours, minutes and seconds from 00:00:01 to 00:05:00, such as 00:01:40.")]
    [InlineData("RetryFor", "-00:00:01", "Google:RetryFor is '-00:00:01'; it should be hours, minutes and seconds from 00:00:00 to 01:00:00, such as 00:02:00.")]
    [InlineData("LongestPause", "00:60:61", "Google:LongestPause is '00:60:61'; it should be hours, minutes and seconds from 00:00:00.0010000 to 00:10:00, such as 00:00:32.")]
    [InlineData("BaseAddress", "sheets", "Google:BaseAddress is 'sheets'; leave it empty for Google, or set an emulator's address such as http://localhost:5010/.")]
    public void What_is_wrong_is_said_in_our_words(string setting, string text, string said) =>
        Assert.Equal(said, Assert.Single(Problems(new() { [$"Google:{setting}"] = text }), problem => !problem.StartsWith("Google:CredentialsFile", StringComparison.Ordinal)));

    [Fact]
    public void What_is_empty_has_its_default()
    {
        var problems = Problems(new() { ["Google:AttemptTimeout"] = "", ["Google:RetryFor"] = " ", ["Google:LongestPause"] = "", ["Google:BaseAddress"] = "", ["Google:Credentials"] = "" });
        Assert.StartsWith("Google:CredentialsFile is empty", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_right_is_understood()
    {
        var options = new GoogleOptions();
        GoogleSettings.Bind(Configuration(new() { ["AttemptTimeout"] = "0:00:20", ["RetryFor"] = "00:05", ["LongestPause"] = "00:00:00.5", ["BaseAddress"] = " http://localhost:5010 " }), options);
        Assert.Empty(options.Unreadable);
        Assert.Equal((20, 300, 0.5), (options.AttemptTimeout.TotalSeconds, options.RetryFor.TotalSeconds, options.LongestPause.TotalSeconds));
        Assert.Equal(new Uri("http://localhost:5010/"), options.BaseAddress);
    }

    static List<string> Problems(Dictionary<string, string?> settings)
    {
        using var services = new ServiceCollection().AddSingleton(Configuration(settings)).AddLogging().AddGoogleSheets(_ => []).BuildServiceProvider();
        return [.. Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GoogleOptions>>().Value).Failures];
    }

    static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
