using CsCheck;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.Tests.Adapters.GoogleSheets;
using FormsFlow.Tests.Adapters.Mail;
using FormsFlow.Tests.Web;

namespace FormsFlow.Tests.Simulation;

/// <summary>
/// Whatever stands in header rows and cells, from intake over publishing to the review page and the mail: nothing fails, good rows come
/// in, bad rows are marked, no cell of anybody's is written over, and nothing is lost. A failure prints its seed.
/// </summary>
public sealed class RowFuzzTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    const int Good = 3;

    static readonly string[] Texts =
    [
        "=1+1", "=HYPERLINK(\"http://x\")", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\u0000\u0007\u001b[31m\u0085\u2028", "\u202egnp.exe", "#REF!", "TRUE",
        "   ", "\u200b", "@all", "'", "12:00", "1/1/0001", "31/12/9999", "99999999999999999999", "FF-0000", "Total", "a@b.example, c@d.example", "שלום 👋🏽", "مرحبا بكم", "日本語", "\r\n\r\n",
        new('x', 50_000), string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 4_500)), "{{model}} ${x} %s %n {0}",
    ];

    static readonly Gen<string> AnyText = Gen.OneOf(One(Texts), Gen.String[Gen.Char, 0, 40]);

    /// <summary>What travels as JSON is never half a letter.</summary>
    static readonly Gen<string> WholeText = AnyText.Select(text => new string([.. text.Where(letter => !char.IsSurrogate(letter))]));

    static readonly Gen<Cell?> AnyCell = Gen.OneOf<Cell?>(
        WholeText.Select(text => (Cell?)new Cell(text)),
        WholeText.Select(text => (Cell?)new Cell(text, Formula: "=A1")),
        Gen.OneOf(Gen.Double[40_000, 50_000], Gen.Double[-10, 10], Gen.Double[-1e300, 1e300], One(0.0, 1.0, 45_000.5)).Select(number => (Cell?)new Cell(number)),
        Gen.Bool.Select(flag => (Cell?)new Cell(flag)),
        One(new CellError("NAME", "#NAME?", "Unknown function"), new CellError("REF", "#REF!", "Gone")).Select(error => (Cell?)new Cell(error)),
        One((Cell?)null));

    /// <summary>Headers of columns that are nobody's question. At most one is called as FormsFlow's would be.</summary>
    static readonly Gen<(string Own, object[] Others)> AnyHeaders = Gen.Select(
        One("", OwnColumns.Id, OwnColumns.Status, "Business decision", "status ", "formsflow id"),
        Gen.OneOf<object>(
            One<object>("", " ", "Product title", "Timestamp", "Notes", "Notes", "שאלה", "質問", "=A1", "<b>x</b>", 2027d, true, new string('h', 50_000)),
            WholeText.Select(text => (object)text)).Array[0, 4]);

    static readonly Gen<Fuzz> AnySheet = Gen.Select(AnyHeaders, AnyCell.Array[TestDistrict.FormHeaders.Count + 5].Array[1, 5], Gen.Int[0, TestDistrict.FormHeaders.Count])
        .Select((headers, rows, at) => new Fuzz(headers.Own, headers.Others, rows, at));

    static Gen<T> One<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static int Iterations(int inTheSuite) => Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 } ? -1 : inTheSuite;

    [Fact]
    public async Task Whatever_headers_and_cells_hold_good_rows_come_in_and_bad_ones_are_marked_and_nothing_is_written_over()
    {
        await using var site = await Site.StartAsync();
        await AnySheet.SampleAsync(sheet => LiveAsync(sheet, site), iter: Iterations(25), threads: 1, print: sheet => sheet.ToString());
    }

    [Fact]
    public async Task Whatever_answers_hold_half_letters_too_they_reach_the_page_and_the_mail()
    {
        await using var site = await Site.StartAsync();
        await Gen.Select(AnyText, Gen.Int[1, TestDistrict.FormHeaders.Count - 1]).Array[1, 8].SampleAsync(async typed =>
        {
            await using var world = await World.CreateAsync();
            for (var i = 0; i <= Good; i++) world.Submit(i);
            foreach (var (text, column) in typed) world.Sheet.Put($"response {Good}", TestDistrict.FormHeaders[column], text);
            world.Submit(Good + 1);

            await world.SettleAsync();
            await ReachesPeopleAsync(world, world.Cycle, site);

            world.AssertAnswersUntouched();
            for (var i = 0; i <= Good + 1; i++)
                Assert.NotEqual("", world.Sheet.Text($"response {i}", OwnColumns.Status));
            foreach (var i in Enumerable.Range(0, Good).Append(Good + 1))
                Assert.StartsWith("In review", world.Sheet.Text($"response {i}", OwnColumns.Status), StringComparison.Ordinal);
        }, iter: Iterations(40), threads: 1, print: typed => string.Join("\n", typed));
    }

    async Task LiveAsync(Fuzz fuzz, Site site)
    {
        await using var world = await World.CreateAsync();
        await using var home = await emulator.HomeAsync(responses: 0);
        var (headers, rows) = fuzz.Sheet();
        home.Fill(0, 0, headers, rows);
        // Right of everything that shows FormsFlow's columns are put in; what shows nothing moves aside for them.
        var width = Enumerable.Range(0, headers.Length).Last(column => rows.Prepend(headers).Any(row => row[column]?.Value is not (null or ""))) + 1;
        var before = Grid(home, rows.Length + 1, width);
        var sheets = new OneSheet(home.Sheet);
        var intake = new ResponseIntake(world.Store, sheets, world.Installation, world.Runner, world.Engine, world.Inspections, world.NewOwnership(), world.Clock, world.Logs.For<ResponseIntake>());
        var publisher = new SheetPublisher(world.Store, sheets, world.Installation, world.Links, new DashboardHead(world.Store, world.Troubles, world.Installation, world.Clock), world.Logs.For<SheetPublisher>());
        var inspector = new SheetInspector(world.Store, sheets, world.Installation, world.Links, world.Clock, world.Logs.For<SheetInspector>());
        var cycle = new FormCycle(world.Store, intake, inspector, world.Inspections, publisher, world.Clock, world.Logs.For<FormCycle>());

        for (var turn = 0; turn < 3; turn++)
            Assert.True(await cycle.RunAsync(TestDistrict.FormKey, Token), cycle.Troubles.GetValueOrDefault(TestDistrict.FormKey)?.Message);
        await ReachesPeopleAsync(world, cycle, site);

        Assert.Equal(before, Grid(home, rows.Length + 1, width));
        var known = await world.ListAsync();
        var shown = (await home.Sheet.ReadColumnsAsync([OwnColumns.Id, OwnColumns.Status], Token)).ToDictionary(row => row.Number);
        var ids = new HashSet<ProposalId>();
        foreach (var number in Enumerable.Range(2, rows.Length))
        {
            var (id, status) = shown.TryGetValue(number, out var row) ? (row[0].ToString(), row[1].ToString()) : ("", "");
            if (ProposalId.TryParse(id, out var taken)) Assert.True(ids.Add(taken));
            if (number - 2 < Good) Assert.StartsWith("In review", status, StringComparison.Ordinal);
            // Without a timestamp it is nobody's response, and an empty text is none.
            else if (rows[number - 2][fuzz.Place("Timestamp")] is { HasValue: true, Value: not "" } stamp) Assert.True(status.Length > 0, $"Row {number}, sent at '{stamp.Value}', has neither a status nor a remark.");
        }

        Assert.Equal(known.Select(entry => entry.Id).ToHashSet(), ids);
    }

    /// <summary>The mails can be rendered and the review pages opened, and neither holds a script of anybody's.</summary>
    static async Task ReachesPeopleAsync(World world, FormCycle cycle, Site site)
    {
        await world.DrainAsync();
        Assert.True(await cycle.RunAsync(TestDistrict.FormKey, Token));
        foreach (var mail in world.Mailer.Mails)
        {
            var rendered = await MailBench.RenderAsync(mail);
            Assert.DoesNotContain("<script", rendered.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", rendered.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\n', rendered.Subject);
            if (mail is not MailMessage.ReviewRequest { Role.Key: var role, About.Id: { } id } || role != TestDistrict.Parties[0]) continue;

            var page = await world.Desk.OpenReviewAsync(world.ReviewToken(id, role), Token);
            Assert.True(page is ReviewPage.Ask or ReviewPage.Unavailable { Trouble: LinkTrouble.WaitsForSponsor or LinkTrouble.Ended });
            // A link may be opened so many times a minute only; this one is opened once.
            var token = Guid.NewGuid().ToString("N");
            site.Desk.Reviews[token] = page;
            var seen = await site.GetAsync($"/review/{token}");
            Assert.Equal(200, seen.Status);
            Assert.Empty(seen.Document.QuerySelectorAll("script, [onerror], [style]"));
        }
    }

    static List<Cell?> Grid(SheetHome home, int rows, int columns) => home.Emulator.Store.Read(
        home.Id, s => (from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select s.Sheets[0][row, column] is { HasValue: true } cell ? cell with { Format = null } : null).ToList());

    /// <param name="Own">A header that FormsFlow would use; somebody keeps a word of theirs below it.</param>
    /// <param name="Others">More headers that are no questions.</param>
    /// <param name="Rows">Cells of rows that nobody's form made.</param>
    /// <param name="At">Where the other columns stand among the form's.</param>
    sealed record Fuzz(string Own, object[] Others, Cell?[][] Rows, int At)
    {
        /// <summary>Of two questions of one name the left one counts: only what is called like none may stand left of the form's.</summary>
        List<object> Headers()
        {
            var form = TestDistrict.FormHeaders;
            var strange = Others.Where(header => !form.Any(question => HeaderText.Same(question, header.ToString()!))).ToList();
            List<object> headers = [.. form.Take(At), .. strange, Own, .. form.Skip(At)];
            return [.. headers, .. Others.Except(strange)];
        }

        public int Place(string question) => Headers().FindIndex(header => header is string text && HeaderText.Same(text, question));

        public (Cell?[] Headers, Cell?[][] Rows) Sheet()
        {
            var headers = Headers();
            var own = headers.IndexOf(Own);
            var rows = Enumerable.Range(0, Good).Select(number =>
            {
                var row = new Cell?[headers.Count];
                for (var i = 0; i < row.Length; i++) row[i] = Rows[0][i % Rows[0].Length];
                foreach (var question in TestDistrict.FormHeaders) row[Place(question)] = null;
                foreach (var (question, answer) in TestResponse.Number(number).Cells()) row[Place(question)] = new Cell(answer.Number is { } value ? value : answer.Text);
                return row;
            }).Concat(Rows.Select(cells => Enumerable.Range(0, headers.Count).Select(i => cells[i % cells.Length]).ToArray())).ToArray();
            if (Own.Length > 0) rows[0][own] = new Cell("somebody's own");
            return ([.. headers.Select(header => header is "" ? null : new Cell(header))], rows);
        }

        public override string ToString() =>
            $"{string.Join(" | ", Headers())}\n{string.Join("\n", Rows.Select(row => string.Join(" | ", row.Select(cell => cell?.Value))))}";
    }
}
