using FormsFlow.SheetsEmulator.Api;

namespace FormsFlow.SheetsEmulator.Pages;

/// <summary>The fields that a page's form has sent.</summary>
internal static class SentForm
{
    /// <exception cref="ApiException">They cannot be read; says why. No browser sends such a thing, a program does.</exception>
    public static async Task<IFormCollection> ReadSentAsync(this HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            throw new ApiException(415, "INVALID_ARGUMENT", $"Content-Type is '{http.Request.ContentType}'; a form is sent as application/x-www-form-urlencoded or multipart/form-data.");
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (BadHttpRequestException refused)
        {
            throw new ApiException(refused.StatusCode, "INVALID_ARGUMENT", refused.Message);
        }
        catch (Exception wrong) when (wrong is InvalidDataException || (wrong is IOException && !http.RequestAborted.IsCancellationRequested))
        {
            throw ApiException.Invalid($"The form cannot be read: {wrong.Message}");
        }
    }
}
