namespace FormsFlow.Domain.Process;

/// <summary>Which mails are sent that ask nobody for anything. Requests, reminders and what needs a hand are sent in any case.</summary>
public enum Notices
{
    /// <summary>To the sponsor that the proposal came in, with the link to its status, that an edit was noticed, and how it ended; to everybody who was asked, how it ended.</summary>
    All,

    /// <summary>To the sponsor how it ended. The link to the status comes with it.</summary>
    SponsorOutcome,
}
