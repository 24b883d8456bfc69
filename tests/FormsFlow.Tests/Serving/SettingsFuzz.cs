using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FormsFlow.Server.Serve;
using FormsFlow.SheetsEmulator.Hosting;
using FormsFlow.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Serving;

/// <summary>Settings files as people, editors and broken disks leave them: everything wrong is said at once, and never by a stack trace.</summary>
public sealed class SettingsFuzz
{
    const int RoundsInTheSuite = 400;

    static readonly string[] Nasty =
    [
        "", " ", "\0", "\u202e", "\ud800", "null", "true", "-1", "0", "99999999999999999999", "1e400", "NaN", "=1+1", "{}", "[]", "<script>", "';--", "%s%n", "../../../etc/passwd", "/dev/null",
        "http://", "http://[", "https://:0/", "https://a b/", "http://user:secret-password@host/", "https://host/?q#f", "ftp://x", "//x", "file:///etc/passwd", "a@b", "a..b@c.d", "a@b.c;a@b.c", "<a@b.c>", "x <a@b.c> y",
        "2026-02-30", "0001-01-01..9999-12-31", "9999-12-31", "24:00", "America/Chicago\0", "../UTC", "Monday,Monday", "|", ";", ",", "\n", "a:b", "a1:", ":a1", "a1:====",
    ];

    /// <remarks>A failure prints the seed with which it comes again (<c>CsCheck_Seed</c>); <c>CsCheck_Iter</c> makes more rounds.</remarks>
    [Fact]
    public async Task No_settings_file_whatever_is_in_it_brings_a_stack_trace()
    {
        await using var emulator = await SheetsEmulatorHost.StartAsync(new SheetsEmulatorOptions(), TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "local.settings.json");
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")))!;
        var values = sample["Values"]!.AsObject();
        values.Remove("Google:CredentialsFile");
        values["Google:Credentials"] = emulator.CredentialsOf();
        foreach (var (name, secret) in Secrets) values[name] = secret;
        var (refused, understood) = (0, 0);
        await Gen.UInt.SampleAsync(
            async seed =>
            {
                await File.WriteAllBytesAsync(path, Spoil(new Random((int)seed), sample));
                if (await TryAsync(path)) understood++;
                else refused++;
            },
            iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 } ? -1 : RoundsInTheSuite, threads: 1);

        Assert.True(refused > (refused + understood) / 4, $"{refused} refused");
        Assert.True(understood > 0, $"{understood} understood");
    }

    /// <summary>What the sample leaves empty, filled in, so that every setting there is gets spoiled.</summary>
    static readonly (string Name, string Secret)[] Secrets =
    [
        ("Mail:Smtp:User", "formsflow"), ("Mail:Smtp:Password", "zebrafinch-password"), ("Mail:SendGrid:ApiKey", "SG.zebrafinch-key"),
        ("Telemetry:Otlp:Endpoint", "http://localhost:4318"), ("Telemetry:Otlp:Headers", "x-key=zebrafinch-header"),
    ];

    /// <returns>Whether the settings were understood, and everything was made of them.</returns>
    static async Task<bool> TryAsync(string path)
    {
        try
        {
            await using var app = ServeHost.Build(path);
            // What is made only when it is first asked for fails here, not after the start.
            _ = app.Services.GetService<OpenTelemetry.Trace.TracerProvider>();
            _ = app.Services.GetRequiredService<FormsFlow.Application.Ports.IMailer>();
            return true;
        }
        catch (SettingsException e)
        {
            Assert.NotEmpty(e.Problems);
            Assert.All(e.Problems, problem =>
            {
                Assert.False(string.IsNullOrWhiteSpace(problem));
                Assert.True(problem.Length < 2_000, problem);
                Assert.DoesNotContain("QSBzYW1wbGU6IG1ha2UgeW91ciBvd24gd2l0aCBvcGVuc3NsIHJhbmQ", problem, StringComparison.Ordinal);
                Assert.DoesNotContain("PRIVATE KEY", problem, StringComparison.Ordinal);
                Assert.DoesNotContain("zebrafinch", problem, StringComparison.Ordinal);
                Assert.DoesNotContain("secret-password", problem, StringComparison.Ordinal);
            });
            return false;
        }
    }

    [Fact]
    public void Slips_in_names_and_shapes_are_all_said_at_once()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "local.settings.json");
        File.WriteAllText(path, """
            // A comment, and a comma too many.
            { "Values": {
              "FormsFlow:Distrct": "Pine Creek",
              "FormsFlow:Forms:0:RemindAftr": "3",
              "Server:Lisen": "http://127.0.0.1:8080",
              "Storage:File": "x.db",
              "Telemetry:Otlp:Endpont": "http://localhost:4318",
            } }
            """);
        var problems = ServeSetup.Read(path).Problems;
        foreach (var name in (string[])["FormsFlow:Distrct", "FormsFlow:Forms:0:RemindAftr", "Server:Lisen", "Storage:File", "Telemetry:Otlp:Endpont"])
            Assert.Contains(problems, problem => problem.StartsWith($"{name} is no setting; ", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("FormsFlow:District is empty", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("Google:CredentialsFile is empty", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FormsFlow:Forms", "proposals")]
    [InlineData("FormsFlow:LinkKeys", "a1:secret")]
    [InlineData("FormsFlow:Forms:0:People", "a@b.org")]
    public void A_text_in_the_place_of_a_group_is_said(string setting, string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "local.settings.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { Values = new Dictionary<string, string> { [setting] = text } }));
        var problem = Assert.Single(ServeSetup.Read(path).Problems, problem => problem.StartsWith($"{setting} is a text", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    /// <summary>A copy of good settings with something done to it.</summary>
    static byte[] Spoil(Random random, JsonNode good)
    {
        var root = good.DeepClone();
        var values = root["Values"]!.AsObject();
        for (var times = random.Next(0, 4); times > 0; times--)
        {
            var names = values.Select(value => value.Key).ToList();
            var name = names[random.Next(names.Count)];
            switch (random.Next(8))
            {
                case 0:
                    values.Remove(name);
                    break;
                case 1:
                    values[name] = JsonValue.Create(random.Next());
                    break;
                case 2:
                    values[name] = random.Next(2) == 0 ? new JsonArray("a", 1) : new JsonObject { ["a"] = new JsonArray(new JsonObject()) };
                    break;
                case 3:
                    values[name] = random.Next(2) == 0 ? null : JsonValue.Create(random.Next(2) == 0);
                    break;
                case 4:
                    values[$"{name}:{Nasty[random.Next(Nasty.Length)]}"] = "x";
                    break;
                case 5:
                    values[name.Contains(':', StringComparison.Ordinal) ? name[..name.LastIndexOf(':')] : name] = "a text";
                    break;
                case 6:
                    values[name] = new string(Nasty[random.Next(Nasty.Length)].FirstOrDefault('x'), random.Next(1, 60_000));
                    break;
                default:
                    values[name] = Nasty[random.Next(Nasty.Length)];
                    break;
            }
        }

        var text = root.ToJsonString();
        text = random.Next(8) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text.Insert(random.Next(text.Length), Nasty[random.Next(Nasty.Length)]),
            2 => $"// settings\n/* of the district */ {text} ",
            3 => string.Concat(Enumerable.Repeat("[", 2_000)) + text,
            4 => text.Replace("{\"IsEncrypted\"", "{\"Values\":{},\"IsEncrypted\"", StringComparison.Ordinal),
            _ => text,
        };
        Encoding encoding = random.Next(6) switch
        {
            0 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            1 => Encoding.Unicode,
            2 => Encoding.BigEndianUnicode,
            3 => Encoding.UTF32,
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        if (random.Next(8) == 0) for (var i = random.Next(1, 6); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
