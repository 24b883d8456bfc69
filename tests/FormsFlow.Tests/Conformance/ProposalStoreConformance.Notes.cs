namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    [Fact]
    public async Task A_note_that_is_kept_says_what_it_said_first()
    {
        Assert.Equal("first", await store.KeepNoteAsync("installation", "first", Token));
        Assert.Equal("first", await store.KeepNoteAsync("installation", "second", Token));
        Assert.Equal("first", await store.ReadNoteAsync("installation", Token));

        await store.WriteNoteAsync("installation", "imported", Token);
        Assert.Equal("imported", await store.KeepNoteAsync("installation", "third", Token));
        Assert.Equal("other", await store.KeepNoteAsync("Installation", "other", Token));
    }

    [Fact]
    public async Task Of_many_who_keep_a_note_at_once_in_two_processes_all_hear_the_same()
    {
        var second = await home.OpenAsync(Time);

        var heard = await AtOnce(32, i => (i % 2 == 0 ? store : second).KeepNoteAsync("installation", $"process {i}", Token));

        Assert.Equal(await store.ReadNoteAsync("installation", Token), Assert.Single(heard.Distinct(StringComparer.Ordinal)));
    }
}
