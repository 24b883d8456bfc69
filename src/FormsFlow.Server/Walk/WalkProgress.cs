using Spectre.Console;

namespace FormsFlow.Server.Walk;

/// <summary>How far a walk has come.</summary>
/// <param name="What">The step it is in, the same from its beginning to its end.</param>
/// <param name="Count">What has been counted in it so far, such as "answers 37 of up to 120, mails 190"; empty at its beginning.</param>
public sealed record WalkStep(string What, string Count = "");

/// <summary>
/// Shows a walk while it runs. On a terminal the last line moves along with it; a file or a pipe gets plain lines, of each step the
/// beginning and then one every <see cref="PlainEvery"/>, so that nobody wonders whether it stands still.
/// </summary>
public sealed class WalkProgress
{
    public static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(1);

    const string StartOfLine = "\r\u001b[2K";

    readonly IAnsiConsole _console;
    readonly TimeProvider _time;
    readonly bool _moves;
    WalkStep? _last;
    WalkStep? _shown;
    long _at;

    public WalkProgress(IAnsiConsole console, TimeProvider time)
    {
        (_console, _time) = (console, time);
        _moves = console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
        // Into a file or a pipe a line may be as long as it needs to be.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = int.MaxValue;
    }

    public void Show(WalkStep step)
    {
        if (step.What != _last?.What) End();
        _last = step;
        if (step == _shown) return;
        if (_moves) Move(step);
        else if (_shown is null || _time.GetElapsedTime(_at) >= PlainEvery) Print(step);
    }

    /// <summary>Says how far the step has come in the end; what comes next begins on a line of its own.</summary>
    public void End()
    {
        if (_moves && _last is not null) _console.WriteLine();
        else if (_last is not null && _last != _shown) Print(_last);
        (_last, _shown) = (null, null);
    }

    void Move(WalkStep step)
    {
        var line = Line(step);
        if (line.Length >= _console.Profile.Width) line = line[..(_console.Profile.Width - 2)] + "\u2026";
        _console.Write(new ControlCode(StartOfLine));
        _console.Markup($"[grey]{Markup.Escape(line)}[/]");
        _shown = step;
    }

    void Print(WalkStep step)
    {
        _console.WriteLine(Line(step));
        (_shown, _at) = (step, _time.GetTimestamp());
    }

    string Line(WalkStep step) => $"{_time.GetLocalNow():HH:mm:ss} {step.What}{(step.Count.Length > 0 ? $": {step.Count}" : "")}";
}
