namespace FormsFlow.Application.Running;

/// <summary>By what name a part of this process holds leases.</summary>
static class LeaseOwner
{
    /// <returns>Another each time: the machine and the process for whoever reads it, and what makes it unlike any other.</returns>
    public static string New() => $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
}
