namespace FormsFlow.Server.Check;

/// <summary>One line of a check.</summary>
/// <param name="What">What was tried: "Google sign-in", "proposals: sharing".</param>
/// <param name="Text">What came of it. Never a secret.</param>
/// <param name="Remedy">What to do; of a problem and a warning always, else empty.</param>
public sealed record Finding(Verdict Verdict, string What, string Text, string Remedy = "")
{
    public static Finding Good(string what, string text) => new(Verdict.Good, what, text);

    public static Finding Note(string what, string text) => new(Verdict.Note, what, text);

    public static Finding Warning(string what, string text, string remedy) => new(Verdict.Warning, what, text, remedy);

    public static Finding Problem(string what, string text, string remedy) => new(Verdict.Problem, what, text, remedy);

    public static Finding Skipped(string what, string why) => new(Verdict.Skipped, what, why);
}

public enum Verdict
{
    Good,

    /// <summary>Neither good nor bad: how something was understood.</summary>
    Note,

    /// <summary>FormsFlow runs with it; somebody should look at it.</summary>
    Warning,

    /// <summary>FormsFlow, or a part of it, does not work with it.</summary>
    Problem,

    /// <summary>Could not be tried, because something that it needs is wrong.</summary>
    Skipped,
}
