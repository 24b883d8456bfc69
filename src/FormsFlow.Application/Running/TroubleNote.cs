using System.Text.Json;

namespace FormsFlow.Application.Running;

/// <summary>The troubles that processes share, as the store's note holds them.</summary>
static class TroubleNote
{
    public const string Name = "troubles";

    /// <summary>Anything that is no such note says nothing.</summary>
    public static IReadOnlyList<NotedTrouble> Read(string? note)
    {
        if (string.IsNullOrEmpty(note)) return [];
        try
        {
            return JsonSerializer.Deserialize<List<NotedTrouble>>(note) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string Write(IReadOnlyList<NotedTrouble> troubles) => troubles.Count == 0 ? "" : JsonSerializer.Serialize(troubles);
}

/// <param name="By">The process that met it last and said so.</param>
/// <param name="MetAt">When that was; a process that goes on meeting it says so again now and then.</param>
sealed record NotedTrouble(string Key, string Message, bool Passes, DateTimeOffset Since, string By, DateTimeOffset MetAt)
{
    public bool IsSaidBy(Trouble trouble) => Message == trouble.Message && Passes == trouble.Passes;

    public Trouble Told => new(Key, Message, Passes, Since);
}
