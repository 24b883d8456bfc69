namespace FormsFlow.Tests.Adapters.Mail;

static class Folders
{
    /// <summary>Where FormsFlow.sln is.</summary>
    public static string Root { get; } = Find();

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FormsFlow.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds FormsFlow.sln.");
    }
}
