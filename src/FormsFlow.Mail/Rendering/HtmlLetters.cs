using FormsFlow.Mail.Letters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Mail.Rendering;

/// <summary>Letters as HTML.</summary>
sealed class HtmlLetters(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync(Letter letter)
    {
        // A renderer keeps everything it ever rendered, so each mail gets one of its own.
        // Some of what it asks for lives as long as a request does: each mail is one.
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<MailLayout>(
                ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(MailLayout.Letter)] = letter }));
            using var html = new PooledText();
            root.WriteHtmlTo(html);
            return OwnLetters.Restore(html.Text);
        });
    }
}
