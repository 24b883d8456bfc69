using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>The trouble of a form that left the settings while proposals of it are open.</summary>
public static partial class FormAway
{
    const string Remedy = "Put the form back into FormsFlow:Forms and start FormsFlow again; they go on where they were then.";

    public static string KeyOf(string form) => $"form/{form}";

    public static void Report(Troubles troubles, string form, ILogger logger)
    {
        var message = $"Proposals of the form '{form}' are waiting, because the settings have no such form any more. {Remedy}";
        if (troubles.Report(KeyOf(form), message, passes: false)) Log.Resting(logger, form, Remedy);
    }

    static partial class Log
    {
        [LoggerMessage(1536, LogLevel.Error, "Proposals of form {Form} rest: the settings have no such form any more. {Remedy}")]
        public static partial void Resting(ILogger logger, string form, string remedy);
    }
}
