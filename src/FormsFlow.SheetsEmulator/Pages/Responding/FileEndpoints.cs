using FormsFlow.SheetsEmulator.Forms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>Uploaded files under the addresses that Drive has for them: <c>/open?id=</c> shows one, <c>/uc?id=</c> hands it over.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/open", (HttpContext http, string? id, UploadedFiles files) =>
            files.Find(id ?? "") is { } file ? http.Page<FilePage>(new() { [nameof(FilePage.File)] = file }) : Unknown(http));
        app.MapGet("/uc", IResult (HttpContext http, string? id, UploadedFiles files) =>
        {
            if (files.Find(id ?? "") is not { } file)
                return Unknown(http);
            // It came from anybody: a browser saves it, whatever it is, and never shows it.
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            return Results.Stream(files.Read(file), "application/octet-stream", file.Name);
        });
    }

    private static RazorComponentResult Unknown(HttpContext http) => http.Trouble(404, "Sorry, the file you have requested does not exist.", "It may have been uploaded to another emulator.");
}
