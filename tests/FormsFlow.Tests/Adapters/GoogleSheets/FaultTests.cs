using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets;
using FormsFlow.SheetsEmulator.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class FaultTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    static Task<IReadOnlyList<SheetRow>> ReadAsync(SheetHome home) => home.Sheet.ReadColumnsAsync(["Product title"], default);

    static async Task<SheetUnavailableException> TroubleAsync(SheetHome home) =>
        await Assert.ThrowsAsync<SheetUnavailableException>(() => ReadAsync(home));

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_failure_that_passes_is_waited_out(int status)
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, status, Times: 4));

        Assert.Equal(3, (await ReadAsync(home)).Count);

        Assert.Equal(4, home.Time.Pauses.Count);
        Assert.All(home.Time.Pauses.Zip([1, 2, 4, 8]), pause => Assert.InRange(pause.First.TotalSeconds, pause.Second / 2.0, pause.Second));
    }

    [Fact]
    public async Task Google_is_not_asked_again_before_it_says_so()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 429, RetryAfter: 47));

        Assert.Equal(3, (await ReadAsync(home)).Count);

        Assert.InRange(Assert.Single(home.Time.Pauses).TotalSeconds, 47, 48);
    }

    [Theory]
    [InlineData(FaultKind.Close)]
    [InlineData(FaultKind.CloseHalfway)]
    public async Task A_broken_connection_is_tried_again(FaultKind kind)
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Emulator.Faults.Add(new Fault(kind, Times: 2));

        Assert.Equal(3, (await ReadAsync(home)).Count);
        Assert.Equal(2, home.Time.Pauses.Count);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_written_again_and_stands_once()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Emulator.Faults.Add(new Fault(FaultKind.StatusAfterDoing, 503, Method: "write"));

        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], default);

        Assert.Equal("Approved", home.Cell(1, 6));
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_made_again()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync([], default);
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        home.Emulator.Hooks.Before = async (_, cancellation) =>
        {
            if (hangs.TrySetResult()) await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        };

        var reading = ReadAsync(home);
        await hangs.Task;
        home.Time.ExpireAttempts();

        Assert.Equal(3, (await reading).Count);
        Assert.Single(home.Time.Pauses);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_ends_within_its_time()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 503, Times: 1_000));

        var trouble = await TroubleAsync(home);

        Assert.Equal(SheetTrouble.Away, trouble.Trouble);
        Assert.True(trouble.Passes);
        Assert.Contains("503", trouble.Message, StringComparison.Ordinal);
        Assert.InRange(home.Time.Pauses.Sum(pause => pause.TotalSeconds), 60, 120);
    }

    [Fact]
    public async Task Google_being_away_altogether_is_said_so()
    {
        await using var own = new EmulatorFixture();
        await own.InitializeAsync();
        var home = await own.HomeAsync();
        await own.DisposeAsync();

        var trouble = await TroubleAsync(home);
        await home.CloseAsync();

        Assert.Equal(SheetTrouble.Away, trouble.Trouble);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_is_no_trouble()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync([], default);
        using var stop = new CancellationTokenSource();
        home.Emulator.Hooks.Before = async (_, cancellation) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => home.Sheet.ReadColumnsAsync(["Product title"], stop.Token));
        Assert.Empty(home.Time.Pauses);
    }

    [Fact]
    public async Task An_expired_token_is_renewed_once()
    {
        await using var home = await emulator.HomeAsync();
        await ReadAsync(home);
        home.ForgetRequests();
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 401));

        Assert.Equal(3, (await ReadAsync(home)).Count);

        Assert.Equal(1, home.Emulator.Log.Totals["token"].Count);
        Assert.Empty(home.Time.Pauses);
    }

    [Fact]
    public async Task A_token_that_is_refused_again_is_not_renewed_again()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 401, Times: 10));

        var trouble = await TroubleAsync(home);

        Assert.Equal(SheetTrouble.Credentials, trouble.Trouble);
        Assert.Contains(SheetHome.Email, trouble.Message, StringComparison.Ordinal);
        Assert.InRange(home.Emulator.Log.Totals["token"].Count, 1, 2);
    }

    [Fact]
    public async Task A_revoked_account_is_named_and_works_again_when_it_is_restored()
    {
        await using var home = await emulator.HomeAsync();
        await ReadAsync(home);
        home.Emulator.Accounts.Revoke(SheetHome.Email);

        var trouble = await TroubleAsync(home);
        home.Emulator.Accounts.Restore(SheetHome.Email);

        Assert.Equal(SheetTrouble.Credentials, trouble.Trouble);
        Assert.Contains("new JSON key", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await ReadAsync(home)).Count);
    }

    [Fact]
    public async Task A_sign_in_that_is_busy_is_waited_out()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 503, Method: "token", Times: 2));

        Assert.Equal(3, (await ReadAsync(home)).Count);
        Assert.Equal(2, home.Time.Pauses.Count);
    }

    [Fact]
    public async Task A_spreadsheet_that_is_not_shared_says_with_whom_to_share_it()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Store.Share(home.Id, ["ann@district.example"]);

        var trouble = await TroubleAsync(home);

        Assert.Equal(SheetTrouble.NotShared, trouble.Trouble);
        Assert.Contains($"add {SheetHome.Email} as Editor", trouble.Message, StringComparison.Ordinal);
        Assert.Contains(home.Id, trouble.Message, StringComparison.Ordinal);
        Assert.Empty(home.Time.Pauses);
    }

    [Fact]
    public async Task A_spreadsheet_that_does_not_exist_is_named()
    {
        await using var home = await emulator.HomeAsync();
        await using var other = home.Another(settings => settings with { Spreadsheet = "1NoSuchSpreadsheetNoSuchSpreadsheet" });

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => other.GetRequiredService<IResponseSheets>().Of("proposals").PrepareAsync([], default));

        Assert.Equal(SheetTrouble.NotFound, trouble.Trouble);
        Assert.Contains("1NoSuchSpreadsheet", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_write_does_not_repeat_what_was_written()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 400, Method: "write"));

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.WriteAsync([new CellWrite(2, "Status", "a secret answer")], default));

        Assert.Equal(SheetTrouble.Refused, trouble.Trouble);
        Assert.DoesNotContain("secret", trouble.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_all_named_at_start()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Google:BaseAddress"] = "ftp://somewhere",
            ["Google:AttemptTimeout"] = "1.00:00:00",
        }).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddGoogleSheets(_ => []).BuildServiceProvider();

        var problems = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GoogleOptions>>().Value).Failures.ToList();

        Assert.Contains(problems, problem => problem.Contains("AttemptTimeout", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("ftp://somewhere", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("CredentialsFile is empty", StringComparison.Ordinal));
    }
}
