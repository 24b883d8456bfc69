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

    public static IReadOnlyList<DashboardColumn> Of(IReadOnlyList<string> parties) =>
    [
        new(IdHeader, DashboardColumnKind.Id, 148),
        new("Product", DashboardColumnKind.Text, 250),
        new("Sponsor", DashboardColumnKind.Text, 190),
        new(StatusHeader, DashboardColumnKind.Status, 230),
        .. parties.SelectMany(party => new DashboardColumn[]
        {
            new(party, DashboardColumnKind.Decision, 112, OfParty: true),
            new($"{party} date", DashboardColumnKind.Date, 124, OfParty: true),
        }),
        new("Waiting since", DashboardColumnKind.Date, 112),
        new("Next deadline", DashboardColumnKind.Date, 112),
        new("Status page", DashboardColumnKind.Link, 104),
    ];
}
