using FormsFlow.Application.Settings;
using FormsFlow.Server.Watching;
using FormsFlow.Storage.AzureTables;

namespace FormsFlow.Server.Serve;

/// <summary>Reads the section <c>FormsFlow</c>, and finds names that nobody reads: a setting with a slip in its name would be left out in silence.</summary>
static class FormsFlowSection
{
    /// <param name="problems">Each problem is added to these.</param>
    public static FormsFlowOptions Read(IConfiguration configuration, List<string> problems)
    {
        var section = configuration.GetSection(FormsFlowOptions.Section);
        var misshapen = new List<string>();
        foreach (var path in (string[])["", "Forms", "LinkKeys"]) Scalar(section, path, misshapen);
        foreach (var form in section.GetSection("Forms").GetChildren())
            foreach (var path in (string[])["", "Questions", "People", "Substitutes"]) Scalar(form, path, misshapen);
        problems.AddRange(misshapen);
        problems.AddRange(Unknown(section, Names<FormsFlowOptions>()));
        foreach (var form in section.GetSection("Forms").GetChildren()) problems.AddRange(Unknown(form, Names<FormOptions>()));
        problems.AddRange(Unknown(configuration.GetSection(ServeOptions.Section), Names<ServeOptions>()));
        problems.AddRange(Unknown(configuration.GetSection(StorageOptions.Section), [.. Names<StorageOptions>(), nameof(StoreSettings.AzureTables)]));
        problems.AddRange(Unknown(configuration.GetSection(AzureTablesStoreOptions.Section), Names<AzureTablesStoreOptions>()));
        problems.AddRange(Unknown(configuration.GetSection(OtlpOptions.Section), ["Otlp"]));
        problems.AddRange(Unknown(configuration.GetSection($"{OtlpOptions.Section}:Otlp"), ["Endpoint", "Headers", "EverySeconds"]));

        // What has the wrong shape cannot be bound, and keeps nothing else from being read.
        if (misshapen.Count > 0) return new FormsFlowOptions();
        return section.Get<FormsFlowOptions>() ?? new FormsFlowOptions();
    }

    static void Scalar(IConfigurationSection parent, string path, List<string> problems)
    {
        var section = path.Length == 0 ? parent : parent.GetSection(path);
        if (!string.IsNullOrEmpty(section.Value)) problems.Add($"{section.Path} is a text; it should be a group of settings, such as {section.Path}:{(path is "Questions" ? "ProductTitle" : path is "People" ? "business" : "0")}.");
    }

    static IEnumerable<string> Unknown(IConfigurationSection section, IReadOnlyCollection<string> known) =>
        from child in section.GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select $"{child.Path} is no setting; known are {string.Join(", ", known)}.";

    static string[] Names<T>() => [.. typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
}
