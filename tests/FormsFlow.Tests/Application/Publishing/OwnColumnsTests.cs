using FormsFlow.Application.Publishing;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Publishing;

public sealed class OwnColumnsTests
{
    [Fact]
    public async Task The_sheet_is_asked_for_columns_that_stay_the_same_when_a_role_gets_another_title()
    {
        await using var world = await World.CreateAsync();
        await world.PollAsync();

        var renamed = OwnColumns.Keyed(TestDistrict.With(form => form with
        {
            Process = form.Process with
            {
                Stages = [.. form.Process.Stages.Select(stage => stage with { Roles = [.. stage.Roles.Select(role => role with { Title = role.Title + " office" })] })],
            },
        }).Forms[0]);

        Assert.Contains(world.Sheet.Prepared, column => column.Name == "Technology decision");
        Assert.Contains(renamed, column => column.Name == "Technology office decision");
        Assert.Equal(world.Sheet.Prepared.Select(column => column.Key), renamed.Select(column => column.Key));
        Assert.All(renamed.Skip(2), column => Assert.False(string.IsNullOrEmpty(column.Key)));
        Assert.Equal(renamed.Length - 2, renamed.Skip(2).Select(column => column.Key).Distinct(StringComparer.Ordinal).Count());
    }
}
