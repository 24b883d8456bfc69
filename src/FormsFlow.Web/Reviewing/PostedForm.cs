using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FormsFlow.Web.Reviewing;

/// <summary>What came back from one of our forms. Whatever a stranger posts instead is a reading too, never an exception.</summary>
abstract record PostedForm
{
    /// <summary>The longest comment, each of its characters written as %XX%XX%XX, with room for the rest.</summary>
    public const int MostBytes = 1024 * 1024;

    const string ContentType = "application/x-www-form-urlencoded";

    PostedForm() { }

    public sealed record Read(IFormCollection Fields) : PostedForm
    {
        /// <summary>The one value of a field; null if it is missing or there are several, which no form of ours sends.</summary>
        public string? One(string field) => Fields[field] is { Count: 1 } values ? values[0] : null;

        /// <summary>What a person typed: line ends as one character, nothing that cannot be seen or kept in a sheet.</summary>
        public string Text(string field) => Clean(One(field) ?? "");
    }

    public sealed record Malformed : PostedForm;

    public sealed record TooLarge : PostedForm;

    /// <summary>Nobody is there any more: nothing is looked up for an answer, and none is written.</summary>
    public sealed record HungUp : PostedForm;

    public static async Task<PostedForm> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType is not { } type || !type.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            return new Malformed();
        if (request.ContentLength > MostBytes) return new TooLarge();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;

        try
        {
            var options = new FormOptions { ValueCountLimit = 32, KeyLengthLimit = 256, ValueLengthLimit = MostBytes };
            // Whoever hangs up ends the reading by that; to be told so, too, would leave the connection with a reading that was given up.
            return new Read(await new FormFeature(request, options).ReadFormAsync(CancellationToken.None));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new TooLarge();
        }
        catch (IOException)
        {
            // Whoever hung up in the middle, or sent what is no request. The server would go on to read what is left of it, or wait for a next
            // request on this line, and either ends in an error of its own.
            context.Response.Headers.Connection = "close";
            context.Abort();
            return new HungUp();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or DecoderFallbackException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return new Malformed();
        }
    }

    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
            if (!char.IsControl(c) || c is '\n' or '\t')
                clean.Append(c);
        return clean.ToString();
    }
}
