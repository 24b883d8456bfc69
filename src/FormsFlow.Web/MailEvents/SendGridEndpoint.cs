using System.Text.Json;
using FormsFlow.Application.Mailing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FormsFlow.Web.MailEvents;

/// <summary><c>POST /mail/sendgrid/events</c>: SendGrid says what became of a mail. Only with its signature; answered when it is recorded.</summary>
public static class SendGridEndpoint
{
    const string Path = "/mail/sendgrid/events";

    /// <summary>SendGrid gathers events up to 768 KB.</summary>
    const int Largest = 2 * 1024 * 1024;

    public static IServiceCollection AddSendGridEvents(this IServiceCollection services)
    {
        services.AddOptions<SendGridEventOptions>().BindConfiguration(SendGridEventOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SendGridEventOptions>, SendGridEventOptionsCheck>();
        return services.AddSingleton<SendGridSignature>();
    }

    /// <summary>A host that did not register it has no such address.</summary>
    public static IEndpointRouteBuilder MapSendGridEvents(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<SendGridSignature>() is { IsOn: true }) endpoints.MapPost(Path, TakeAsync);
        return endpoints;
    }

    static async Task<IResult> TakeAsync(HttpContext context, SendGridSignature signature, DeliveryReports reports, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context.Request, cancellationToken) is not { } body) return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var headers = context.Request.Headers;
        if (!signature.IsGenuine(headers["X-Twilio-Email-Event-Webhook-Signature"], headers["X-Twilio-Email-Event-Webhook-Timestamp"], body))
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);

        IReadOnlyList<DeliveryReport> events;
        try
        {
            events = SendGridEvents.Read(body);
        }
        catch (JsonException)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        foreach (var report in events) await reports.TakeAsync(report, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <returns>Null if it is more than anybody sends.</returns>
    static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            body.Write(buffer, 0, count);
            if (body.Length > Largest) return null;
        }

        return body.ToArray();
    }
}
