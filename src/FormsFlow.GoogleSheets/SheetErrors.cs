using System.Net;
using FormsFlow.Application.Ports;
using Google;
using Google.Apis.Auth.OAuth2.Responses;

namespace FormsFlow.GoogleSheets;

/// <summary>Says what Google's errors mean, and what would be right. Google's own words are repeated only where they cannot hold an answer.</summary>
public static class SheetErrors
{
    /// <summary>The end of a message about what passes by itself.</summary>
    public const string AtTheNextPoll = " It is tried again at the next poll.";

    /// <summary>The same, where Google asks for a rest.</summary>
    public const string AfterAWhile = " It is tried again then.";

    /// <param name="spreadsheet">Empty where the account signed in and no sheet was asked for.</param>
    /// <returns>Null for what is not Google's doing: a cancellation, a bug.</returns>
    public static SheetUnavailableException? Explain(Exception e, string form, string spreadsheet, string account, bool writing)
    {
        var where = spreadsheet is "" ? $"the sign-in of {account}" : $"the spreadsheet of form '{form}' ({spreadsheet})";
        return e switch
        {
            TokenResponseException token => Token(token),
            GoogleApiException api => Api(api),
            Http.ComeBackLaterException later => Later(later),
            HttpRequestException or IOException or TimeoutException =>
                Trouble(SheetTrouble.Away, $"Google cannot be reached for {where}: {e.GetType().Name}.{AtTheNextPoll}"),
            _ => null,
        };

        SheetUnavailableException Later(Http.ComeBackLaterException later)
        {
            var message = $"Google answered {(int)later.Status} for {where}, and asks to be left alone for a while.{AfterAWhile}";
            return new SheetUnavailableException(form, SheetTrouble.Away, message) { RetryAfter = later.Rest };
        }

        SheetUnavailableException Trouble(SheetTrouble trouble, string message) => new(form, trouble, message, e);

        // What was written may come back in the words of a refusal; so the refusal is not passed on.
        SheetUnavailableException Quiet(SheetTrouble trouble, string message) => new(form, trouble, message);

        SheetUnavailableException Token(TokenResponseException token)
        {
            if (token.StatusCode is { } status && Http.Pause.IsWorthwhile(status))
                return Trouble(SheetTrouble.Away, $"Google's sign-in answered {(int)status} for {account}.{AtTheNextPoll}");

            return Trouble(
                SheetTrouble.Credentials,
                $"Google refused to sign {account} in ({token.Error?.Error ?? "no reason given"}: {token.Error?.ErrorDescription ?? "no words"}). "
                + "Its key may have been deleted or its account disabled: create a new JSON key and put it into the settings. "
                + "If the words speak of a short-lived token, this machine's clock is wrong.");
        }

        SheetUnavailableException Api(GoogleApiException api)
        {
            var words = api.Error?.Message ?? "";
            switch (api.HttpStatusCode)
            {
                case HttpStatusCode.Unauthorized:
                    return Trouble(SheetTrouble.Credentials, $"Google does not accept the token of {account}, not even a fresh one. Create a new JSON key for the account and put it into the settings.");

                case HttpStatusCode.Forbidden when Says("has not been used") || Says("is disabled"):
                    return Trouble(SheetTrouble.Refused, $"The Google Sheets API is switched off in the project of {account}: {words}");

                case HttpStatusCode.Forbidden when Says("protected"):
                case HttpStatusCode.BadRequest when Says("protected"):
                    return Quiet(SheetTrouble.Protected, $"Somebody protected cells that FormsFlow has to write in {where}. In the sheet, Data, Protected sheets and ranges: let {account} edit them.");

                case HttpStatusCode.Forbidden when Says("rate limit") || Says("quota"):
                    return Trouble(SheetTrouble.Away, $"Google's quota is used up for {where}.{AtTheNextPoll}");

                case HttpStatusCode.Forbidden when writing:
                    return Trouble(SheetTrouble.NotShared, $"{account} may not edit {where}. In the spreadsheet, Share: give {account} the role Editor.");

                case HttpStatusCode.Forbidden:
                    return Trouble(SheetTrouble.NotShared, $"{account} may not open {where}. In the spreadsheet, Share: add {account} as Editor.");

                case HttpStatusCode.NotFound:
                    return Trouble(SheetTrouble.NotFound, $"There is no spreadsheet {spreadsheet} (form '{form}'). It may have been deleted; otherwise copy its address from the browser into the settings again.");

                case HttpStatusCode.BadRequest when Says("exceeds grid limits") || Says("tried writing to row"):
                    return Quiet(SheetTrouble.Moved, $"Rows or columns are gone from {where}; it is read again.");

                case HttpStatusCode.BadRequest when Says("already exists"):
                    return Quiet(SheetTrouble.Moved, $"A tab appeared in {where} in the moment it was to be created; it is read again.");

                case HttpStatusCode.BadRequest when Says("metadata"):
                    return Quiet(SheetTrouble.Moved, $"A column of FormsFlow's in {where} was made or deleted in the moment it was to be written; it is read again.");

                case HttpStatusCode.BadRequest when Says("Unable to parse range"):
                    return Quiet(SheetTrouble.TabMissing, $"A tab was renamed or deleted in {where}.");

                case HttpStatusCode.BadRequest when Says("above the limit of"):
                    return Quiet(SheetTrouble.Full, $"{where} is full: a spreadsheet holds 10 million cells. Delete empty rows and columns, or link the form to a new spreadsheet.");

                case HttpStatusCode.BadRequest when Says("not supported for this document"):
                    return Quiet(SheetTrouble.Refused, $"{where} is an Excel file. In the browser, File, Save as Google Sheets, and put the new address into the settings.");

                case var status when (int)status == 0 || Http.Pause.IsWorthwhile(status):
                    return Quiet(SheetTrouble.Away, $"Google answered {((int)status == 0 ? "nothing readable" : (int)status)} for {where}.{AtTheNextPoll}");

                case HttpStatusCode.OK:
                    return Quiet(SheetTrouble.Away, $"Google's answer for {where} could not be read.{AtTheNextPoll}");

                default:
                    return Quiet(SheetTrouble.Refused, $"Google refused a request for {where} ({(int)api.HttpStatusCode}{(writing ? "" : ": " + words)}).");
            }

            bool Says(string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
        }
    }
}
