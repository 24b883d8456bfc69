using System.Globalization;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>How large a file is, as people say it.</summary>
internal static class FileSize
{
    public static string Of(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576d:0.#} MB"),
    };
}
