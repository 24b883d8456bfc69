// The function app on the Flex Consumption plan: nothing runs, and nothing is paid, while nobody needs it.
param name string
param location string
param tags object
param identityId string
param identityClientId string
param hostStorageName string
param deploymentContainer string
param tableEndpoint string
param vaultUri string
param insightsName string

@description('Empty for the address that Azure gives the app.')
param baseAddress string

@description('The names of the secrets that links are signed with, the signing one first.')
param linkKeyNames array

@description('Whether there is a secret nudge-key.')
param nudge bool

@description('The settings of docs/settings.md that are no secrets.')
param district object

// Without a version, so that the newest one counts.
func inVault(vaultUri string, secret string) string => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret}/)'

var address = empty(baseAddress) ? 'https://${name}.azurewebsites.net/' : baseAddress

// A setting's name may have letters, digits, periods and underscores on Linux: two underscores mean a colon, and one in a role the dash. A process may stand there as JSON.
var districtSettings = toObject(items(district), setting => replace(replace(setting.key, ':', '__'), '-', '_'), setting => string(setting.value))

var linkKeys = toObject(range(0, length(linkKeyNames)), i => 'FormsFlow__LinkKeys__${i}', i => inVault(vaultUri, linkKeyNames[i]))

var nudgeSecret = nudge ? { FormsFlow__NudgeKey: inVault(vaultUri, 'nudge-key') } : {}

var mailSecret = (district[?'Mail:Sender'] ?? 'Smtp') == 'SendGrid'
  ? { Mail__SendGrid__ApiKey: inVault(vaultUri, 'mail-key') }
  : !empty(district[?'Mail:Smtp:User'] ?? '')
      ? { Mail__Smtp__Password: inVault(vaultUri, 'mail-key') }
      : {}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union({ PollSchedule: '0 * * * * *' }, districtSettings, mailSecret, linkKeys, nudgeSecret, {
      AzureWebJobsStorage__accountName: hostStorageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsDisableHomepage: 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      AZURE_CLIENT_ID: identityClientId
      FormsFlow__BaseAddress: address
      Google__Credentials: inVault(vaultUri, 'google-credential')
      Storage__Provider: 'AzureTables'
      Storage__AzureTables__Endpoint: tableEndpoint
    })
  }
}

// Nobody publishes with a password.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output id string = app.id
output name string = app.name
output address string = address
