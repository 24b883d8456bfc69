// What somebody should hear of without looking: each is a question to the log, asked every quarter of an hour.
param location string
param tags object
param workspaceId string
param address string

// The words of FormsFlow's own messages that the questions look for, and in no other place; a test compares them with what src/ logs.
var words = {
  tick: 'Tick: '
  unread: 'Unread: '
  forms: ' forms, '
  troubles: ' troubles need a hand, '
  late: ' proposals late, '
  mail: ' mail troubles'
  failed: 'failed for good'
  bounced: 'failed, says the mail service'
}

// Every look at the sheets ends with one line that says how things stand, so that a restart hides nothing.
var ticks = 'AppTraces | parse Message with "${words.tick}" Forms:long "${words.forms}" Troubles:long "${words.troubles}" Late:long "${words.late}" MailTroubles:long "${words.mail}"'

var rules = [
  {
    name: 'poll-failing'
    title: 'FormsFlow does not look at the sheets'
    description: 'For half an hour no look at the response sheets has come to its end: the app does not start, is stopped, or fails. New responses wait. The traces in Application Insights say why: a wrong setting, or a secret that the vault does not give.'
    query: '${ticks} | summarize Ticks = countif(isnotnull(Forms)) | where Ticks == 0'
    severity: 1
    window: 'PT30M'
  }
  {
    name: 'sheets-unread'
    title: 'FormsFlow has not read the sheets for an hour'
    description: 'For an hour there has been no look at which every response sheet was read: Google is away or asks to be left alone, or nothing looks at all. It may pass by itself, and nothing is lost, but new responses wait, and the sheet does not show what is decided. The page /readyz says which sheet, the log why; Google says at https://www.google.com/appsstatus/dashboard/ whether it is Google.'
    // Each look at which one is not read says so in a line of its own; where there are no looks, there is neither.
    query: 'AppTraces | summarize Ticks = countif(Message startswith "${words.tick}"), Unread = countif(Message startswith "${words.unread}") | where Ticks <= Unread'
    severity: 0
    window: 'PT1H'
  }
  {
    name: 'needs-a-hand'
    title: 'FormsFlow needs a hand'
    description: 'Something is out of order and does not pass by itself, such as a sheet that is not shared any more. The administrators\' mail, the page /readyz and the log say what, and what would be right.'
    query: '${ticks} | where Troubles > 0'
    severity: 1
    window: 'PT30M'
  }
  {
    name: 'proposals-late'
    title: 'FormsFlow: proposals are late'
    description: 'For half an hour every look has found work on proposals overdue. If a form has left the settings (the log and /readyz name it), put it back with the same key. Otherwise the log says which orchestrations or activities fail; if it says nothing, restart the app.'
    // One that was late once was woken by that very look: nobody need know.
    query: '${ticks} | where isnotnull(Late) | summarize Least = min(Late) | where Least > 0'
    severity: 2
    window: 'PT30M'
  }
  {
    name: 'mail-failing'
    title: 'FormsFlow cannot deliver mail'
    description: 'The mail service takes no mail, or a mail could not be delivered for good. The page /readyz says the former, the row of the proposal in the sheet the latter.'
    query: '${ticks} | where MailTroubles > 0 or Message contains "${words.failed}" or Message endswith "${words.bounced}"'
    severity: 2
    window: 'PT30M'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-formsflow'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'FormsFlow'
    emailReceivers: [{ name: 'operators', emailAddress: address, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for rule in rules: {
    name: 'alert-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: rule.title
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
