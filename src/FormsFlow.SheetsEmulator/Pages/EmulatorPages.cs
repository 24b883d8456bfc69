using FormsFlow.SheetsEmulator.Api;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Pages.Responding;
using FormsFlow.SheetsEmulator.Pages.Tabular;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Pages;

/// <summary>The emulator's pages for people: an index, the form, the sheet.</summary>
public static class EmulatorPages
{
    public static IServiceCollection AddEmulatorPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<PageAssets>();
        services.AddSingleton<FormDirectory>();
        services.AddSingleton<SheetVersions>();
        services.AddSingleton<SheetActions>();
        return services;
    }

    /// <summary>
    /// <c>/</c>, <c>/forms/{formId}</c>, <c>/forms/{formId}/responses/…</c>, <c>/open</c>, <c>/spreadsheets/d/{spreadsheetId}</c> and the files
    /// that they need.
    /// </summary>
    public static void MapEmulatorPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AddEndpointFilter(OwnPagesOnly).AddEndpointFilter(TroubleAsAPage);
        pages.MapGet("/", (HttpContext http, SpreadsheetStore store, FormDirectory forms) =>
            http.Page<HomePage>(new() { [nameof(HomePage.Spreadsheets)] = store.List(), [nameof(HomePage.Forms)] = forms.List() }));
        pages.MapGet("/pages/{name}", (string name, PageAssets assets, HttpContext http) => assets.Serve(name, http));
        pages.MapForms();
        pages.MapFiles();
        pages.MapSpreadsheets();
    }

    /// <summary>The emulator has no lock on its door, so a page of another site may not knock with a form of its own.</summary>
    private static ValueTask<object?> OwnPagesOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var origin = request.Headers.Origin.ToString();
        return !HttpMethods.IsGet(request.Method) && origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}"
            ? ValueTask.FromResult<object?>(context.HttpContext.Trouble(403, "That came from another page", "Only the emulator's own pages may change a sheet."))
            : next(context);
    }

    private static async ValueTask<object?> TroubleAsAPage(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (SpreadsheetNotFoundException)
        {
            return context.HttpContext.Trouble(404, "Sorry, the file you have requested does not exist.", "It may have been deleted. The start page lists what there is.");
        }
        catch (ApiException wrong)
        {
            return Results.Json(wrong.ToJson(), statusCode: wrong.Code);
        }
        catch (SheetsException refused)
        {
            return context.HttpContext.Trouble(422, "There was a problem", refused.Message);
        }
    }
}
