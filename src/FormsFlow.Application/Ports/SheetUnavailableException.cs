namespace FormsFlow.Application.Ports;

/// <summary>Why a form's sheet cannot be read or written.</summary>
public enum SheetTrouble
{
    /// <summary>The service does not answer, or asks to come back later. It passes by itself.</summary>
    Away,

    /// <summary>Rows or columns moved between a read and the next step. It passes by itself: read again.</summary>
    Moved,

    /// <summary>The account's key was refused.</summary>
    Credentials,

    /// <summary>The account may not read or may not write the spreadsheet.</summary>
    NotShared,

    /// <summary>There is no such spreadsheet.</summary>
    NotFound,

    /// <summary>The spreadsheet has no such tab.</summary>
    TabMissing,

    /// <summary>The tab has no such column.</summary>
    ColumnMissing,

    /// <summary>Somebody protected what has to be written.</summary>
    Protected,

    /// <summary>The spreadsheet holds as many cells as a spreadsheet can.</summary>
    Full,

    /// <summary>The service refused the request for a reason of its own.</summary>
    Refused,

    /// <summary>Another installation of FormsFlow works on the sheet.</summary>
    OtherInstallation,
}

/// <summary>A form's sheet cannot be used. The message says what happened, where, and what would be right; it holds no answers.</summary>
/// <param name="form">The form's key in the settings.</param>
public sealed class SheetUnavailableException(string form, SheetTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Form { get; } = form;

    public SheetTrouble Trouble { get; } = trouble;

    /// <param name="owner">The installation whose mark the sheet bears.</param>
    /// <param name="own">This one.</param>
    public static SheetUnavailableException OfAnother(string form, string owner, string own) => new(
        form,
        SheetTrouble.OtherInstallation,
        $"Another installation of FormsFlow ({owner}) works on the sheet of form '{form}'; this one ({own}) neither takes in nor writes anything there. "
        + "Stop one of the two. If this one is to go on with the sheet: what only the other one's store knows would be taken in anew, and everybody be asked again, "
        + $"so bring that along first, with export and import or from a backup. Then stop the other, and delete the column '{Publishing.OwnColumns.Id}' beside the responses: "
        + "this one makes it again and finds its own proposals by their answers.");

    /// <summary>Nobody has to do anything: the next poll will do.</summary>
    public bool Passes => Trouble is SheetTrouble.Away or SheetTrouble.Moved;

    /// <summary>Ids whose dashboard lines got lost when somebody sorted the tab in the very moment it was written: publish them again.</summary>
    public IReadOnlyList<string> PublishAgain { get; init; } = [];

    /// <summary>How long the service asks to be left alone, from the moment of its answer; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
