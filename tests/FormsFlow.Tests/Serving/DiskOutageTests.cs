using System.Diagnostics;
using System.Net;
using FormsFlow.Storage.Sqlite;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Serving;

/// <summary>
/// A disk of a few megabytes that fills up and is made read-only under the running program, which only root can mount; and, for everybody
/// else, a program that may write no more.
/// </summary>
public sealed class DiskOutageTests
{
    [Fact]
    public async Task A_store_that_takes_no_more_records_nothing_by_halves_says_so_and_goes_on_when_it_takes_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The files of another process are limited with prlimit, which only Linux has.");
        await using var district = await ServedDistrict.CreateAsync();
        using var server = await district.ServeLimitableAsync();
        district.Form.Propose("Desmos");
        var link = await LinkAsync(district, "business", "Desmos");
        await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");

        using var http = new HttpClient();
        var form = await RunningDemo.OpenFormAsync(http, link);
        server.LimitFiles(1);
        var (status, page) = await RunningDemo.SendAsync(http, link, form, "approve", "not recorded");
        SaysThatNothingWasRecorded(status, page.Body!.TextContent);
        district.Form.Propose("Quizlet");
        await NeedsAHandAsync(http, district);
        for (var i = 0; i < 5; i++) SaysThatNothingWasRecorded((await RunningDemo.SendAsync(http, link, form, "approve", "not recorded")).Status);
        IsSaidOnce(server);

        server.LimitFiles(null);
        await LinkAsync(district, "business", "Quizlet");
        await Eventually.Async("health is well", async () =>
        {
            using var answer = await http.GetAsync(new Uri(district.Address, "readyz"));
            return await answer.Content.ReadAsStringAsync() == "Healthy" ? "" : null;
        });
        Assert.Equal("In review: waiting for Business, Curriculum and Technology", district.Form.StatusOf("Desmos"));
        await Reviewers.ApproveAsync(link);
        await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum and Technology");
        Assert.False(server.HasExited);
    }

    [Fact]
    public async Task A_disk_that_is_full_stays_red_until_as_much_as_an_answer_takes_can_be_written_however_well_it_can_be_read()
    {
        await using var district = await ServedDistrict.CreateAsync();
        await using var host = await HostedDistrict.StartAsync(district);
        district.Form.Propose("Desmos");
        await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
        await LimitPagesAsync(host, "1");
        district.Form.Propose("Quizlet");
        await host.ReadyAsync("store: needs a hand", TimeSpan.FromSeconds(5));

        await Eventually.IsTrueAsync("it was tried again and again", () =>
        {
            host.Pass(TimeSpan.FromMinutes(3));
            return host.Logs.Lines.Count(line => line.Event == 3012) >= 5;
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.VerdictAsync()).Status);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Event == 2003);
        Assert.Single(host.Logs.Lines, line => line.Event == 1547);

        await LimitPagesAsync(host, "1000000");
        await host.ReadyAsync("Healthy", TimeSpan.FromMinutes(3));
        await LinkAsync(district, "business", "Quizlet");
    }

    /// <summary>SQLite takes no limit below what the file has already.</summary>
    static Task<bool> LimitPagesAsync(HostedDistrict host, string most) => ((SqliteProposalStore)host.Store).Writer.RunAsync(
        database =>
        {
            database.Script($"PRAGMA max_page_count = {most};");
            return true;
        },
        TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_full_disk_records_nothing_by_halves_says_so_and_goes_on_when_there_is_room()
    {
        await using var district = await ServedDistrict.CreateAsync();
        using var disk = SmallDisk.Mount(Path.Combine(district.Folder, "data"));
        district.Settings["Storage:Path"] = Path.Combine(disk.Path, "formsflow.db");
        using var server = await district.ServeAsync();
        district.Form.Propose("Desmos");
        var link = await LinkAsync(district, "business", "Desmos");
        await district.Form.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");
        disk.Fill();

        using var http = new HttpClient();
        var form = await RunningDemo.OpenFormAsync(http, link);
        // What fits into the last pages may still be recorded; what is not is refused, and with a page that says so.
        var refused = await Eventually.Async("an answer is refused", async () =>
        {
            var (status, page) = await RunningDemo.SendAsync(http, link, form, "approve", new string('x', 40_000));
            if (status is HttpStatusCode.OK) return null;
            SaysThatNothingWasRecorded(status, page.Body!.TextContent);
            return page.Body!.TextContent;
        });
        Assert.DoesNotContain("   at ", refused, StringComparison.Ordinal);
        district.Form.Propose("Quizlet");
        await NeedsAHandAsync(http, district);
        for (var i = 0; i < 5; i++) await RunningDemo.SendAsync(http, link, form, "approve", new string('x', 40_000));
        Assert.Contains("the disk is full. Free some space", server.Output, StringComparison.Ordinal);
        IsSaidOnce(server);
        // Whoever has to make room is told: mail needs no disk.
        await district.MailAsync("sam.lindqvist@pinecreek.example", "FormsFlow needs your attention");

        disk.Free();
        await Reviewers.ApproveAsync(await LinkAsync(district, "technology", "Desmos"));
        await Eventually.IsTrueAsync("the answer reaches the sheet", () => !district.Form.StatusOf("Desmos").Contains("Technology", StringComparison.Ordinal));
        await LinkAsync(district, "business", "Quizlet");
        await Eventually.Async("health is well", async () =>
        {
            using var answer = await http.GetAsync(new Uri(district.Address, "readyz"));
            return await answer.Content.ReadAsStringAsync() == "Healthy" ? "" : null;
        });
        Assert.False(server.HasExited);
    }

    [Fact]
    public async Task A_disk_that_turns_read_only_is_said_and_goes_on_when_it_can_be_written_again()
    {
        await using var district = await ServedDistrict.CreateAsync();
        using var disk = SmallDisk.Mount(Path.Combine(district.Folder, "data"));
        district.Settings["Storage:Path"] = Path.Combine(disk.Path, "formsflow.db");
        using (var server = await district.ServeAsync())
        {
            district.Form.Propose("Desmos");
            await LinkAsync(district, "business", "Desmos");
            await server.StopAsync();
        }

        disk.Remount("ro");
        var (exitCode, _, errors) = await ServerProcess.RunAsync("serve", "--settings", district.SettingsPath);
        Assert.Equal(1, exitCode);
        Assert.Contains("needs to read and write both the file and its folder", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);

        disk.Remount("rw");
        using var again = await district.ServeAsync();
        await Reviewers.ApproveAsync(await LinkAsync(district, "business", "Desmos"));
    }

    static void SaysThatNothingWasRecorded(HttpStatusCode status, string page = "Your answer was not recorded")
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Your answer was not recorded", page, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite", page, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Somebody has to come, and a monitor that looks at the status alone sees it; it stays so for as long as nothing can be written.</summary>
    static async Task NeedsAHandAsync(HttpClient http, ServedDistrict district)
    {
        await Eventually.Async("health says so", () => SaysSoAsync(http, district));
        for (var i = 0; i < 20; i++) Assert.NotNull(await SaysSoAsync(http, district));
    }

    static async Task<string?> SaysSoAsync(HttpClient http, ServedDistrict district)
    {
        using var answer = await http.GetAsync(new Uri(district.Address, "readyz"));
        return answer.StatusCode is HttpStatusCode.ServiceUnavailable && (await answer.Content.ReadAsStringAsync()).Contains("store: needs a hand", StringComparison.Ordinal) ? "" : null;
    }

    static void IsSaidOnce(ServerProcess server)
    {
        Assert.Equal(1, server.Output.Split("[1547]").Length - 1);
        Assert.Equal(1, server.Output.Split("[3010]").Length - 1);
        Assert.DoesNotContain("[4001]", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    static async Task<Uri> LinkAsync(ServedDistrict district, string role, string product) =>
        ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor(role), $"Please review: {product}"));

    sealed class SmallDisk : IDisposable
    {
        SmallDisk(string path) => Path = path;

        public string Path { get; }

        public static SmallDisk Mount(string path)
        {
            Directory.CreateDirectory(path);
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path) == 0, "A small disk can be mounted on Linux and as root only: here a disk that is full, and one that turns read-only, prove nothing. The test beside this one runs everywhere.");
            return new SmallDisk(path);
        }

        string Filler => System.IO.Path.Combine(Path, "filler");

        /// <summary>Leaves not one page.</summary>
        public void Fill()
        {
            using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            try
            {
                while (true) filler.Write(block);
            }
            catch (IOException)
            {
                // That was the last one.
            }
        }

        public void Free() => File.Delete(Filler);

        public void Remount(string mode) => Assert.Equal(0, Run("mount", "-o", $"remount,{mode}", Path));

        public void Dispose() => Run("umount", "-l", Path);

        static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
