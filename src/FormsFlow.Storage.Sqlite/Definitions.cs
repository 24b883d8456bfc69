using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// The definitions that proposals keep, each of them once. Without its definition a state is half as long and fits on one page of the file,
/// and it is written and read several times on a proposal's way. They are few, never change and are never deleted.
/// </summary>
sealed class Definitions
{
    static readonly ConditionalWeakTable<ProcessDefinition, Written> Texts = [];

    readonly ConcurrentDictionary<long, ProcessDefinition> read = new();

    /// <summary>Its text and that text's name, made once for each definition.</summary>
    public static Written Write(ProcessDefinition definition) => Texts.GetValue(definition, one =>
    {
        var body = ProposalCodec.WriteDefinition(one);
        return new Written(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))), body);
    });

    /// <returns>Its key in the file, where it is from now on.</returns>
    public static long Keep(Database database, Written definition) =>
        (long)(database.Scalar(Sql.FindDefinition, definition.Hash) ?? database.Scalar(Sql.AddDefinition, definition.Hash, definition.Body))!;

    /// <param name="key">As <see cref="Keep"/> gave it out.</param>
    public ProcessDefinition Find(Database database, long key) =>
        read.GetOrAdd(key, static (at, from) => ProposalCodec.ReadDefinition(ExactText.Decode((string)from.Scalar(Sql.LoadDefinition, at)!)), database);

    /// <param name="Hash">SHA-256 of the text, 64 hexadecimal digits, lower case.</param>
    /// <param name="Body">JSON.</param>
    public sealed record Written(string Hash, string Body);
}
