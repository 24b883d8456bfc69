using FormsFlow.Application.Intake;
using FormsFlow.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Tests.Serving;

/// <summary>A backup, made while the program runs as docs/install-self-hosted.md says, and put back.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_backup_that_is_put_back_knows_what_was_there_and_takes_in_again_what_came_after_it()
    {
        await using var district = await ServedDistrict.CreateAsync();
        var backup = Path.Combine(district.Folder, "backup.db");
        Uri business, technology;
        string quizlet, installation;
        using (var server = await district.ServeAsync())
        {
            district.Form.Propose("Desmos");
            business = await LinkAsync(district, "business", "Desmos");
            await Reviewers.ApproveAsync(business);
            technology = await LinkAsync(district, "technology", "Desmos");
            await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum and Technology");
            installation = IdOf(district.Store);
            await BackUpAsync(district.Store, backup);

            // What happens after the backup is lost with the disk, except what the sheet holds.
            district.Form.Propose("Quizlet");
            await district.Form.StatusAsync("Quizlet", "In review: waiting for Business, Curriculum and Technology");
            quizlet = IdOf(district, "Quizlet");
            await server.KillAsync();
        }

        foreach (var file in Directory.GetFiles(district.Folder, "formsflow.db*")) File.Delete(file);
        File.Copy(backup, district.Store);
        using (var server = await district.ServeAsync())
        {
            await Reviewers.ApproveAsync(technology);
            await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum");
            await Reviewers.ApproveAsync(await LinkAsync(district, "curriculum", "Desmos"));
            await district.Form.StatusAsync("Desmos", "Approved");
            // The one that the store has forgotten is in the sheet, and so is a new one.
            district.Form.Propose("Kahoot");
            await district.Form.StatusAsync("Kahoot", "In review: waiting for Business, Curriculum and Technology");
            await Reviewers.ApproveAsync(await LatestLinkAsync(district, "business", "Quizlet"));
            await district.Form.StatusAsync("Quizlet", "In review: waiting for Curriculum and Technology");
            // The sheet is its own: it neither finds another's mark nor takes one over.
            await server.UntilItSaysAsync($"it is the installation {installation}");
            Assert.DoesNotContain("[1406]", server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("[1305]", server.Output, StringComparison.Ordinal);
        }

        Assert.Equal(installation, IdOf(district.Store));
        Assert.Equal(quizlet, IdOf(district, "Quizlet"));
        Assert.Equal(3, district.Form.Rows.Select(row => row["FormsFlow ID"]).Distinct().Count());
    }

    static string IdOf(ServedDistrict district, string product) => district.Form.Rows.Single(row => row["Product title"] == product)["FormsFlow ID"];

    static string IdOf(string store) => SqliteProposalStore.PeekNote(store, SheetOwnership.Note) ?? throw new InvalidOperationException("The store has no id.");

    /// <summary>As <c>sqlite3 formsflow.db "VACUUM INTO '…'"</c> does.</summary>
    static async Task BackUpAsync(string store, string backup)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $backup";
        command.Parameters.AddWithValue("$backup", backup);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    static async Task<Uri> LinkAsync(ServedDistrict district, string role, string product) =>
        ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor(role), $"Please review: {product}"));

    /// <summary>The mail of the second taking-in, if there is one.</summary>
    static async Task<Uri> LatestLinkAsync(ServedDistrict district, string role, string product)
    {
        await LinkAsync(district, role, product);
        return ServedDistrict.ButtonOf(district.Mails.Last(mail => mail.To.Mailboxes.Any(box => box.Address == district.Form.PersonFor(role)) && mail.Subject == $"Please review: {product}"));
    }
}
