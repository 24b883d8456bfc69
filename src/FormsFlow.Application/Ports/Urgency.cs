namespace FormsFlow.Application.Ports;

/// <summary>Whether a person waits for what is being done: said where a request comes in, and known to everything that is awaited for it.</summary>
public static class Urgency
{
    static readonly AsyncLocal<bool> Waits = new();

    public static bool SomebodyWaits => Waits.Value;

    /// <summary>From here to the end of the asynchronous method that says so.</summary>
    public static void Begin() => Waits.Value = true;
}
