namespace FormsFlow.SheetsEmulator.Api;

/// <summary>Requests per minute.</summary>
/// <param name="ReadsPerProject">Reads of all accounts of a project.</param>
/// <param name="WritesPerProject">Writes of all accounts of a project.</param>
/// <param name="ReadsPerUser">Reads of one account.</param>
/// <param name="WritesPerUser">Writes of one account.</param>
public sealed record QuotaLimits(int ReadsPerProject = 300, int WritesPerProject = 300, int ReadsPerUser = 60, int WritesPerUser = 60);
