namespace FormsFlow.Server.Serve;

/// <summary>Says what is wrong with the settings to whoever started a command.</summary>
static class SettingsTrouble
{
    /// <param name="file">The file that was read; null if there was none.</param>
    /// <returns>The exit code: as of <c>check</c>, 2 where the file could not be read, and 1 where something in it is wrong.</returns>
    public static async Task<int> TellAsync(SettingsException e, string? file)
    {
        if (e.IsOfFile)
        {
            foreach (var problem in e.Problems) await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        // Whoever has no file has most of the others for that alone.
        if (file is null) await Console.Error.WriteLineAsync(NoFile());
        await Console.Error.WriteLineAsync(e.Problems.Count == 1 ? "One setting is wrong:" : $"{e.Problems.Count} settings are wrong:");
        foreach (var problem in e.Problems) await Console.Error.WriteLineAsync($"  {problem}");
        return 1;
    }

    public static string NoFile() =>
        $"There is no {ServeSetup.DefaultFile} in {Environment.CurrentDirectory}; only environment variables were read. Copy local.settings.sample.json there and fill it in, or name a file with --settings.";
}
