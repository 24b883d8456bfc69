namespace FormsFlow.Mail.Settings;

/// <summary>The settings under <c>Mail</c>: who writes, and which way mails go.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Who the mails come from. The domain also names them (Message-ID).</summary>
    public SenderAddress From { get; set; } = new();

    /// <summary>Where answers to mails go, usually the office that runs the procedure. Without an address they go to <see cref="From"/>.</summary>
    public SenderAddress ReplyTo { get; set; } = new();

    /// <summary>Which way mails go.</summary>
    public MailSender Sender { get; set; } = MailSender.Smtp;

    /// <summary>Read if <see cref="Sender"/> is Smtp.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Read if <see cref="Sender"/> is SendGrid.</summary>
    public SendGridOptions SendGrid { get; set; } = new();

    /// <summary>Read if <see cref="Sender"/> is PickupFolder.</summary>
    public PickupFolderOptions PickupFolder { get; set; } = new();

    /// <summary>Settings that could not be read at all, each with what would be right.</summary>
    internal IReadOnlyList<string> Unreadable { get; set; } = [];
}

public enum MailSender
{
    /// <summary>A mail server: the district's own, or its Google Workspace relay.</summary>
    Smtp,

    SendGrid,

    /// <summary>Files in a folder instead of mails.</summary>
    PickupFolder,
}

public sealed class SenderAddress
{
    /// <summary>Shown beside the address: "Harlan Ridge ISD, Solutions That Work".</summary>
    public string? Name { get; set; }

    /// <summary>One e-mail address.</summary>
    public string? Address { get; set; }
}

public sealed class SmtpOptions
{
    /// <summary>For example <c>smtp-relay.gmail.com</c>.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 (submission) unless the server says otherwise; 465 goes with <see cref="SmtpSecurity.Tls"/>.</summary>
    public int Port { get; set; } = 587;

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty: no login, for a relay that knows this machine by its address.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>How many mails may be on their way at once, each over a connection of its own. 1 to 32.</summary>
    public int MaxConnections { get; set; } = 4;

    /// <summary>In seconds: how long one mail may take from connecting to the server's last word. 5 to 90: a mail waits for one before it at most, and for the one that tries whether the service is there, and all of it fits into its claim. RFC 5321 would wait ten minutes; a mail that is tried again waits less.</summary>
    public int TimeoutSeconds { get; set; } = 60;
}

public enum SmtpSecurity
{
    /// <summary>Plain at first, then secured, or no mail at all: never silently plain.</summary>
    StartTls,

    /// <summary>Secured from the first byte (port 465).</summary>
    Tls,

    /// <summary>Never secured: only for a server on the same machine or network.</summary>
    None,
}

public sealed class SendGridOptions
{
    /// <summary>A key with the permission "Mail Send"; it begins with <c>SG.</c></summary>
    public string? ApiKey { get; set; }

    /// <summary><c>https://api.eu.sendgrid.com</c> for accounts whose data stays in the European Union.</summary>
    public string Host { get; set; } = "https://api.sendgrid.com";
}

public sealed class PickupFolderOptions
{
    /// <summary>Made if it is not there.</summary>
    public string Path { get; set; } = "";
}
