using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

public sealed class FieldsMaskTests
{
    private const string Document = """{"a":1,"b":{"c":2,"d":{"e":3,"f":4}},"g":[{"h":5,"i":6},{"i":7}]}""";

    [Theory]
    [InlineData("*", Document)]
    [InlineData("a", """{"a":1}""")]
    [InlineData("b.d.e", """{"b":{"d":{"e":3}}}""")]
    [InlineData("b/d/e,a", """{"a":1,"b":{"d":{"e":3}}}""")]
    [InlineData("b(c,d(f))", """{"b":{"c":2,"d":{"f":4}}}""")]
    [InlineData("b(c,d/e),g(i)", """{"b":{"c":2,"d":{"e":3}},"g":[{"i":6},{"i":7}]}""")]
    [InlineData("g.h", """{"g":[{"h":5},{}]}""")]
    [InlineData("b/*/e", """{"b":{"d":{"e":3}}}""")]
    [InlineData("b, b.c", """{"b":{"c":2,"d":{"e":3,"f":4}}}""")]
    public void A_mask_keeps_what_it_names(string mask, string kept) =>
        Assert.Equal(kept, FieldsMask.Parse(mask).Project(JsonNode.Parse(Document))!.ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData("a,")]
    [InlineData("a(b")]
    [InlineData("a)")]
    [InlineData("a..b")]
    public void What_is_no_mask_is_refused(string mask) => Assert.Throws<FormatException>(() => FieldsMask.Parse(mask));

    [Fact]
    public void An_update_clears_what_the_mask_names_and_the_update_leaves_out()
    {
        var target = (JsonObject)JsonNode.Parse(Document)!;

        FieldsMask.Parse("a,b.d(e,f),g").Merge(target, (JsonObject)JsonNode.Parse("""{"b":{"c":99,"d":{"e":30}},"g":[]}""")!);

        Assert.Equal("""{"b":{"c":2,"d":{"e":30}},"g":[]}""", target.ToJsonString());
    }
}
