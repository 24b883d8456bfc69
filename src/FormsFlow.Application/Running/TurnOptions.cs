namespace FormsFlow.Application.Running;

/// <param name="Lease">
/// For how long a process has a form's turn to itself without saying so again; a poller that died in the middle is succeeded after this.
/// It is prolonged for as long as a turn takes.
/// </param>
/// <param name="LetsLapse">Whether a turn that is over is left to lapse: it costs a request less, and holds other processes up until then.</param>
public sealed record TurnOptions(TimeSpan Lease, bool LetsLapse)
{
    /// <summary>For a process that is alone most of the time, and is to be followed at once by the next.</summary>
    public static TurnOptions GivenBack { get; } = new(TimeSpan.FromSeconds(60), LetsLapse: false);

    /// <summary>For a host that is called once a minute, in whichever process: 20 s, so that the next minute finds it free though the clocks of two machines differ.</summary>
    public static TurnOptions Lapsing { get; } = new(TimeSpan.FromSeconds(20), LetsLapse: true);
}

/// <summary>What came of a turn.</summary>
public enum TurnResult
{
    Done,

    /// <summary>The sheet cannot be used; <see cref="FormCycle.Troubles"/> says why.</summary>
    SheetUnavailable,

    /// <summary>Another process has it, or took it over.</summary>
    NotMine,

    /// <summary>Something else than the sheet failed, such as the store.</summary>
    Failed,
}
