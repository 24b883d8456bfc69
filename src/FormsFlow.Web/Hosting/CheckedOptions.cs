using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FormsFlow.Web.Hosting;

/// <summary>What the adapters say of their own settings, before anything starts.</summary>
public static class CheckedOptions
{
    /// <param name="problems">Gets everything that is wrong with the section, in sentences.</param>
    /// <returns>Null if something is.</returns>
    public static T? Read<T>(IServiceProvider provider, ICollection<string> problems) where T : class
    {
        try
        {
            return provider.GetRequiredService<IOptions<T>>().Value;
        }
        catch (OptionsValidationException e)
        {
            foreach (var failure in e.Failures) problems.Add(failure);
            return null;
        }
        catch (InvalidOperationException e)
        {
            // A value that is no time span, no address, no number: the binder names the setting and not the value.
            problems.Add($"{e.Message.TrimEnd('.')}; see docs/settings.md.");
            return null;
        }
    }
}
