using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Serve;

/// <summary>Reads the section <c>FormsFlow</c>; names that it does not know are left to <see cref="InstallationReader"/>.</summary>
static class FormsFlowSection
{
    public static FormsFlowOptions Read(IConfiguration configuration) =>
        configuration.GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>() ?? new FormsFlowOptions();
}
