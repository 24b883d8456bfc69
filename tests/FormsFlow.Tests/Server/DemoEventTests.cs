using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

public sealed class DemoEventTests
{
    static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_that_falls_due_in_one_moment_is_announced()
    {
        DemoEvent[] events =
        [
            Reminder("one"), Reminder("two"), new DemoEvent(Morning, "the end of waiting", "three expires, unless Business answer first"), Reminder("four"), Reminder("five"),
        ];

        var all = DemoEvent.Of(Morning, events);

        Assert.Equal("a reminder and the end of waiting", all.Name);
        Assert.Equal("Business get a reminder about one; Business get a reminder about two; three expires, unless Business answer first; and 2 more", all.What);
        Assert.Equal(events[0], DemoEvent.Of(Morning, [events[0]]));
        Assert.Equal("something is tried again", DemoEvent.Of(Morning, []).What);
    }

    static DemoEvent Reminder(string product) => new(Morning, "a reminder", $"Business get a reminder about {product}");
}
