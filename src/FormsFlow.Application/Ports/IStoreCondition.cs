namespace FormsFlow.Application.Ports;

/// <summary>What a store knows of its own condition, for readiness. A store whose every use tells need not have one.</summary>
public interface IStoreCondition
{
    /// <summary>Why it cannot be used, in a word; null while it can.</summary>
    string? Trouble { get; }
}
