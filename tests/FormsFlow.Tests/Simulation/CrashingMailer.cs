using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;

namespace FormsFlow.Tests.Simulation;

/// <summary>A mail service behind a fuse: the process may die before a mail is handed over, or when it was and nobody knows yet.</summary>
sealed class CrashingMailer(IMailer inner, Fuse fuse) : IMailer
{
    public int AtOnce => inner.AtOnce;

    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        fuse.Before();
        await inner.SendAsync(mail, cancellationToken);
        fuse.After();
    }
}
