using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

/// <summary>What Google's client does not do by itself: gzipped bodies, overridden methods, quotas, faults, expiry, sharing, great sizes.</summary>
public sealed class SheetsApiTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 15, 30, 0, TimeSpan.Zero));
    private SheetsEmulatorHost _emulator = null!;
    private EmulatorClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions { Time = _time }, TestContext.Current.CancellationToken);
        _client = await EmulatorClient.ConnectAsync(_emulator);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task A_gzipped_body_is_read_and_an_answer_is_gzipped_on_request()
    {
        var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(Encoding.UTF8.GetBytes("""{"values":[["zipped ünïcode"]]}"""), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"v4/spreadsheets/{_client.SpreadsheetId}/values/A1?valueInputOption=RAW&includeValuesInResponse=true");
        request.Content = new ByteArrayContent(zipped.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var response = await _client.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        var answer = await EmulatorClient.Body(response);
        Assert.Equal("zipped ünïcode", answer["updatedData"]!["values"]![0]![0]!.GetValue<string>());
        var logged = _emulator.Log.Requests[^1];
        Assert.True(logged.ResponseBytes < logged.ResponseLength, $"{logged.ResponseBytes} bytes on the wire for {logged.ResponseLength}");
    }

    [Fact]
    public async Task A_long_GET_travels_as_a_POST_with_its_query_in_the_body()
    {
        await _client.PutAsync("A1", ["first"], ["second"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v4/spreadsheets/{_client.SpreadsheetId}/values:batchGet");
        request.Headers.Add("X-HTTP-Method-Override", "GET");
        request.Content = new StringContent("ranges=A1&ranges=Sheet1%21A2%3AA3&majorDimension=ROWS", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var response = await _client.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var ranges = (await EmulatorClient.Body(response))["valueRanges"]!.AsArray();
        Assert.Equal(["Sheet1!A1", "Sheet1!A2:A3"], ranges.Select(r => r!["range"]!.GetValue<string>()));
        Assert.Equal("values.batchGet", _emulator.Log.Requests[^1].Method);
    }

    [Theory]
    [InlineData("v4/nothing")]
    [InlineData("v4/spreadsheets/x/values:explode")]
    [InlineData("v4/spreadsheets/x/sheets/1")]
    public async Task An_unknown_path_is_404_in_Googles_shape(string path)
    {
        using var response = await _client.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("NOT_FOUND", (await EmulatorClient.Body(response))["error"]!["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"values\":[[")]
    [InlineData("[]")]
    [InlineData("{\"values\":[[{}]]}")]
    [InlineData("{\"range\":7}")]
    [InlineData("{\"values\":[],\"values\":[]}")]
    public async Task Malformed_JSON_is_400_in_Googles_shape(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.Http.PutAsync(new Uri($"v4/spreadsheets/{_client.SpreadsheetId}/values/A1?valueInputOption=RAW", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("INVALID_ARGUMENT", (await EmulatorClient.Body(response))["error"]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_access_token_expires_and_a_revoked_account_gets_no_other()
    {
        _time.Advance(TimeSpan.FromHours(1));
        var (status, answer) = await _client.GetAsync("");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("ACCESS_TOKEN_EXPIRED", answer["error"]!["details"]![0]!["reason"]!.GetValue<string>());
        using var again = await EmulatorClient.ConnectAsync(_emulator, _client.SpreadsheetId);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("")).Status);

        var credentials = _emulator.CredentialsOf();
        _emulator.Accounts.Revoke(JsonNode.Parse(credentials)!["client_email"]!.GetValue<string>());

        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync("")).Status);
        var (refused, error) = await EmulatorClient.TokenAsync(again.Http, credentials);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (refused, error["error"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_spreadsheet_that_is_not_shared_with_the_account_is_403()
    {
        _emulator.Store.Share(_client.SpreadsheetId, ["someone@else.example"]);

        var (status, answer) = await _client.GetAsync("/values/A1");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("The caller does not have permission", answer["error"]!["message"]!.GetValue<string>());
        _emulator.Store.Share(_client.SpreadsheetId, ["formsflow@formsflow-emulator.iam.gserviceaccount.com"]);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/values/A1")).Status);
    }

    [Fact]
    public async Task Quotas_answer_429_once_they_are_on_and_refill_after_a_minute()
    {
        _emulator.Quotas.Limits = new QuotaLimits();
        for (var i = 0; i < 60; i++)
            Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/values/A1")).Status);

        var (status, answer) = await _client.GetAsync("/values/A1");

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal("RESOURCE_EXHAUSTED", answer["error"]!["status"]!.GetValue<string>());
        Assert.Equal("ReadRequestsPerMinutePerUser", answer["error"]!["details"]![0]!["metadata"]!["quota_limit"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await _client.PutAsync("A1", ["a write has its own quota"])).Status);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/values/A1")).Status);
    }

    [Fact]
    public async Task Ordered_failures_come_once_and_only_to_whom_they_are_meant_for()
    {
        _emulator.Faults.Add(new Fault(FaultKind.Status, 503, RetryAfter: 7, Method: "write"));
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/values/A1")).Status);
        using (var content = new StringContent("""{"values":[["x"]]}""", Encoding.UTF8, "application/json"))
        using (var response = await _client.Http.PutAsync(new Uri($"v4/spreadsheets/{_client.SpreadsheetId}/values/A1?valueInputOption=RAW", UriKind.Relative), content, TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "7"), (response.StatusCode, response.Headers.RetryAfter!.ToString()));
        }
        Assert.Empty(await _client.ValuesAsync("A1"));
        Assert.Equal(HttpStatusCode.OK, (await _client.PutAsync("A1", ["x"])).Status);

        _emulator.Faults.Add(new Fault(FaultKind.Close, Method: "values.update"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PutAsync("A1", ["never done"]));
        Assert.Equal([["x"]], await _client.ValuesAsync("A1"));

        _emulator.Faults.Add(new Fault(FaultKind.CloseHalfway, Method: "values.update"));
        await Assert.ThrowsAnyAsync<Exception>(() => _client.PutAsync("A1", ["done, but the answer broke off"]));
        Assert.Equal([["done, but the answer broke off"]], await _client.ValuesAsync("A1"));
    }

    [Fact]
    public async Task A_hook_steps_in_between_a_read_and_the_write_that_follows()
    {
        await _client.PutAsync("A1", ["header"], ["b"], ["a"]);
        _emulator.Hooks.Before = (request, _) =>
        {
            if (request is { IsWrite: true, Method: "values.update" })
                _emulator.Editing.Sort(_client.SpreadsheetId, 0, 0, descending: false);
            return Task.CompletedTask;
        };

        await _client.PutAsync("B2", ["written beside what is now in row 2"]);

        Assert.Equal(["a", "written beside what is now in row 2"], (await _client.ValuesAsync("A2:B2"))[0]);
    }

    [Fact]
    public async Task A_small_range_of_a_hundred_thousand_rows_is_a_small_answer()
    {
        var id = _emulator.Store.Create(new("Large"), [new SheetLayout { SheetId = 0, Title = "Form Responses 1", RowCount = 100_001, ColumnCount = 20 }]);
        _emulator.Store.Write(id, t => t.Apply(new SetCells(0, 0, 0, [.. Enumerable.Range(0, 100_001).Select(i =>
            Enumerable.Range(0, 20).Select(j => new Cell(j == 0 ? (double)(100_000 - i) : $"r{i}c{j}")).ToArray())])));
        using var client = await EmulatorClient.ConnectAsync(_emulator, id);
        _emulator.Log.Reset();

        var (_, tail) = await client.GetAsync("/values/" + Uri.EscapeDataString("'Form Responses 1'!A99999:B"));
        var (_, meta) = await client.GetAsync("?fields=" + Uri.EscapeDataString("sheets.properties(title,gridProperties.rowCount)"));
        var (sorted, _) = await client.BatchAsync(new JsonObject
        {
            ["sortRange"] = new JsonObject { ["range"] = new JsonObject { ["sheetId"] = 0, ["startRowIndex"] = 1 }, ["sortSpecs"] = new JsonArray(new JsonObject { ["dimensionIndex"] = 0 }) },
        });

        Assert.Equal("'Form Responses 1'!A99999:B100001", tail["range"]!.GetValue<string>());
        Assert.Equal(3, tail["values"]!.AsArray().Count);
        Assert.Equal(100_001, meta["sheets"]![0]!["properties"]!["gridProperties"]!["rowCount"]!.GetValue<int>());
        Assert.All(_emulator.Log.Requests, r => Assert.InRange(r.ResponseLength, 1, 500));
        Assert.Equal(HttpStatusCode.OK, sorted);
        Assert.Equal(["0", "r100000c1"], (await client.ValuesAsync("A2:B2"))[0]);
    }

    [Theory]
    [InlineData("insertDimension", """{"range":{"sheetId":0,"dimension":"ROWS","startIndex":0,"endIndex":2147483647}}""")]
    [InlineData("insertDimension", """{"range":{"sheetId":0,"dimension":"COLUMNS","startIndex":0,"endIndex":2147483647}}""")]
    [InlineData("appendDimension", """{"sheetId":0,"dimension":"ROWS","length":2147483647}""")]
    [InlineData("updateCells", """{"rows":[{"values":[null]}],"fields":"userEnteredValue","start":{"sheetId":0,"rowIndex":-1,"columnIndex":-1}}""")]
    public async Task What_no_grid_can_hold_is_refused_and_changes_nothing(string request, string body)
    {
        var id = _emulator.Store.Create(new("Small"), [new SheetLayout { SheetId = 0, Title = "Form Responses 1", RowCount = 100, ColumnCount = 20 }]);
        using var client = await EmulatorClient.ConnectAsync(_emulator, id);

        var (status, answer) = await client.BatchAsync(new JsonObject { [request] = JsonNode.Parse(body) });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("INVALID_ARGUMENT", answer["error"]!["status"]!.GetValue<string>());
        Assert.Equal((100, 20), _emulator.Store.Read(id, s => (s.Sheets[0].Layout.RowCount, s.Sheets[0].Layout.ColumnCount)));
    }

    [Theory]
    [InlineData("POST", "nope/responses", """{"answers":{}}""", HttpStatusCode.NotFound)]
    [InlineData("PUT", "nope/responses/zz", """{"answers":{}}""", HttpStatusCode.NotFound)]
    [InlineData("PUT", "nope/sharing", "{}", HttpStatusCode.NotFound)]
    [InlineData("POST", "nope/responses", """{"answers":null}""", HttpStatusCode.BadRequest)]
    public async Task A_control_that_cannot_be_done_says_so(string method, string path, string body, HttpStatusCode expected)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_emulator.BaseAddress, $"/emulator/spreadsheets/{path}"));
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEqual("", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["message"]!.GetValue<string>());
    }
}
