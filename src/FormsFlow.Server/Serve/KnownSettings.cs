using FormsFlow.Application.Settings;
using FormsFlow.GoogleSheets;
using FormsFlow.Mail.Settings;
using FormsFlow.Server.Watching;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Web.Hosting;
using FormsFlow.Web.MailEvents;

namespace FormsFlow.Server.Serve;

/// <summary>Every setting that this host reads.</summary>
public static class KnownSettings
{
    public static SettingNames Names { get; } = new SettingNames()
        .With<FormsFlowOptions>(FormsFlowOptions.Section)
        .With<GoogleOptions>(GoogleOptions.Section)
        .With<MailOptions>(MailOptions.Section)
        .With<SendGridEventOptions>(SendGridEventOptions.Section)
        .With<StorageOptions>(StorageOptions.Section)
        .With<AzureTablesStoreOptions>(AzureTablesStoreOptions.Section)
        .With<ServeOptions>(ServeOptions.Section)
        .With<TelemetryOptions>(TelemetryOptions.Section);
}
