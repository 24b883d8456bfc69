using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FormsFlow.Tests.Adapters.SheetsEmulatorPages;

/// <summary>What no browser sends and a program may: it is told what is wrong with it.</summary>
public sealed class MalformedPostTests : PagesHome
{
    static readonly string TooMany = string.Concat(Enumerable.Range(0, 3000).Select(i => $"f{i}=&"));

    public static TheoryData<string, string, HttpStatusCode, string> Posts => new()
    {
        { "", "do=edit", HttpStatusCode.UnsupportedMediaType, "Content-Type is ''" },
        { "text/plain", "do=edit", HttpStatusCode.UnsupportedMediaType, "Content-Type is 'text/plain'" },
        { "application/json", "{}", HttpStatusCode.UnsupportedMediaType, "application/x-www-form-urlencoded or multipart/form-data" },
        { "application/x-www-form-urlencoded", TooMany, HttpStatusCode.BadRequest, "limit" },
        { "application/x-www-form-urlencoded", "do=edit&text=%00", HttpStatusCode.BadRequest, "The form cannot be read" },
        { "multipart/form-data", "do=edit", HttpStatusCode.BadRequest, "boundary" },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"do\"\r\n\r\ned", HttpStatusCode.BadRequest, "The form cannot be read" },
        { "multipart/form-data; boundary=x", "--x\r\nnonsense\r\n\r\nedit\r\n--x--\r\n", HttpStatusCode.BadRequest, "The form cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_post_that_is_no_form_is_refused_in_the_shape_of_an_error_and_says_what_is_wrong(string type, string body, HttpStatusCode status, string said)
    {
        var response = await RespondAsync("Mango");
        foreach (var address in (string[])["/forms/proposals", $"/forms/proposals/responses/{response}", Sheet])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

            using var answer = await Browser.PostAsync(new Uri(address, UriKind.Relative), content);

            Assert.Equal(status, answer.StatusCode);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var error = json.RootElement.GetProperty("error");
            Assert.Equal((int)status, error.GetProperty("code").GetInt32());
            Assert.Contains(said, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(["Mango"], Products());
    }

    /// <summary>A form that arrives whole, with whatever in its fields.</summary>
    [Theory]
    [InlineData("edit")]
    [InlineData("clear")]
    [InlineData("sort-az")]
    [InlineData("row-above")]
    [InlineData("row-below")]
    [InlineData("row-delete")]
    [InlineData("column-left")]
    [InlineData("column-right")]
    [InlineData("column-delete")]
    [InlineData("filter-on")]
    [InlineData("filter")]
    [InlineData("tab-rename")]
    [InlineData("no-such-action")]
    [InlineData("")]
    public async Task An_edit_far_outside_of_the_sheet_is_no_fault_of_the_emulator(string action)
    {
        foreach (var cell in (string[])["ZZZ99999999", "A99999999", "ZZZ1"])
        {
            var (status, _, _) = await DoAsync(action, cell, ("page", "-2147483648"), ("text", "x"), ("offered", "x"), ("title", "\uFFFF"));
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{action} at {cell}: {(int)status}");
        }

        foreach (var tab in (string[])["", "x", "123456"])
        {
            var (status, _, _) = await PostAsync(Sheet, ("do", action), ("tab", tab), ("cell", "A1"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        }
    }
}
