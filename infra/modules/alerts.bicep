// What somebody should hear of without looking: each is a question to the log, asked every quarter of an hour.
param location string
param tags object
param workspaceId string
param address string

var rules = [
  {
    name: 'poll-failing'
    title: 'FormsFlow does not poll'
    description: 'No look at the response sheets has succeeded for half an hour, or a sheet cannot be used. New responses wait. The log and the administrators\' mail say what to do.'
    query: '''
let polls = AppRequests | where TimeGenerated > ago(30m) | where OperationName == "PollResponses" | summarize Good = countif(Success);
let sheets = AppTraces
  | where Message startswith "Form " and (Message has "the sheet cannot be used" or Message has "the sheet can be used again")
  | extend Form = extract("^Form ([^:]+):", 1, Message)
  | summarize arg_max(TimeGenerated, Message) by Form
  | where Message has "cannot be used"
  | summarize Bad = count();
polls | extend Trouble = iff(Good == 0, 1, 0) | project Trouble
| union (sheets | project Trouble = Bad)
| where Trouble > 0
'''
    window: 'P1D'
    severity: 1
  }
  {
    name: 'proposals-late'
    title: 'FormsFlow: proposals are late'
    description: 'The sweep finds the same work undone again and again: orchestrations do not run. Restart the app; if that does not help, look for failed activities in the log.'
    query: '''
AppTraces
| where Message startswith "Sweep: "
| extend Late = toint(extract("^Sweep: ([0-9]+) ", 1, Message))
| summarize Sweeps = count(), Most = max(Late)
| where Sweeps >= 15
'''
    window: 'PT30M'
    severity: 2
  }
  {
    name: 'mail-failing'
    title: 'FormsFlow cannot deliver mail'
    description: 'The mail service takes no mail, or a mail could not be delivered for good. The proposal\'s row in the sheet names it.'
    query: '''
AppTraces
| where Message has "failed for good" or Message startswith "No mail goes out before a setting is corrected"
| summarize Failures = count()
| where Failures > 0
'''
    window: 'PT30M'
    severity: 2
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
