// FormsFlow in Azure: one resource group with a function app, its storage, a vault for the secrets, logs and alerts.
// What a district changes stands in district.json, which no release brings (see district.sample.json), and in the parameters below:
// every provisioning writes all settings of the app anew, so that nothing may be set by hand.
targetScope = 'subscription'

@description('A short name for this installation, such as formsflow. It is part of the names of all resources.')
@minLength(1)
@maxLength(20)
param environmentName string

@description('The Azure region. It must offer the Flex Consumption plan: az functionapp list-flexconsumption-locations.')
@minLength(1)
param location string

@description('The object id of whoever installs: may write the secrets into the vault. The Azure Developer CLI fills it in.')
param operatorId string

@description('Who is told when polling fails, proposals are late or mails cannot be delivered.')
@minLength(3)
param alertAddress string

@description('Where people reach the pages, if it is not the address that Azure gives the app.')
param baseAddress string = ''

@description('The names of the secrets in the vault that links are signed with, separated by commas: the first one signs, all of them are good.')
@minLength(1)
param linkKeyNames string = 'link-key'

@description('Whether the form\'s trigger may have the sheet looked at at once; the secret nudge-key must be in the vault then.')
param nudge bool = false

@description('How many copies of the proposals Azure keeps, and where: in three zones of the region (ZRS), in one (LRS), or in a second region as well (GZRS, GRS).')
@allowed(['Standard_ZRS', 'Standard_LRS', 'Standard_GZRS', 'Standard_GRS'])
param dataRedundancy string = 'Standard_ZRS'

var suffix = uniqueString(subscription().id, environmentName, location)
var identityName = 'id-${environmentName}-${suffix}'
var insightsName = 'appi-${environmentName}-${suffix}'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    dataRedundancy: dataRedundancy
    appName: identityName
    appPrincipalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${take(suffix, 13)}'
    location: location
    tags: tags
    appName: identityName
    appPrincipalId: identity.outputs.principalId
    operatorId: operatorId
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${environmentName}-${suffix}'
    insightsName: insightsName
    location: location
    tags: tags
    appName: identityName
    appPrincipalId: identity.outputs.principalId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  dependsOn: [monitoring]
  params: {
    name: 'func-${environmentName}-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostStorageName: storage.outputs.hostName
    deploymentContainer: storage.outputs.deploymentContainer
    tableEndpoint: storage.outputs.tableEndpoint
    vaultUri: vault.outputs.uri
    insightsName: insightsName
    baseAddress: baseAddress
    linkKeyNames: split(replace(linkKeyNames, ' ', ''), ',')
    nudge: nudge
    district: loadJsonContent('district.json')
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: { location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId, address: alertAddress }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output FORMSFLOW_APP string = app.outputs.name
output FORMSFLOW_APP_ID string = app.outputs.id
output FORMSFLOW_ADDRESS string = app.outputs.address
output FORMSFLOW_DATA_ID string = storage.outputs.dataId
output FORMSFLOW_TABLES string = storage.outputs.tableEndpoint
