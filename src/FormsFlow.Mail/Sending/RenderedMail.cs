namespace FormsFlow.Mail.Sending;

/// <summary>A mail ready to go, whatever the way.</summary>
/// <param name="Id">The effect's id: stable, never an address.</param>
/// <param name="Thread">The proposal's id; the mail's own if it is about none.</param>
/// <param name="Kind">"ReviewRequest".</param>
/// <param name="To">One address, trimmed and readable; the name is one line.</param>
/// <param name="Subject">One line.</param>
sealed record RenderedMail(
    string Id, string Thread, string Kind, MailAddress From, MailAddress? ReplyTo, MailAddress To, string Subject, string Html, string Text, DateTimeOffset Date)
{
    /// <summary>Without the angle brackets. A repeat of the same mail has the same, so that mail programs can collapse it.</summary>
    public string MessageId => MessageIds.OfMail(Id, From);

    /// <summary>What all mails about one proposal refer to.</summary>
    public string ThreadId => MessageIds.OfThread(Thread, From.Domain);

    /// <summary>Stands for the mail where ids leave the house.</summary>
    public string Hash => MessageIds.Hash(Id);
}

/// <param name="Name">May be empty.</param>
sealed record MailAddress(string Name, string Address)
{
    /// <summary>What stands behind the @, as the wire wants it.</summary>
    public string Domain => new System.Globalization.IdnMapping().GetAscii(Address[(Address.LastIndexOf('@') + 1)..]);
}
