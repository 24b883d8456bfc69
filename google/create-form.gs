// FormsFlow: makes the proposal form, its response sheet and the trigger, once.
//
// 1. Open https://script.google.com, New project, replace everything there by this file.
// 2. Fill in the lines below, save, choose "createForm" next to Run, and press Run. Google asks for your permission.
// 3. The log at the bottom shows the addresses for FormsFlow's settings.
//
// Running it again makes nothing twice: it completes what is missing. docs/google-setup.md explains each step.

/** The service account that FormsFlow uses: "client_email" in its JSON key. */
const SERVICE_ACCOUNT = '';

/** The district's time zone; the sheet's timestamps are in it. */
const TIME_ZONE = 'America/Chicago';

/**
 * Where FormsFlow is reached, such as 'https://formsflow.your-district.org/'. With it, FormsFlow looks at the sheet as soon as a response
 * comes in; leave it empty, and it looks once a minute. The key goes into Project Settings, Script Properties, FORMSFLOW_NUDGE_KEY.
 */
const FORMSFLOW = '';

/** Only for connectExistingSheet: the address of the response sheet of a form that you have already. */
const EXISTING_SHEET = '';

const FORM = {
  title: 'Solutions That Work: product proposal',
  description: 'Would you like to use an instructional program, software or web site in your school? Tell us about it here. Business, Curriculum and Technology each look at every proposal; you hear from us by e-mail.',
  confirmation: 'Thank you, we have your response. You will get an e-mail about what happens next.',
  sections: [
    {
      title: 'The product',
      questions: [
        { title: 'Product title', type: 'short', required: true },
        { title: 'What is it, and who will use it?', type: 'paragraph', help: 'Grade levels, subjects, how many students and staff.' },
        { title: 'Vendor contact information', type: 'paragraph', required: true, help: 'Company, web site, a person, an e-mail address or telephone number.' },
        { title: 'Deadline for implementation', type: 'short', required: true, help: 'The date by which it should be in use, for example 8/15/2027.' },
      ],
    },
    {
      title: 'Data needs',
      description: 'Many products want a list of students or staff, once or every night.',
      questions: [
        { title: 'Does the product need uploads of student or staff data?', type: 'choice', required: true, options: ['No', 'Yes, once', 'Yes, nightly', 'I do not know'] },
        { title: 'Required data elements', type: 'paragraph', help: "If it does: the list of data elements, or a link to the vendor's Excel or CSV file." },
      ],
    },
    {
      title: 'Alignment, sponsor and funding',
      questions: [
        { title: 'Alignment to the District Curriculum Goals', type: 'paragraph', required: true },
        { title: 'Campus or district sponsor', type: 'short', required: true, help: 'Name and campus.' },
        { title: 'How can we reach the sponsor?', type: 'short', required: true, help: 'An e-mail address, and a telephone number if you like.' },
        { title: 'Funding available for the solution', type: 'short' },
        { title: 'Budget code (if there is one)', type: 'short' },
        { title: 'Anything else the committee should know?', type: 'paragraph' },
      ],
    },
  ],
};

/** Run this one. */
function createForm() {
  requireServiceAccount_();
  requireAddress_();
  const lock = LockService.getScriptLock();
  lock.waitLock(30000);
  try {
    const form = findOrMakeForm_();
    const sheet = findOrMakeSheet_(form);
    connect_(sheet);
    console.log([
      'Done. For the settings of FormsFlow:',
      '  Spreadsheet: ' + sheet.getUrl(),
      '  Address:     ' + form.getPublishedUrl(),
      'To change the form: ' + form.getEditUrl(),
    ].join('\n'));
  } finally {
    lock.releaseLock();
  }
}

/** Or this one, for a form and a response sheet that you have already: shares the sheet, and has FormsFlow told of each response. */
function connectExistingSheet() {
  requireServiceAccount_();
  requireAddress_();
  if (!EXISTING_SHEET.startsWith('https://')) throw new Error('EXISTING_SHEET is "' + EXISTING_SHEET + '"; it should be the address of the response sheet, as the browser shows it.');
  const sheet = SpreadsheetApp.openByUrl(EXISTING_SHEET);
  if (!sheet.getFormUrl()) throw new Error('No form is linked to "' + sheet.getName() + '". In the form: Responses, Link to Sheets.');
  connect_(sheet);
  console.log('Done. For the settings of FormsFlow:\n  Spreadsheet: ' + sheet.getUrl());
}

/** Google runs this when a response is sent, and when one is edited. */
function tellFormsFlow() {
  const answer = nudge_();
  const code = answer.getResponseCode();
  if (code < 300) return;
  // Google mails the owner of this script what failed: only what a person has to correct is worth that. FormsFlow looks once a minute anyway.
  if (code === 401 || code === 403 || code === 404) throw new Error(explain_(code));
  console.warn(explain_(code));
}

/** Run this to see whether FormsFlow can be told. */
function tryFormsFlow() {
  requireAddress_();
  const code = nudge_().getResponseCode();
  if (code >= 300) throw new Error(explain_(code));
  console.log('FormsFlow was told (' + code + ').');
}

function findOrMakeForm_() {
  const properties = PropertiesService.getScriptProperties();
  const id = properties.getProperty('FORMSFLOW_FORM');
  const form = id ? FormApp.openById(id) : FormApp.create(FORM.title);
  if (!id) properties.setProperty('FORMSFLOW_FORM', form.getId());
  if (properties.getProperty('FORMSFLOW_FORM_IS_COMPLETE')) return form;

  // A run that was cut off may have left a part of the questions.
  form.getItems().slice().reverse().forEach(item => form.deleteItem(item));
  form.setTitle(FORM.title)
    .setDescription(FORM.description)
    .setConfirmationMessage(FORM.confirmation)
    .setCollectEmail(true)
    .setAllowResponseEdits(true);
  FORM.sections.forEach(section => {
    const header = form.addSectionHeaderItem().setTitle(section.title);
    if (section.description) header.setHelpText(section.description);
    section.questions.forEach(question => addQuestion_(form, question));
  });
  publish_(form);
  properties.setProperty('FORMSFLOW_FORM_IS_COMPLETE', 'yes');
  return form;
}

/** @param {GoogleAppsScript.Forms.Form} form */
function addQuestion_(form, question) {
  const item = question.type === 'choice' ? form.addMultipleChoiceItem().setChoiceValues(question.options)
    : question.type === 'paragraph' ? form.addParagraphTextItem()
    : form.addTextItem();
  item.setTitle(question.title).setRequired(Boolean(question.required));
  if (question.help) item.setHelpText(question.help);
}

/**
 * A form that a script has made may be a draft, which takes no responses. Forms of the older kind know no drafts.
 * @param {any} form
 */
function publish_(form) {
  if (typeof form.supportsAdvancedResponderPermissions === 'function' && form.supportsAdvancedResponderPermissions()) form.setPublished(true);
  else form.setAcceptingResponses(true);
}

/** @param {GoogleAppsScript.Forms.Form} form */
function findOrMakeSheet_(form) {
  const properties = PropertiesService.getScriptProperties();
  const id = properties.getProperty('FORMSFLOW_SHEET');
  const sheet = id ? SpreadsheetApp.openById(id) : SpreadsheetApp.create(FORM.title + ' (Responses)');
  if (!id) properties.setProperty('FORMSFLOW_SHEET', sheet.getId());
  if (properties.getProperty('FORMSFLOW_SHEET_IS_LINKED')) return sheet;
  sheet.setSpreadsheetTimeZone(TIME_ZONE);
  sheet.setSpreadsheetLocale('en_US');
  form.setDestination(FormApp.DestinationType.SPREADSHEET, sheet.getId());
  properties.setProperty('FORMSFLOW_SHEET_IS_LINKED', 'yes');
  return sheet;
}

/**
 * Neither twice.
 * @param {GoogleAppsScript.Spreadsheet.Spreadsheet} sheet
 */
function connect_(sheet) {
  if (!sheet.getEditors().some(user => user.getEmail().toLowerCase() === SERVICE_ACCOUNT.toLowerCase())) sheet.addEditor(SERVICE_ACCOUNT);
  if (!FORMSFLOW) return;
  const isThere = ScriptApp.getProjectTriggers().some(trigger =>
    trigger.getHandlerFunction() === 'tellFormsFlow' && trigger.getTriggerSourceId() === sheet.getId());
  if (!isThere) ScriptApp.newTrigger('tellFormsFlow').forSpreadsheet(sheet).onFormSubmit().create();
}

function nudge_() {
  const key = PropertiesService.getScriptProperties().getProperty('FORMSFLOW_NUDGE_KEY');
  return UrlFetchApp.fetch(FORMSFLOW.replace(/\/*$/, '/nudge'), {
    method: 'post',
    headers: { Authorization: 'Bearer ' + key },
    muteHttpExceptions: true,
  });
}

function explain_(code) {
  const address = FORMSFLOW.replace(/\/*$/, '/nudge');
  if (code === 401 || code === 403) return 'FormsFlow did not accept the key (' + code + '): the script property FORMSFLOW_NUDGE_KEY has to be FormsFlow:NudgeKey of its settings.';
  if (code === 404) return 'There is no FormsFlow at ' + address + ' (404), or its settings have no FormsFlow:NudgeKey.';
  return address + ' answered ' + code + '; FormsFlow finds the response by itself within a minute.';
}

function requireServiceAccount_() {
  if (!/^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/.test(SERVICE_ACCOUNT))
    throw new Error('SERVICE_ACCOUNT is "' + SERVICE_ACCOUNT + '"; it should be the "client_email" in the JSON key, such as formsflow@your-project.iam.gserviceaccount.com.');
}

function requireAddress_() {
  if (!FORMSFLOW) return;
  if (!/^https:\/\/[^/\s]+(\/\S*)?$/.test(FORMSFLOW)) throw new Error('FORMSFLOW is "' + FORMSFLOW + '"; it should begin with https://, such as https://formsflow.your-district.org/.');
  if (!PropertiesService.getScriptProperties().getProperty('FORMSFLOW_NUDGE_KEY'))
    throw new Error('The key is missing: Project Settings, Script Properties, add FORMSFLOW_NUDGE_KEY with the value of FormsFlow:NudgeKey.');
}
