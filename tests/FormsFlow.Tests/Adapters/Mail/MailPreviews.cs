using FormsFlow.Mail.Sending;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>Keeps every mail as a page, a text and a raw message in artifacts/mails, to be looked at.</summary>
public sealed class MailPreviews
{
    [Fact]
    public async Task Every_mail_is_kept_to_be_looked_at()
    {
        var folder = Path.Combine(Folders.Root, "artifacts", "mails");
        Directory.CreateDirectory(folder);
        foreach (var (name, mail) in SampleMails.All)
        {
            var rendered = await MailBench.RenderAsync(mail);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.html"), rendered.Html, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.txt"), $"Subject: {rendered.Subject}\n\n{rendered.Text}", TestContext.Current.CancellationToken);
            await MimeMessages.Create(rendered).WriteToAsync(Path.Combine(folder, $"{name}.eml"), TestContext.Current.CancellationToken);
            Assert.True(new FileInfo(Path.Combine(folder, $"{name}.html")).Length > 1_000);
        }
    }
}
