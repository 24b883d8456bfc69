using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Finds the words for a mail.</summary>
static class LetterWriter
{
    public static Letter Write(MailMessage mail) => mail switch
    {
        MailMessage.ReviewRequest request => ReviewRequestLetter.Write(request),
        MailMessage.Reminder reminder => ReminderLetter.Write(reminder),
        MailMessage.ConfirmationRequest request => ConfirmationLetter.Write(request),
        MailMessage.Escalation escalation => EscalationLetter.Write(escalation),
        MailMessage.Acknowledgement acknowledgement => AcknowledgementLetter.Write(acknowledgement),
        MailMessage.EditAcknowledgement acknowledgement => EditAcknowledgementLetter.Write(acknowledgement),
        MailMessage.CorrectionRequest request => CorrectionRequestLetter.Write(request),
        MailMessage.OutcomeNotice notice => OutcomeLetter.Write(notice),
        MailMessage.AdministratorNotice notice => AdministratorLetter.Write(notice),
        MailMessage.TestMail test => TestLetter.Write(test),
        MailMessage.InstallationNotice notice => InstallationLetter.Write(notice),
        MailMessage.OutageNotice notice => OutageLetter.Write(notice),
        _ => throw new InvalidOperationException($"Nobody has found words for {mail.GetType().Name}."),
    };
}
