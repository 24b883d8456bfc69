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
        catch (InvalidOperationException)
        {
            // The binder speaks of types, and repeats the value.
            problems.Add($"Something in {typeof(T).Name} has a form that cannot be read; see docs/settings.md.");
            return null;
        }
    }
}
