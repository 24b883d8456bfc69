namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>Where the source is that this was built from.</summary>
static class Repository
{
    /// <exception cref="InvalidOperationException">The benchmarks were moved away from it.</exception>
    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "FormsFlow.sln")))
                    return folder.FullName;
            throw new InvalidOperationException("FormsFlow.sln was not found above the benchmarks; run them by perf/run.");
        }
    }
}
