using Google.Apis.Services;

namespace FormsFlow.GoogleSheets.Client;

/// <summary>
/// The part of Google's Sheets API v4 that FormsFlow uses. The names are those of Google's generated package, so that its
/// reader feels at home and a swap is a change of usings (docs/decisions/ADR-0004).
/// </summary>
public sealed class SheetsService : BaseClientService
{
    public const string DefaultBaseUri = "https://sheets.googleapis.com/";

    public SheetsService(Initializer initializer)
        : base(initializer) =>
        Spreadsheets = new SpreadsheetsResource(this);

    public SpreadsheetsResource Spreadsheets { get; }

    public override string Name => "sheets";

    public override string BaseUri => BaseUriOverride ?? DefaultBaseUri;

    public override string BasePath => "";

    public override IList<string> Features { get; } = [];

    /// <summary>Reads the answer as a stream, and says what is wrong with an unreadable one without repeating it: it may hold answers.</summary>
    public override async Task<T> DeserializeResponse<T>(HttpResponseMessage response)
    {
        try
        {
            var stream = await response.Content.ReadAsStreamAsync();
            await using (stream) return Serializer.Deserialize<T>(stream);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new Google.GoogleApiException(Name, $"The answer could not be read as {typeof(T).Name} at {e.Path ?? "its start"}.", e)
            {
                HttpStatusCode = response.StatusCode,
            };
        }
    }

    /// <summary>What a service account may be allowed to do.</summary>
    public static class Scope
    {
        /// <summary>See, edit, create and delete the spreadsheets that are shared with the account.</summary>
        public const string Spreadsheets = "https://www.googleapis.com/auth/spreadsheets";
    }
}
