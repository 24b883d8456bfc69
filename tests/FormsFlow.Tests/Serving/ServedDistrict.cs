using System.Globalization;
using System.Text.Json;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.Tests.Adapters.Mail;
using FormsFlow.Tests.Server;
using MimeKit;

namespace FormsFlow.Tests.Serving;

/// <summary>
/// Everything around an installed FormsFlow: a stand-in for Google with a form and a sheet for each key, a real SMTP server, a folder with
/// the settings, and the program itself as a process.
/// </summary>
sealed class ServedDistrict : IAsyncDisposable
{
    public const string Sponsor = "jo.hart@pinecreek.example";

    static readonly FormDefinition Sample = FormResponses.Load(Path.Combine(AppContext.BaseDirectory, "samples", "proposal-form.json"));

    readonly TemporaryFolder _folder = new();
    readonly List<MimeMessage> _mails = [];
    readonly List<JsonElement> _events = [];
    readonly List<ServerProcess> _processes = [];

    ServedDistrict(SheetsEmulatorHost emulator, SmtpPeer? smtp, string[] forms)
    {
        (Emulator, Smtp, Port) = (emulator, smtp, Ports.FindPair());
        File.WriteAllText(Credentials, emulator.CredentialsOf());
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["FormsFlow:District"] = "Pine Creek School District",
            ["FormsFlow:BaseAddress"] = $"{Address}",
            ["FormsFlow:TimeZone"] = "America/Chicago",
            ["FormsFlow:Administrators"] = "Sam Lindqvist <sam.lindqvist@pinecreek.example>",
            ["FormsFlow:ShortestReadingSeconds"] = "0",
            ["FormsFlow:PollSeconds"] = "5",
            ["FormsFlow:LinkKeys:0"] = "t1:YSBrZXkgb2YgdGhlIHRlc3RzIGFuZCBvZiBub2JvZHkgZWxzZQ==",
            ["Google:CredentialsFile"] = Credentials,
            ["Google:BaseAddress"] = $"{emulator.BaseAddress}",
            ["Mail:From:Name"] = "Pine Creek School District",
            ["Mail:From:Address"] = "formsflow@pinecreek.example",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = string.Create(CultureInfo.InvariantCulture, $"{smtp?.Port ?? 25}"),
            ["Mail:Smtp:Security"] = "None",
            ["Storage:Path"] = Store,
            ["Server:Listen"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"),
        };
        Forms = [.. forms.Select((key, i) => AddForm(key, i))];
    }

    public SheetsEmulatorHost Emulator { get; }

    public SmtpPeer? Smtp { get; private set; }

    public int Port { get; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));

    /// <summary>What the settings file will say.</summary>
    public Dictionary<string, string?> Settings { get; }

    public IReadOnlyList<ServedForm> Forms { get; }

    public ServedForm Form => Forms[0];

    public string Folder => _folder.Path;

    public string Store => Path.Combine(_folder.Path, "formsflow.db");

    public string Credentials => Path.Combine(_folder.Path, "google-service-account.json");

    public string SettingsPath => Path.Combine(_folder.Path, "local.settings.json");

    public static async Task<ServedDistrict> CreateAsync(params string[] forms) =>
        new(await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions(), CancellationToken.None), await SmtpPeer.StartAsync(), forms is [] ? ["proposals"] : forms);

    /// <summary>With a mail server of the test's own choice, or none.</summary>
    public static async Task<ServedDistrict> WithoutMailAsync(params string[] forms) =>
        new(await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions(), CancellationToken.None), null, forms is [] ? ["proposals"] : forms);

    public void WriteSettings() => File.WriteAllText(SettingsPath, JsonSerializer.Serialize(new { IsEncrypted = false, Values = Settings }));

    /// <summary>Starts the program and waits until it is healthy.</summary>
    public Task<ServerProcess> ServeAsync(params (string Name, string Value)[] environment) => ServeAsync(() => ServerProcess.Start(environment, "serve", "--settings", SettingsPath));

    /// <summary>The same, as a process whose files can be limited.</summary>
    public Task<ServerProcess> ServeLimitableAsync() => ServeAsync(() => ServerProcess.StartLimitable("serve", "--settings", SettingsPath));

    async Task<ServerProcess> ServeAsync(Func<ServerProcess> start)
    {
        WriteSettings();
        var process = start();
        _processes.Add(process);
        using var http = new HttpClient();
        await Eventually.Async(() => $"the server is healthy. {process.Condition}", async () =>
        {
            Assert.False(process.HasExited, process.Condition);
            try
            {
                return await http.GetStringAsync(new Uri(Address, "healthz"));
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
        return process;
    }

    /// <summary>Every mail that the SMTP server has taken so far.</summary>
    public IReadOnlyList<MimeMessage> Mails
    {
        get
        {
            lock (_mails)
            {
                foreach (var happened in Smtp?.Rest() ?? [])
                    if (happened.GetProperty("event").GetString() == "mail") _mails.Add(SmtpPeer.Parse(happened));
                    else _events.Add(happened);
                return [.. _mails];
            }
        }
    }

    /// <summary>Everything of this name that happened at the SMTP server, as soon as it is so many.</summary>
    public Task<IReadOnlyList<JsonElement>> EventsAsync(string name, int atLeast, Action? meanwhile = null) => Eventually.Async($"'{name}' happened {atLeast} times", () =>
    {
        meanwhile?.Invoke();
        _ = Mails;
        lock (_mails)
        {
            IReadOnlyList<JsonElement> found = [.. _events.Where(happened => happened.GetProperty("event").GetString() == name)];
            return found.Count >= atLeast ? found : null;
        }
    });

    /// <summary>A mail server of the test's own choice; it ends with the district.</summary>
    public void Use(SmtpPeer smtp) => Smtp = smtp;

    public Task<MimeMessage> MailAsync(string to, string subject) => Eventually.Async(
        $"'{subject}' was sent to {to}", () => Mails.FirstOrDefault(mail => mail.To.Mailboxes.Any(box => box.Address == to) && mail.Subject == subject));

    /// <summary>Where the button of a mail leads.</summary>
    public static Uri ButtonOf(MimeMessage mail) =>
        new(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelector("table.button a")!.GetAttribute("href")!);

    ServedForm AddForm(string key, int index)
    {
        var form = new ServedForm(Emulator, key, Emulator.Forms.CreateSpreadsheet(Sample with { Id = key, Title = $"Form {key}" }));
        var section = string.Create(CultureInfo.InvariantCulture, $"FormsFlow:Forms:{index}");
        Settings[$"{section}:Key"] = key;
        Settings[$"{section}:Title"] = $"Form {key}";
        Settings[$"{section}:Spreadsheet"] = form.Spreadsheet;
        foreach (var role in (string[])["business", "curriculum", "technology"]) Settings[$"{section}:People:{role}"] = form.PersonFor(role);
        return form;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) process.Dispose();
        if (Smtp is not null) await Smtp.DisposeAsync();
        await Emulator.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>One form of an installation: its responses and its sheet.</summary>
sealed class ServedForm(SheetsEmulatorHost emulator, string key, string spreadsheet)
{
    public string Spreadsheet => spreadsheet;

    public string ProductQuestion { get; private set; } = "Product title";

    public string PersonFor(string role) => $"{role}.{key}@pinecreek.example";

    /// <returns>The response's id in the form.</returns>
    public string Propose(string product, string sponsor = ServedDistrict.Sponsor) => emulator.Forms.Submit(spreadsheet, Answers(product, sponsor), sponsor);

    /// <summary>Asks for the product in other words, as an author does in the form: the header follows.</summary>
    public void AskProductAs(string question)
    {
        var form = emulator.Forms.FormOf(spreadsheet)!;
        emulator.Forms.Link(spreadsheet, form with
        {
            Sections = [.. form.Sections.Select(section => section with
            {
                Questions = [.. section.Questions.Select(asked => asked.Title == ProductQuestion ? asked with { Title = question } : asked)],
            })],
        });
        ProductQuestion = question;
    }

    /// <summary>The responses with FormsFlow's columns beside them, by header.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows
    {
        get
        {
            var tab = emulator.Views.Window(spreadsheet, rows: 0).Tabs.First(tab => tab.IsFormTab);
            var rows = emulator.Views.Window(spreadsheet, tab.SheetId, rows: 12_000).Rows.Select(row => row.Cells.Select(cell => cell?.Text ?? "").ToArray()).ToList();
            var headers = rows[0].Index().Where(header => header.Item.Length > 0).ToList();
            return [.. rows.Skip(1).Where(row => row.Any(text => text.Length > 0))
                .Select(row => headers.ToDictionary(header => header.Item, header => row[header.Index], StringComparer.Ordinal))];
        }
    }

    /// <summary>What the administrators' tab says beside the time of its last change; empty if there is no tab or it says nothing.</summary>
    public string Notice
    {
        get
        {
            if (emulator.Views.Window(spreadsheet, rows: 0).Tabs.FirstOrDefault(tab => tab.Title == "FormsFlow") is not { } tab) return "";
            var rows = emulator.Views.Window(spreadsheet, tab.SheetId, rows: 5).Rows;
            return rows.Count > 1 && rows[1].Cells.Count > 1 ? rows[1].Cells[1]?.Text ?? "" : "";
        }
    }

    public string StatusOf(string product) =>
        Rows.FirstOrDefault(row => row.GetValueOrDefault(ProductQuestion) == product)?.GetValueOrDefault("Status") ?? "";

    public Task StatusAsync(string product, string status) => Eventually.IsAsync($"the sheet says of {product}", status, () => StatusOf(product));

    Dictionary<string, string> Answers(string product, string sponsor) => new(StringComparer.Ordinal)
    {
        [ProductQuestion] = product,
        ["Vendor contact information"] = "Acme Learning, sales@acme.example",
        ["Deadline for implementation"] = "8/15/2099",
        ["Does the product need uploads of student or staff data?"] = "No",
        ["Alignment to the District Curriculum Goals"] = "Goal 2, units 3 to 5.",
        ["Campus or district sponsor"] = "Jo Hart, Willow Bend",
        ["How can we reach the sponsor?"] = sponsor,
        ["Funding available for the solution"] = "$1,200 from the campus",
    };
}
