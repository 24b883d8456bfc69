using System.Text.Json;
using System.Text.Json.Nodes;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Tests.Domain;

/// <summary>What each release wrote down, read by every later one, for ever. A file here is never changed; a release adds a folder.</summary>
public sealed class RecordedHistories
{
    /// <summary>The release whose histories <see cref="Record_the_histories_of_this_release"/> writes.</summary>
    const string Release = "0.1";

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    static string Folder => Path.Combine(Repository.Root, "tests", "FormsFlow.Tests", "Histories");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recorded_history_still_leads_to_the_recorded_state(string file)
    {
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;
        var events = recorded["events"]!.AsArray().Select(e => (Type: (string)e!["type"]!, Event: ProposalCodec.ReadEvent(e["body"]!.ToJsonString()))).ToList();
        Assert.All(events, e => Assert.Equal(e.Type, ProposalCodec.WriteEvent(e.Event).Type));

        var state = ProposalCodec.ReadState(recorded["state"]!.ToJsonString());
        var folded = (ProposalState.Known)ProposalProcess.Replay(events.Select(e => e.Event));

        Assert.Equal(ProposalCodec.WriteState(state), ProposalCodec.WriteState(folded));
        Assert.Equal(events.Count, state.Version);
        Assert.Equal((string)recorded["outcome"]!, state.Dossier.Outcome!.Kind.ToString());
    }

    [Fact]
    public void Every_journey_was_recorded() =>
        Assert.All(Journeys.All, journey => Assert.Contains($"{Release}/{journey.Name}.json", Files.Select(row => row.Data)));

    /// <summary>Run once for a release: <c>--explicit only --filter-method "*Record_the_histories*"</c>. What is recorded already stays as it is.</summary>
    [Fact(Explicit = true)]
    public void Record_the_histories_of_this_release()
    {
        Directory.CreateDirectory(Path.Combine(Folder, Release));
        foreach (var journey in Journeys.All)
        {
            var path = Path.Combine(Folder, Release, $"{journey.Name}.json");
            if (File.Exists(path)) continue;
            var scenario = journey.Scenario();
            var recorded = new JsonObject
            {
                ["outcome"] = scenario.Dossier.Outcome!.Kind.ToString(),
                ["events"] = new JsonArray([.. scenario.History.Select(ProposalCodec.WriteEvent).Select(e => new JsonObject { ["type"] = e.Type, ["body"] = JsonNode.Parse(e.Body) })]),
                ["state"] = JsonNode.Parse(ProposalCodec.WriteState((ProposalState.Known)scenario.State)),
            };
            File.WriteAllText(path, recorded.ToJsonString(Indented) + "\n");
        }
    }
}

/// <summary>Where the sources of this build lie.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FormsFlow.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds FormsFlow.sln.");
    }
}
