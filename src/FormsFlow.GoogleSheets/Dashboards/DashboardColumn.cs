using FormsFlow.Domain.Proposals;

namespace FormsFlow.GoogleSheets.Dashboards;

public enum DashboardColumnKind
{
    Id,
    Text,
    Status,
    Decision,
    Date,
    Link,
}

/// <summary>A column of the administrators' table.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="OfParty">It belongs to one of the parties, which a change of settings may rename.</param>
public sealed record DashboardColumn(string Header, DashboardColumnKind Kind, int Width, bool OfParty = false)
{
    public const string IdHeader = "ID";
    public const string StatusHeader = "Status";

    static readonly DashboardColumn[] Before =
    [
        new(IdHeader, DashboardColumnKind.Id, 148),
        new("Product", DashboardColumnKind.Text, 250),
        new("Sponsor", DashboardColumnKind.Text, 190),
        new(StatusHeader, DashboardColumnKind.Status, 230),
    ];

    static readonly DashboardColumn[] After =
    [
        new("Waiting since", DashboardColumnKind.Date, 112),
        new("Next deadline", DashboardColumnKind.Date, 112),
        new("Status page", DashboardColumnKind.Link, 104),
    ];

    public static IReadOnlyList<DashboardColumn> Of(IReadOnlyList<string> parties) =>
    [
        .. Before,
        .. parties.Select(HeaderOf).SelectMany(party => new DashboardColumn[]
        {
            new(party, DashboardColumnKind.Decision, 112, OfParty: true),
            new($"{party} date", DashboardColumnKind.Date, 124, OfParty: true),
        }),
        .. After,
    ];

    /// <summary>A party may be called as one of the table's own columns is: the sponsor, say.</summary>
    static string HeaderOf(string party) => Before.Concat(After).Any(column => HeaderText.Same(column.Header, party)) ? $"{party} decision" : party;
}
