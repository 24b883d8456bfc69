using System.CommandLine;
using FormsFlow.Domain.Process;
using FormsFlow.Server.Serve;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace FormsFlow.Server.Check;

/// <summary><c>check</c>: tries every setting for real. Exits with 0 if all is well, 1 if something is wrong, 2 if it could not run.</summary>
static class CheckCommand
{
    const int Well = 0, Wrong = 1, CouldNotRun = 2;

    static readonly Option<string?> Settings = new("--settings") { Description = "The settings file; environment variables win over it. [default: local.settings.json]" };
    static readonly Option<string?> TestMail = new("--send-test-mail") { Description = "Send one mail to this address.", HelpName = "ADDRESS" };
    static readonly Option<bool> AsJson = new("--json") { Description = "Print the findings as JSON." };

    public static Command Create()
    {
        TestMail.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !System.Net.Mail.MailAddress.TryCreate(typed, out _))
                result.AddError($"--send-test-mail is '{typed}'; it should be one e-mail address, such as you@your-district.org.");
        });
        var command = new Command("check", "Try every setting for real: sign-in, sheets, questions, mail, store, clock. Changes nothing.") { Settings, TestMail, AsJson };
        command.SetAction((parse, cancellationToken) => RunAsync(parse.GetValue(Settings), parse.GetValue(TestMail), parse.GetValue(AsJson), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string? settings, string? testMail, bool asJson, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var console = AnsiConsole.Console;
        try
        {
            var file = ServeSetup.FileToRead(settings);
            var checklist = new Checklist(ServeSetup.Read(file), file, TimeProvider.System);
            await foreach (var finding in checklist.RunAsync(testMail is null ? null : new Person("", testMail), cancellationToken))
            {
                findings.Add(finding);
                if (!asJson) CheckReport.Print(console, finding);
            }

            if (asJson) await Console.Out.WriteLineAsync(CheckReport.AsJson(findings, checklist.Mapping));
            else CheckReport.PrintEnd(console, findings, checklist.Mapping);
            return findings.Exists(finding => finding.Verdict is Verdict.Problem) ? Wrong : Well;
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems) await Console.Error.WriteLineAsync(problem);
            return CouldNotRun;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CouldNotRun;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"The check itself failed ({e.GetType().Name}: {e.Message}). This is a mistake in FormsFlow; please report it.");
            return CouldNotRun;
        }
    }
}
