using System.Globalization;
using System.Threading.Channels;
using FormsFlow.Domain.Process;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>
/// Everything around the server: a form with its sheet, a mail server whose review requests are kept for whoever decides, and the
/// settings that lead there. The sheet and the mail server live in this process, the server in one of its own.
/// </summary>
sealed class Premises : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formsflow-perf-");
    readonly Clock _clock;
    int _responses;

    Premises(SheetsEmulatorHost emulator, Clock clock)
    {
        (Emulator, _clock) = (emulator, clock);
        Mails = new MailSink(mail =>
        {
            if (ReviewLink.Find(mail.Span) is { } token) Requests.Writer.TryWrite(token);
        });
        Spreadsheet = emulator.Store.List().First(sheet => sheet.FormTitle is not null).Id;
        File.WriteAllText(Path.Combine(_folder.FullName, "credentials.json"), emulator.CredentialsOf());
    }

    public SheetsEmulatorHost Emulator { get; }

    public string Spreadsheet { get; }

    public MailSink Mails { get; }

    /// <summary>Tokens of review requests, as they arrive.</summary>
    public Channel<string> Requests { get; } = Channel.CreateUnbounded<string>();

    public string Folder => _folder.FullName;

    /// <summary>Null: proposals are kept in a file.</summary>
    public Azurite? Azurite { get; private init; }

    public string Store => Path.Combine(_folder.FullName, "formsflow.db");

    /// <summary>With a storage account in place of a file.</summary>
    public static async Task<Premises> StartOnAzuriteAsync(CancellationToken cancellationToken)
    {
        var azurite = await Azurite.StartAsync(cancellationToken);
        return await StartAsync(azurite, cancellationToken);
    }

    public static Task<Premises> StartAsync(CancellationToken cancellationToken) => StartAsync(null, cancellationToken);

    static async Task<Premises> StartAsync(Azurite? azurite, CancellationToken cancellationToken)
    {
        var clock = new Clock();
        var emulator = await SheetsEmulatorHost.StartAsync(
            new SheetsEmulatorOptions { Form = FormResponses.Load(Path.Combine(AppContext.BaseDirectory, "samples", "proposal-form.json")) with { Id = "proposals" }, Time = clock },
            cancellationToken);
        return new Premises(emulator, clock) { Azurite = azurite };
    }

    /// <summary>Responses as staff send them, a second apart, the last one just now.</summary>
    public void Submit(int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _clock.Behind = TimeSpan.FromSeconds(i);
            var (answers, email) = Response.Number(++_responses);
            Emulator.Forms.Submit(Spreadsheet, answers, email);
        }
    }

    /// <summary>What the response tab shows in one of FormsFlow's columns, by row from the first response on.</summary>
    public string[] Column(string header) => Emulator.Store.Read(Spreadsheet, spreadsheet =>
    {
        var sheet = spreadsheet.Sheets[0];
        var column = Enumerable.Range(0, sheet.Layout.ColumnCount).FirstOrDefault(column => sheet[0, column]?.Value is string text && text == header, -1);
        return Enumerable.Range(1, Math.Max(sheet.UsedRows - 1, 0))
            .Where(row => sheet[row, 0] is { HasValue: true })
            .Select(row => column < 0 ? "" : sheet[row, column]?.Value as string ?? "")
            .ToArray();
    });

    /// <param name="notices">Which mails are sent that ask nobody for anything.</param>
    public Task<ServerProcess> ServeAsync(CancellationToken cancellationToken, Notices notices = Notices.All)
    {
        var address = ServerProcess.FreeAddress();
        var settings = Settings(address);
        settings["FormsFlow:Forms:0:Notices"] = notices.ToString();
        return ServerProcess.StartAsync(address, settings, Folder, cancellationToken);
    }

    public Dictionary<string, string> Settings(Uri address) => new(StringComparer.Ordinal)
    {
        ["FormsFlow:District"] = "Pine Creek School District",
        ["FormsFlow:BaseAddress"] = address.ToString(),
        ["FormsFlow:TimeZone"] = "America/Chicago",
        ["FormsFlow:Administrators"] = "Sam Lindqvist <sam.lindqvist@pinecreek.example>",
        // Reviewers here do not read.
        ["FormsFlow:ShortestReadingSeconds"] = "0",
        ["FormsFlow:PollSeconds"] = "5",
        ["FormsFlow:LinkKeys:0"] = "perf:YSBrZXkgb2YgdGhlIHRlc3RzIGFuZCBvZiBub2JvZHkgZWxzZQ==",
        ["FormsFlow:Forms:0:Key"] = "proposals",
        ["FormsFlow:Forms:0:Spreadsheet"] = Spreadsheet,
        ["FormsFlow:Forms:0:People:business"] = "Marcus Webb <marcus.webb@pinecreek.example>",
        ["FormsFlow:Forms:0:People:curriculum"] = "Elena Torres <elena.torres@pinecreek.example>",
        ["FormsFlow:Forms:0:People:technology"] = "Priya Nair <priya.nair@pinecreek.example>",
        ["FormsFlow:Forms:0:People:escalation"] = "Dr. Ruth Okafor <ruth.okafor@pinecreek.example>",
        ["Google:CredentialsFile"] = Path.Combine(Folder, "credentials.json"),
        ["Google:BaseAddress"] = Emulator.BaseAddress.ToString(),
        ["Mail:From:Address"] = "formsflow@pinecreek.example",
        ["Mail:Sender"] = "Smtp",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = Mails.Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Smtp:Security"] = "None",
        ["Storage:Path"] = Store,
        ["Storage:Provider"] = Azurite is null ? "Sqlite" : "AzureTables",
        ["Storage:AzureTables:ConnectionString"] = Azurite?.Connection ?? "",
        ["Server:Listen"] = address.GetLeftPart(UriPartial.Authority),
        ["Logging:LogLevel:Default"] = "Warning",
    };

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        await Mails.DisposeAsync();
        if (Azurite is not null) await Azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The sheet's clock, which can be behind while responses of the past are sent.</summary>
    sealed class Clock : TimeProvider
    {
        public TimeSpan Behind { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
    }
}
