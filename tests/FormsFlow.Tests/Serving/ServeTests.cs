using System.Net;
using System.Net.Sockets;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Serving;

/// <summary>The program as a district installs it: settings in a file, Google over HTTP, mail over SMTP.</summary>
public sealed class ServeTests
{
    static readonly string[] Roles = ["business", "curriculum", "technology"];

    /// <summary>Whoever starts it twice by mistake: the second one says so in one line, and the first one is not disturbed.</summary>
    [Fact]
    public async Task A_second_start_says_where_it_cannot_listen_and_touches_nothing()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.WriteSettings();
        using var first = new TcpListener(IPAddress.Loopback, district.Port);
        first.Start();

        var (exitCode, output, errors) = await ServerProcess.RunAsync("serve", "--settings", district.SettingsPath);

        Assert.Equal(1, exitCode);
        Assert.Equal($"http://127.0.0.1:{district.Port} is taken: perhaps FormsFlow runs already. Stop it, or choose another port in Server:Listen.", errors.Trim());
        Assert.Equal("", output.Trim());
        Assert.False(File.Exists(district.Store));
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_named()
    {
        await using var district = await ServedDistrict.CreateAsync();
        // Kept for documentation (RFC 5737).
        district.Settings["Server:Listen"] = "http://192.0.2.1:8080";
        district.WriteSettings();

        var (exitCode, _, errors) = await ServerProcess.RunAsync("serve", "--settings", district.SettingsPath);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("http://192.0.2.1:8080 is no address of this machine.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_goes_its_whole_way_through_a_stop_and_a_start_in_the_middle()
    {
        await using var district = await ServedDistrict.CreateAsync();
        Uri technology;
        using (var server = await district.ServeAsync())
        {
            district.Form.Propose("Desmos");
            foreach (var role in Roles[..2]) await Reviewers.ApproveAsync(await LinkAsync(district, district.Form, role, "Desmos"));
            technology = await LinkAsync(district, district.Form, "technology", "Desmos");
            await district.Form.StatusAsync("Desmos", "In review: waiting for Technology");

            var (exitCode, errors) = await server.StopAsync();
            Assert.Equal(0, exitCode);
            Assert.Equal("", errors);
        }

        // What arrives while it is stopped is found at the start.
        district.Form.Propose("Quizlet");
        using (await district.ServeAsync())
        {
            await Reviewers.ApproveAsync(technology);
            await district.Form.StatusAsync("Desmos", "Approved");
            await district.MailAsync(ServedDistrict.Sponsor, "Approved: Desmos");
            await LinkAsync(district, district.Form, "business", "Quizlet");
            await district.Form.StatusAsync("Quizlet", "In review: waiting for Business, Curriculum and Technology");
        }

        var mails = district.Mails;
        Assert.Equal(mails.Count, mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(2, district.Form.Rows.Select(row => row["FormsFlow ID"]).Distinct().Count());
    }

    [Fact]
    public async Task In_systemd_s_journal_each_line_bears_its_level()
    {
        await using var district = await ServedDistrict.CreateAsync();
        using var server = await district.ServeAsync(("JOURNAL_STREAM", "8:12345"));
        await Eventually.IsTrueAsync("something is logged", () => server.Output.Contains('\n', StringComparison.Ordinal));
        Assert.All(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^<[0-7]>", line));
    }

    [Fact]
    public async Task Variables_of_other_programs_do_not_keep_it_from_starting_and_what_looks_like_a_slip_is_a_warning()
    {
        await using var district = await ServedDistrict.CreateAsync();
        using var server = await district.ServeAsync(("Smtp__Host", "mail.example"), ("Forms__0__Key", "theirs"), ("Server__Name", "theirs"));
        await server.UntilItSaysAsync("In the environment: Server:Name is no setting");
        Assert.DoesNotContain("Smtp:Host", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_forms_have_their_own_people_and_process_and_one_with_a_broken_sheet_does_not_stop_the_other()
    {
        await using var district = await ServedDistrict.CreateAsync("software", "field-trips");
        var (software, trips) = (district.Forms[0], district.Forms[1]);
        // The trips ask in other words, and wait for everybody before a denial counts.
        district.Settings["FormsFlow:Forms:1:Questions:ProductTitle"] = "Where to?";
        district.Settings["FormsFlow:Forms:1:OnDenial"] = "WaitForAll";
        trips.AskProductAs("Where to?");
        using var server = await district.ServeAsync();

        trips.Propose("Space Center");
        await Reviewers.DenyAsync(await LinkAsync(district, trips, "business", "Space Center"), "Too far.");
        await trips.StatusAsync("Space Center", "In review: waiting for Curriculum and Technology");

        // Somebody deletes the question that every response needs: nothing new is taken in there, and it is said.
        trips.AskProductAs("Anywhere?");
        software.Propose("Desmos");
        foreach (var role in Roles) await Reviewers.ApproveAsync(await LinkAsync(district, software, role, "Desmos"));
        await software.StatusAsync("Desmos", "Approved");
        await Eventually.IsTrueAsync("the log names the form", () => server.Output.Contains("Form field-trips: the sheet cannot be used (ColumnMissing)", StringComparison.Ordinal));
        Assert.DoesNotContain(district.Mails, mail => mail.To.Mailboxes.Any(box => box.Address == trips.PersonFor("business")) && mail.Subject!.Contains("Desmos", StringComparison.Ordinal));

        // A decision about the broken form's proposal still counts, and reaches its sheet.
        await Reviewers.ApproveAsync(await LinkAsync(district, trips, "curriculum", "Space Center"));
        trips.AskProductAs("Where to?");
        await Reviewers.ApproveAsync(await LinkAsync(district, trips, "technology", "Space Center"));
        await Eventually.IsTrueAsync("the trip is denied", () => trips.StatusOf("Space Center").StartsWith("Denied", StringComparison.Ordinal));
    }

    /// <summary>A key ring that nobody needs would be written at every start, with a warning that is in no table.</summary>
    [Fact]
    public async Task A_start_writes_the_store_and_nothing_else_and_warns_of_nothing()
    {
        await using var district = await ServedDistrict.CreateAsync();
        var home = Directory.CreateDirectory(Path.Combine(district.Folder, "home")).FullName;
        using var server = await district.ServeAsync(("HOME", home), ("XDG_DATA_HOME", home), ("Logging__LogLevel__Microsoft", "Information"));
        district.Form.Propose("Desmos");
        await Reviewers.ApproveAsync(await LinkAsync(district, district.Form, "business", "Desmos"));
        await server.StopAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories));
        Assert.Contains("info: ", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn: ", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("DataProtection", server.Output, StringComparison.Ordinal);
    }

    static async Task<Uri> LinkAsync(ServedDistrict district, ServedForm form, string role, string product) =>
        ServedDistrict.ButtonOf(await district.MailAsync(form.PersonFor(role), $"Please review: {product}"));
}
