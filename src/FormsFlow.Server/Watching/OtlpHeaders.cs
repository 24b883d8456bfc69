namespace FormsFlow.Server.Watching;

/// <summary>
/// What would keep the exporter from starting: it reads the headers only then, and fails with whatever they are. As OpenTelemetry has it,
/// they may be percent-encoded, and are decoded before they are taken apart.
/// </summary>
static class OtlpHeaders
{
    /// <returns>What is wrong, without any of the text: it is a secret, and so may be what stands where a name should be. Null if nothing is.</returns>
    public static string? Problem(string text)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage();
        foreach (var (i, pair) in Uri.UnescapeDataString(text).Split(',').Index())
        {
            var which = $"has, as number {i + 1},";
            if (pair.IndexOf('=', StringComparison.Ordinal) is not (var equals and > 0)) return $"{which} something that is no name=value";
            var name = pair[..equals].Trim();
            if (!names.Add(name)) return $"{which} a name that is there already";
            try
            {
                request.Headers.Add(name, pair[(equals + 1)..].Trim());
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
            {
                return $"{which} a name or a value that no request can carry";
            }

            // The exporter says who it is by itself, and does not bear to be told.
            if (string.Equals(name, "User-Agent", StringComparison.OrdinalIgnoreCase)) return $"{which} a name that is taken";
        }

        return null;
    }
}
