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

@description('The settings of docs/settings.md that are no secrets.')
param district object

var address = empty(baseAddress) ? 'https://${name}.azurewebsites.net/' : baseAddress

// A colon cannot stand in a setting's name on Linux; two underscores mean the same.
var districtSettings = toObject(items(district), setting => replace(setting.key, ':', '__'), setting => setting.value)

var mailSecret = (district[?'Mail:Sender'] ?? 'Smtp') == 'SendGrid'
  ? { Mail__SendGrid__ApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/mail-key)' }
  : contains(district, 'Mail:Smtp:User')
      ? { Mail__Smtp__Password: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/mail-key)' }
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
    properties: union(districtSettings, mailSecret, {
      AzureWebJobsStorage__accountName: hostStorageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsDisableHomepage: 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      AZURE_CLIENT_ID: identityClientId
      PollSchedule: '0 * * * * *'
      FormsFlow__BaseAddress: address
      FormsFlow__LinkKeys__0: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/link-key)'
      Google__Credentials: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/google-credential)'
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

output name string = app.name
output address string = address
