namespace FormsFlow.Tests.Domain;

/// <summary>Which tests prove an invariant is checked with those of <see cref="SecurityDocumentTests"/>.</summary>
public sealed class InvariantsDocumentTests
{
    [Fact]
    public void All_ten_invariants_have_their_row() => Assert.Equal(
        Enumerable.Range(1, 10),
        File.ReadAllLines(Path.Combine(Repository.Root, "docs", "invariants.md"))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => int.Parse(line.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture)));
}
