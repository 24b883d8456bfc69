using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Mailing;

namespace FormsFlow.Web;

/// <summary>The pages' style sheet and icon. Their addresses carry a hash of their content, so that a browser may keep them for ever.</summary>
public sealed class SiteAssets
{
    readonly Dictionary<string, SiteAsset> byName = new(StringComparer.Ordinal);

    public SiteAssets()
    {
        StyleSheet = Add("site", "css", "text/css; charset=utf-8", PaletteCss.Variables() + Read("site.css"));
        Icon = Add("icon", "svg", "image/svg+xml; charset=utf-8", Read("icon.svg"));
    }

    /// <summary>Below the application's base path: <c>/assets/site.3f2a….css</c>.</summary>
    public string StyleSheet { get; }

    public string Icon { get; }

    public SiteAsset? Find(string name) => byName.GetValueOrDefault(name);

    string Add(string name, string extension, string contentType, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        var asset = new SiteAsset($"{name}.{hash}.{extension}", contentType, hash, content);
        byName.Add(asset.Name, asset);
        return $"/assets/{asset.Name}";
    }

    static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly does not contain {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

public sealed record SiteAsset(string Name, string ContentType, string Hash, ReadOnlyMemory<byte> Content);

/// <summary>Mails and pages share one palette; the style sheet gets it as variables.</summary>
static class PaletteCss
{
    public static string Variables()
    {
        var light = $$"""
            --ink:{{Palette.Ink}};--muted:{{Palette.MutedInk}};--paper:{{Palette.Paper}};--card:{{Palette.Card}};--line:{{Palette.Line}};
            --accent:{{Palette.Accent}};--accent-ink:{{Palette.AccentInk}};--accent-tint:{{Palette.AccentTint}};--warm:{{Palette.Warm}};
            --good:{{Palette.Good}};--good-tint:{{Palette.GoodTint}};--bad:{{Palette.Bad}};--bad-tint:{{Palette.BadTint}};
            --wait:{{Palette.Wait}};--wait-tint:{{Palette.WaitTint}};
            """;
        var dark = $$"""
            --ink:{{Palette.Dark.Ink}};--muted:{{Palette.Dark.MutedInk}};--paper:{{Palette.Dark.Paper}};--card:{{Palette.Dark.Card}};--line:{{Palette.Dark.Line}};
            --accent:{{Palette.Dark.Accent}};--accent-ink:{{Palette.Dark.AccentInk}};--accent-tint:{{Palette.Dark.AccentTint}};--warm:{{Palette.Dark.Warm}};
            --good:{{Palette.Dark.Good}};--good-tint:{{Palette.Dark.GoodTint}};--bad:{{Palette.Dark.Bad}};--bad-tint:{{Palette.Dark.BadTint}};
            --wait:{{Palette.Dark.Wait}};--wait-tint:{{Palette.Dark.WaitTint}};
            """;
        // Ink on paper is for light paper: print keeps the light palette whatever the screen prefers.
        return $":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n";
    }
}
