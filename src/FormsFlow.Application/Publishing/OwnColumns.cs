using System.Collections.Immutable;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Publishing;

/// <summary>The columns that FormsFlow keeps beside the responses, by header.</summary>
public static class OwnColumns
{
    public const string Id = "FormsFlow ID";
    public const string Status = "Status";

    /// <summary>A form may well ask a question that is called "Technology"; a party's column says that it is a decision.</summary>
    public static string Of(StageRole role) => $"{role.Title} decision";

    public static ImmutableArray<string> Of(Form form) => [Id, Status, .. form.Parties.Select(Of)];
}
