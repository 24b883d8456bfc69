using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.GoogleSheets;
using FormsFlow.GoogleSheets.Inspection;
using FormsFlow.Mail;
using FormsFlow.Mail.Sending;
using FormsFlow.Server.Serve;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Server.Check;

/// <summary>Tries every setting for real, one after another, and goes on with the next whatever comes of one.</summary>
sealed class Checklist(ServeSetup setup, string? file, TimeProvider time)
{
    /// <summary>Settings to paste, as lines of JSON.</summary>
    public List<string> Mapping { get; } = [];

    public async IAsyncEnumerable<Finding> RunAsync(Person? testMail, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var finding in SettingsCheck.Look(setup, file, time)) yield return finding;
        var store = await StoreCheck.LookAsync(setup.Serve.Store, cancellationToken);
        yield return store;
        yield return store.Verdict is Verdict.Problem
            ? Finding.Skipped("Installation", "its id is in the store")
            : Introduce(await StoreCheck.InstallationAsync(setup.Serve.Store, cancellationToken));
        using var machine = new MachineCheck(time);
        foreach (var finding in await ClockAsync(machine, cancellationToken)) yield return finding;
        await foreach (var finding in GoogleAsync(cancellationToken)) yield return finding;
        yield return await MailAsync(cancellationToken);
        if (setup.Reading.Installation is { } installation)
            foreach (var finding in await machine.AddressAsync(installation.BaseAddress, cancellationToken)) yield return finding;
        if (testMail is not null) yield return await SendAsync(testMail, cancellationToken);
    }

    /// <summary>Whoever finds two installations on one sheet needs to know which is which.</summary>
    Finding Introduce(string? id)
    {
        var whose = setup.Reading.Installation is { } installation ? $", {installation.District} at {installation.BaseAddress}" : "";
        return id is null
            ? Finding.Note("Installation", $"gets its id when FormsFlow is first started with this store{whose}")
            : Finding.Good("Installation", $"{id}{whose}, from {Environment.MachineName}");
    }

    /// <summary>At the address that is configured, whatever else is wrong with how Google is reached.</summary>
    async Task<IReadOnlyList<Finding>> ClockAsync(MachineCheck machine, CancellationToken cancellationToken)
    {
        var text = setup.Configuration[$"{GoogleOptions.Section}:{nameof(GoogleOptions.BaseAddress)}"];
        if (setup.Google is not null || string.IsNullOrWhiteSpace(text)) return await machine.ClockAsync(setup.Google?.BaseAddress, cancellationToken);
        return HttpAddress.TryRead(text.Trim(), out var address) && address.UserInfo.Length == 0
            ? await machine.ClockAsync(address, cancellationToken)
            : [Finding.Skipped("Clock", "Google:BaseAddress is wrong")];
    }

    async IAsyncEnumerable<Finding> GoogleAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (setup.Google is null || !ServiceAccount.TryRead(setup.Google, out var account, out _))
        {
            yield return Finding.Skipped("Google sign-in", "its settings are wrong");
            yield break;
        }

        using var inspector = new SpreadsheetInspector(setup.Google, account, time, NullLoggerFactory.Instance);
        var signedIn = await SignInAsync(inspector, cancellationToken);
        yield return signedIn;
        var installation = await StoreCheck.InstallationAsync(setup.Serve.Store, cancellationToken);
        foreach (var (options, i) in setup.Options.Forms.Select((options, i) => (options, i)))
        {
            var form = InstallationReader.ReadForm(options);
            var check = new SheetCheck(inspector, setup.Sheets[i], form, i, setup.Reading.Installation?.Calendar.Zone, installation);
            if (signedIn.Verdict is Verdict.Problem) yield return Finding.Skipped($"{form.Key}: sheet", "nobody is signed in");
            else if (string.IsNullOrWhiteSpace(options.Spreadsheet)) yield return Finding.Skipped($"{form.Key}: sheet", "no spreadsheet is named");
            else foreach (var finding in await check.LookAsync(cancellationToken)) yield return finding;
            Mapping.AddRange(check.Mapping);
        }
    }

    static async Task<Finding> SignInAsync(SpreadsheetInspector inspector, CancellationToken cancellationToken)
    {
        try
        {
            await inspector.SignInAsync(cancellationToken);
            return Finding.Good("Google sign-in", $"{inspector.Account}: share spreadsheets with this address");
        }
        catch (SheetUnavailableException e)
        {
            return Finding.Problem("Google sign-in", SheetRemedy.TextOf(e), SheetRemedy.For(e.Trouble, inspector.Account, form: null));
        }
    }

    async Task<Finding> MailAsync(CancellationToken cancellationToken)
    {
        if (setup.Mail is not { } options) return Finding.Skipped("Mail", "its settings are wrong");
        try
        {
            return Finding.Good("Mail", await new MailProbe(options, time).TryAsync(cancellationToken));
        }
        catch (Exception e) when (e is MailMisconfiguredException or MailDelayedException)
        {
            return Finding.Problem("Mail", FailureText.Of(e), MailRemedy(e));
        }
    }

    async Task<Finding> SendAsync(Person to, CancellationToken cancellationToken)
    {
        if (setup.Mail is null || setup.Reading.Installation is not { } installation) return Finding.Skipped("Test mail", "the settings are wrong");
        var services = new ServiceCollection().AddSingleton(time).AddLogging();
        services.AddFormsFlowMail(setup.Configuration);
        await using var provider = services.BuildServiceProvider();
        var about = Facts.OfNone(installation, time.GetUtcNow());
        try
        {
            await provider.GetRequiredService<IMailer>().SendAsync(new MailMessage.TestMail($"test/{Guid.NewGuid():N}", to, about), cancellationToken);
            return Finding.Good("Test mail", $"sent to {to.Address}; look for it, also among the spam");
        }
        catch (Exception e) when (e is MailMisconfiguredException or MailDelayedException or MailRefusedException)
        {
            return Finding.Problem("Test mail", FailureText.Of(e), MailRemedy(e));
        }
    }

    /// <summary>What is wrong names the setting, if it is one; this says what comes next.</summary>
    static string MailRemedy(Exception e) => e switch
    {
        MailMisconfiguredException => "Correct what it names (docs/settings.md, under Mail), and run check again.",
        MailDelayedException => "Run check again in a few minutes. If it stays so: see that the mail service runs, and that this machine may reach it. Until then mails wait, and are tried again.",
        _ => "Try another address. If that is refused, too, ask whoever runs the mail service why.",
    };
}
