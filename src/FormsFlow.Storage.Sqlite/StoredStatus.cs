using FormsFlow.Application.Ports;

namespace FormsFlow.Storage.Sqlite;

/// <summary>A status's name in the file, which outlives any renaming in the code.</summary>
static class StoredStatus
{
    static readonly (ProposalStatus Status, string Name)[] Names =
    [
        (ProposalStatus.NeedsCorrection, "needs-correction"),
        (ProposalStatus.InReview, "in-review"),
        (ProposalStatus.Approved, "approved"),
        (ProposalStatus.Denied, "denied"),
        (ProposalStatus.Expired, "expired"),
        (ProposalStatus.Withdrawn, "withdrawn"),
        (ProposalStatus.Duplicate, "duplicate"),
    ];

    public static string Encode(ProposalStatus status) => Array.Find(Names, name => name.Status == status).Name
        ?? throw new ArgumentOutOfRangeException(nameof(status), status, $"Give the status a stable name in {nameof(StoredStatus)}.");

    public static ProposalStatus Decode(string stored)
    {
        foreach (var (status, name) in Names)
            if (name == stored)
                return status;
        throw new NotSupportedException($"This release does not know the status '{stored}'; a later one wrote it.");
    }
}
