using System.Diagnostics;
using System.Net;
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
        Assert.NotEqual(HttpStatusCode.OK, status);
        Assert.DoesNotContain("You approved", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        district.Form.Propose("Quizlet");
        await Eventually.Async("health says so", async () =>
            (await http.GetStringAsync(new Uri(district.Address, "readyz"))).StartsWith("Degraded", StringComparison.Ordinal) ? "" : null);
        Assert.Contains("[3010]", server.Output, StringComparison.Ordinal);

        server.LimitFiles(null);
        await LinkAsync(district, "business", "Quizlet");
        await Eventually.Async("health is well", async () =>
            (await http.GetStringAsync(new Uri(district.Address, "readyz"))) == "Healthy" ? "" : null);
        Assert.Equal("In review: waiting for Business, Curriculum and Technology", district.Form.StatusOf("Desmos"));
        await Reviewers.ApproveAsync(link);
        await district.Form.StatusAsync("Desmos", "In review: waiting for Curriculum and Technology");
        Assert.False(server.HasExited);
    }

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
            return status is HttpStatusCode.OK ? null : page.Body!.TextContent;
        });
        Assert.DoesNotContain("SQLite", refused, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", refused, StringComparison.Ordinal);
        district.Form.Propose("Quizlet");
        await Eventually.Async("health says so", async () =>
            (await http.GetStringAsync(new Uri(district.Address, "readyz"))).StartsWith("Degraded", StringComparison.Ordinal) ? "" : null);
        Assert.Contains("the disk is full. Free some space", server.Output, StringComparison.Ordinal);

        disk.Free();
        await Reviewers.ApproveAsync(await LinkAsync(district, "technology", "Desmos"));
        await Eventually.IsTrueAsync("the answer reaches the sheet", () => !district.Form.StatusOf("Desmos").Contains("Technology", StringComparison.Ordinal));
        await LinkAsync(district, "business", "Quizlet");
        await Eventually.Async("health is well", async () =>
            (await http.GetStringAsync(new Uri(district.Address, "readyz"))) == "Healthy" ? "" : null);
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
