namespace FormsFlow.Tests;

/// <summary>Waits for what a running program does in its own time: looks again and again, and gives up at a deadline.</summary>
static class Eventually
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    /// <summary>Far beyond what anything here takes, also on a machine that is busy with other things.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="what">Completes "it did not happen that …".</param>
    /// <param name="look">Null for not yet.</param>
    public static Task<T> Async<T>(string what, Func<Task<T?>> look) where T : class => Async(() => what, look);

    /// <param name="what">Asked for when it is given up, for what can be said only then.</param>
    /// <param name="look">Null for not yet.</param>
    public static async Task<T> Async<T>(Func<string> what, Func<Task<T?>> look) where T : class
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            if (TimeProvider.System.GetElapsedTime(since) > Patience) Assert.Fail($"Within {Patience.TotalSeconds:0} seconds it did not happen that {what()}.");
            await Task.Delay(Beat, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> Async<T>(string what, Func<T?> look) where T : class => Async(what, () => Task.FromResult(look()));

    public static Task IsTrueAsync(string what, Func<bool> look) => Async(what, () => look() ? what : null);

    /// <summary>For a text that changes: a failure says what it was at last.</summary>
    public static Task IsAsync(string what, string expected, Func<string> look)
    {
        var last = "";
        return Async(() => $"{what} '{expected}'; it was '{last}'", () => Task.FromResult((last = look()) == expected ? what : null));
    }
}
