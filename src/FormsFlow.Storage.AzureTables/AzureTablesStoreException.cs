using Azure;
using Azure.Identity;
using FormsFlow.Application.Ports;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// The storage account cannot be used: what is wrong and what would be right. Whatever was asked for may be asked for again; if it
/// had been done already, that is noticed.
/// </summary>
public sealed class AzureTablesStoreException : StoreUnavailableException
{
    AzureTablesStoreException(StoreTrouble trouble, string message, Exception inner) : base(message, Passing(trouble), inner) => Trouble = trouble;

    public StoreTrouble Trouble { get; }

    /// <param name="account">The account's name, for the message.</param>
    internal static AzureTablesStoreException From(Exception cause, string account)
    {
        var trouble = Classify(cause);
        return new AzureTablesStoreException(trouble, $"The storage account '{account}' cannot be used: {Explain(trouble)}{Detail(cause)}", cause);
    }

    static bool Passing(StoreTrouble trouble) => trouble is StoreTrouble.Away or StoreTrouble.Busy or StoreTrouble.Refused;

    static StoreTrouble Classify(Exception cause) => cause switch
    {
        CredentialUnavailableException or AuthenticationFailedException => StoreTrouble.NoIdentity,
        AggregateException { InnerException: { } inner } => Classify(inner),
        RequestFailedException { Status: 401 } or RequestFailedException { Status: 403, ErrorCode: "AuthenticationFailed" } => StoreTrouble.KeyRefused,
        RequestFailedException { Status: 403, ErrorCode: "KeyBasedAuthenticationNotPermitted" } => StoreTrouble.KeysForbidden,
        RequestFailedException { Status: 403 } => StoreTrouble.NotAllowed,
        RequestFailedException { Status: 404 } => StoreTrouble.TableMissing,
        RequestFailedException { Status: 408 or 429 or >= 500 } => StoreTrouble.Busy,
        RequestFailedException { Status: >= 400 } => StoreTrouble.Refused,
        _ => StoreTrouble.Away,
    };

    static string Explain(StoreTrouble trouble) => trouble switch
    {
        StoreTrouble.KeyRefused =>
            "it does not accept the key. Copy the connection string again from the portal (Access keys), and see that this machine's clock is right.",
        StoreTrouble.NotAllowed =>
            "this identity may not do that. Give it the roles Storage Table Data Contributor and Storage Blob Data Contributor on the account, and see "
            + "that the account's firewall lets this machine in. A new role takes some minutes to work.",
        StoreTrouble.NoIdentity =>
            "this process has no identity to sign in with. On your own machine: sign in with 'az login', as somebody who has the roles Storage Table Data Contributor and "
            + "Storage Blob Data Contributor on the account. In an Azure app: switch its managed identity on. A connection string in place of the endpoint helps only where "
            + "the account allows shared keys; one made from FormsFlow's template does not.",
        StoreTrouble.KeysForbidden =>
            "it takes no keys, and so no connection string. Set Storage:AzureTables:Endpoint in its place, and sign in: with 'az login' on your own machine, by its managed identity "
            + "in an Azure app.",
        StoreTrouble.TableMissing => "a table or container of FormsFlow's is gone. Was it deleted? Restore it, or restart FormsFlow to begin with an empty one.",
        StoreTrouble.Busy => "it is overloaded or has a fault of its own. It is asked again; nothing needs to be done.",
        StoreTrouble.Refused => "it refused a request.",
        _ => "it cannot be reached. Check its name, the network and the account's firewall; it goes on by itself then.",
    };

    /// <summary>The service's own words carry a request id for its support; its first line is enough.</summary>
    static string Detail(Exception cause) => cause switch
    {
        RequestFailedException { Status: > 0 } failed => $" (HTTP {failed.Status}{(failed.ErrorCode is { Length: > 0 } code ? $" {code}" : "")})",
        _ => $" ({cause.Message.AsSpan().Trim().ToString().Split('\n')[0].Trim()})",
    };
}

/// <summary>Why a storage account cannot be used.</summary>
public enum StoreTrouble
{
    Away,
    Busy,
    KeyRefused,
    KeysForbidden,
    NotAllowed,
    NoIdentity,
    TableMissing,
    Refused,
}
