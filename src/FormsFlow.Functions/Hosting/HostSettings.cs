using Cronos;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Functions.Hosting;

/// <summary>The settings that the Functions host reads for itself. Where one is missing it says so in its own words, or not at all.</summary>
static class HostSettings
{
    const string Schedule = "PollSchedule";
    const string Storage = "AzureWebJobsStorage";

    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (configuration[Schedule] is not { } schedule || string.IsNullOrWhiteSpace(schedule))
            yield return $"{Schedule} is empty; it should say when the sheets are looked at, such as 0 * * * * * for every minute.";
        else if (schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 6 || !CronExpression.TryParse(schedule, CronFormat.IncludeSeconds, out _))
            yield return $"{Schedule} is '{schedule}'; it should be six fields, seconds first, such as 0 * * * * * for every minute.";

        if (string.IsNullOrWhiteSpace(configuration[Storage]) && !configuration.GetSection(Storage).GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value)))
            yield return $"{Storage} is empty; it should be a storage account's connection string, or {Storage}__accountName its name for an app with an identity.";
    }
}
