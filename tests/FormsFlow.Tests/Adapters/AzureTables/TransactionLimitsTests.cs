using Azure.Data.Tables;
using FormsFlow.Storage.AzureTables;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>The emulator takes what Azure refuses: so these are checked before anything is sent.</summary>
public sealed class TransactionLimitsTests
{
    [Fact]
    public void A_hundred_rows_of_one_partition_go_into_one_transaction_and_not_one_more()
    {
        TransactionLimits.Check(Rows(100));
        AssertRefused("101 entities", Rows(101));
        AssertRefused("0 entities", []);
    }

    [Fact]
    public void One_transaction_changes_one_partition() =>
        AssertRefused("several partitions", [.. Rows(1), new(TableTransactionActionType.Add, new TableEntity("other", "row"))]);

    [Fact]
    public void One_transaction_changes_a_row_once() => AssertRefused("one entity twice", [.. Rows(1), .. Rows(1)]);

    [Fact]
    public void A_property_holds_32_768_characters()
    {
        TransactionLimits.Check([Row(entity => entity["Text"] = new string('a', 32_768))]);
        AssertRefused("a property Text of 32769 characters", [Row(entity => entity["Text"] = new string('a', 32_769))]);
    }

    [Fact]
    public void A_row_holds_a_mebibyte_of_utf_16()
    {
        TransactionLimits.Check([Row(entity => Fill(entity, 15))]);
        AssertRefused("an entity of about", [Row(entity => Fill(entity, 17))]);
    }

    [Fact]
    public void A_transaction_holds_four_mebibytes_as_they_are_sent()
    {
        // Six bytes for each character that JSON has to escape.
        TransactionLimits.Check([Row(entity => Fill(entity, 15, 'a'), "1"), Row(entity => Fill(entity, 15, 'a'), "2")]);
        AssertRefused("4194304 go into one", [Row(entity => Fill(entity, 15, '學'), "1"), Row(entity => Fill(entity, 15, '學'), "2")]);
    }

    [Fact]
    public void A_row_has_252_properties() => AssertRefused("properties", [Row(entity =>
    {
        for (var i = 0; i < 260; i++) entity[$"P{i}"] = i;
    })]);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("")]
    public void A_key_has_no_character_that_azure_refuses(string key) => AssertRefused("a key", [new(TableTransactionActionType.Add, new TableEntity("p", key))]);

    [Theory]
    [InlineData("a form/with?everything#\\%")]
    [InlineData("後")]
    [InlineData("")]
    [InlineData("a_b")]
    public void Any_text_becomes_part_of_a_key(string text)
    {
        var part = TableKey.Of(text);

        Assert.DoesNotContain('_', part);
        TransactionLimits.Check([new(TableTransactionActionType.Add, new TableEntity("p", part))]);
        Assert.NotEqual(part, TableKey.Of(text + "."));
    }

    static TableTransactionAction[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => Row(_ => { }, $"row {i}"))];

    static TableTransactionAction Row(Action<TableEntity> fill, string key = "row")
    {
        var entity = new TableEntity("partition", key);
        fill(entity);
        return new TableTransactionAction(TableTransactionActionType.Add, entity);
    }

    static void Fill(TableEntity entity, int properties, char with = 'a')
    {
        for (var i = 0; i < properties; i++) entity[$"Text{i}"] = new string(with, 32_000);
    }

    static void AssertRefused(string why, TableTransactionAction[] actions) =>
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => TransactionLimits.Check(actions)).Message);
}
