namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// Waits a millisecond before a request, so that callers who come together (the effects of one advance) share it. A request to the
/// service takes ten times as long, and costs money.
/// </summary>
static class Turn
{
    public static Task PassAsync() => Task.Delay(1);
}
