using System.Reflection;
using System.Security.Cryptography;

namespace FormsFlow.SheetsEmulator.Pages;

/// <summary>The pages' style sheets, script and icon: files of our own, inside the program.</summary>
internal sealed class PageAssets
{
    private readonly Dictionary<string, (string Type, string Version, byte[] Content)> _files = new(StringComparer.Ordinal);

    public PageAssets()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("pages/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var type = Path.GetExtension(resource) switch { ".css" => "text/css", ".js" => "text/javascript", _ => "image/svg+xml" };
            _files["/" + resource] = ($"{type}; charset=utf-8", Convert.ToHexStringLower(SHA256.HashData(content))[..12], content);
        }
    }

    /// <summary>The file's address; its query changes with its content, so that browsers may keep it.</summary>
    public string this[string name] => $"/pages/{name}?{_files["/pages/" + name].Version}";

    public IResult Serve(string name, HttpContext http)
    {
        if (!_files.TryGetValue("/pages/" + name, out var file))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(file.Content, file.Type);
    }
}
