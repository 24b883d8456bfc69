namespace FormsFlow.Application.Running;

/// <summary>Where a trouble is, in words for whoever looks after the installation.</summary>
public static class TroublePlace
{
    /// <param name="key">A <see cref="Trouble.Key"/>.</param>
    public static string Of(string key) => key.Split('/') switch
    {
        ["sheet", var form] => $"The response sheet of the form \u2018{form}\u2019",
        ["form", var form] => $"The settings of the form \u2018{form}\u2019",
        ["people", var form, _] => $"The people of the form \u2018{form}\u2019",
        ["mail"] => "The mail service",
        ["store"] => "Where FormsFlow keeps the proposals",
        ["settings"] => "The settings",
        _ => key,
    };
}
