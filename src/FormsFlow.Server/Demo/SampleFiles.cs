namespace FormsFlow.Server.Demo;

/// <summary>The samples that come with the program.</summary>
static class SampleFiles
{
    /// <exception cref="FileNotFoundException">The program was copied without its samples.</exception>
    public static string Find(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "samples", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; it is built with the program.", path);
    }
}
