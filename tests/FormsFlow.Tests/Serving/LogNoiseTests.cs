using FormsFlow.Server.Serve;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

public sealed class LogNoiseTests
{
    const string Redirects = "Microsoft.AspNetCore.Http.Result.StatusCodeResult";

    [Theory]
    [InlineData(null, false)]
    [InlineData("Information", true)]
    public async Task Redirects_and_files_are_logged_only_for_whoever_asks_for_it(string? level, bool isLogged)
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        if (level is not null) district.Settings["Logging:LogLevel:Microsoft.AspNetCore.Http.Result"] = level;
        district.WriteSettings();

        await using var app = ServeHost.Build(district.SettingsPath);

        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        Assert.Equal(isLogged, loggers.CreateLogger(Redirects).IsEnabled(LogLevel.Information));
        Assert.True(loggers.CreateLogger(Redirects).IsEnabled(LogLevel.Warning));
        Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.Hosting").IsEnabled(LogLevel.Information));
        Assert.True(loggers.CreateLogger("FormsFlow").IsEnabled(LogLevel.Information));
    }
}
