using FormsFlow.Application;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.GoogleSheets;
using FormsFlow.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>FormsFlow's rooms without a server around them, over a store and sheet: for what one part does alone.</summary>
sealed class Rooms : IAsyncDisposable
{
    public const string Form = "proposals";

    readonly ServiceProvider _services;

    public Rooms(Premises premises)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(premises.Settings(new Uri("http://127.0.0.1:1/")).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var reading = InstallationReader.Read(configuration.GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>()!);
        Installation = reading.Installation ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Problems));
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddFormsFlow(Installation)
            .AddSingleton(reading.Signer!)
            .AddSqliteStore(options => options.Path = premises.Store)
            .AddGoogleSheets(_ => [new ResponseSheetSettings(Form, premises.Spreadsheet)])
            .AddSingleton<IProcessEngine, NobodyDrives>()
            .BuildServiceProvider();
    }

    public Installation Installation { get; }

    public IProposalStore Store => _services.GetRequiredService<IProposalStore>();

    public ProposalRunner Runner => _services.GetRequiredService<ProposalRunner>();

    public ResponseIntake Intake => _services.GetRequiredService<ResponseIntake>();

    public IResponseSheet Sheet => _services.GetRequiredService<IResponseSheets>().Of(Form);

    public SheetInspector Inspector => _services.GetRequiredService<SheetInspector>();

    public SheetPublisher Publisher => _services.GetRequiredService<SheetPublisher>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Does something for many proposals, as many at once as share a commit well.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken }, act);

    public static ProposalId IdOf(int number) => ProposalId.Derive($"{Form}/{number}");

    /// <summary>Saves a proposal as it stands after these commands, with nothing to perform.</summary>
    /// <param name="timestamp">Of its row, as the sheet keeps it.</param>
    public async Task SaveAsync(int number, double? timestamp, IEnumerable<Func<ProposalId, Command>> commands, CancellationToken cancellationToken)
    {
        var id = IdOf(number);
        ProposalState state = new ProposalState.None();
        var events = new List<Event>();
        foreach (var command in commands)
        {
            var decision = ProposalProcess.Decide(state, command(id), Installation.DistrictOf(Form));
            state = decision.State;
            events.AddRange(decision.Events);
        }

        var known = (ProposalState.Known)state;
        var entry = new ProposalEntry(id, Form, $"row {number}", timestamp, known.Dossier.Proposal.ContentHash, ProposalStatuses.Of(known), known.Dossier.ReceivedAt, known.Version, 0);
        var change = new ProposalChange(id, 0, known, entry, EventChain.Append(1, EventChain.Beginning, events), [], [], ProposalProcess.NextDue(known), DateTimeOffset.UtcNow);
        if (!await Store.SaveAsync(change, cancellationToken)) throw new InvalidOperationException($"Proposal {number} is there already.");
    }

    /// <summary>The engine has a measure of its own.</summary>
    sealed class NobodyDrives : IProcessEngine
    {
        public Task WakeAsync(ProposalId id, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
