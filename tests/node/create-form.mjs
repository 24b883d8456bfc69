// Runs google/create-form.gs in a stand-in for Google Apps Script, and prints what it did as JSON. Google itself cannot be reached by a
// test: the stand-in has only methods of Google's reference (developers.google.com/apps-script/reference), so that a call of any other fails.
//
//   node create-form.mjs SCRIPT SCENARIO       SCENARIO: JSON with "constants", "properties", "runs", "nudgeStatus", "failAt", "legacy"
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

const [path, scenarioText] = process.argv.slice(2);
const scenario = { constants: {}, properties: {}, runs: ['createForm'], nudgeStatus: 202, legacy: false, ...JSON.parse(scenarioText) };
const world = { forms: [], sheets: [], triggers: [], requests: [], log: [], errors: [], properties: scenario.properties };
let calls = 0;

// Each run gets Google's services anew; what they keep outlives it.
const chain = (object, names, set) => {
  for (const name of names) object[name] = (...values) => {
    if (++calls === scenario.failAt) throw new Error('Service Forms failed while accessing document.');
    set(name, ...values);
    return object;
  };
  return object;
};

function item(kind, form) {
  const kept = { kind, title: '', required: false };
  form.items.push(kept);
  const settable = { text: ['setTitle', 'setHelpText', 'setRequired'], header: ['setTitle', 'setHelpText'] };
  const names = kind === 'header' ? settable.header : kind === 'choice' ? [...settable.text, 'setChoiceValues'] : settable.text;
  return chain({ kept }, names, (name, value) => { kept[name.replace(/^set(.)/, (_, c) => c.toLowerCase())] = value; });
}

function formOf(kept) {
  const form = {
    getId: () => kept.id,
    getItems: () => kept.items.map(one => ({ kept: one })),
    deleteItem: one => { kept.items = kept.items.filter(other => other !== one.kept); },
    getPublishedUrl: () => `https://docs.google.com/forms/d/e/${kept.id}/viewform`,
    getEditUrl: () => `https://docs.google.com/forms/d/${kept.id}/edit`,
    addTextItem: () => item('short', kept),
    addParagraphTextItem: () => item('paragraph', kept),
    addMultipleChoiceItem: () => item('choice', kept),
    addSectionHeaderItem: () => item('header', kept),
    setDestination: (type, id) => {
      if (type !== 'SPREADSHEET') throw new Error(`Unknown destination ${type}`);
      kept.destination = id;
      world.sheets.find(sheet => sheet.id === id).tabs.push('Form Responses 1');
      return form;
    },
  };
  if (!scenario.legacy) {
    form.supportsAdvancedResponderPermissions = () => true;
    form.setPublished = value => { kept.isPublished = kept.isAcceptingResponses = value; return form; };
  }
  return chain(form, ['setTitle', 'setDescription', 'setConfirmationMessage', 'setCollectEmail', 'setAllowResponseEdits', 'setAcceptingResponses'], (name, value) => {
    kept[name.replace(/^set(.)/, (_, c) => c.toLowerCase())] = value;
    if (name === 'setAcceptingResponses') kept.isAcceptingResponses = value;
  });
}

const sheetOf = kept => ({
  getId: () => kept.id,
  getName: () => kept.name,
  getUrl: () => `https://docs.google.com/spreadsheets/d/${kept.id}/edit`,
  getFormUrl: () => kept.formUrl ?? null,
  setSpreadsheetTimeZone: zone => { kept.timeZone = zone; },
  setSpreadsheetLocale: locale => { kept.locale = locale; },
  getEditors: () => kept.editors.map(address => ({ getEmail: () => address })),
  addEditor: address => { kept.editors.push(address); },
});

const made = (list, kept) => { list.push(kept); return kept; };
const existing = (list, id) => {
  const kept = list.find(one => one.id === id);
  if (!kept) throw new Error('Document is missing (perhaps it was deleted, or you don\'t have read access?)');
  return kept;
};
for (const sheet of scenario.sheets ?? []) world.sheets.push(sheet);

const services = {
  console: { log: text => world.log.push(text), warn: text => world.log.push(`warning: ${text}`) },
  LockService: { getScriptLock: () => ({ waitLock: () => {}, releaseLock: () => {} }) },
  PropertiesService: {
    getScriptProperties: () => ({
      getProperty: name => world.properties[name] ?? null,
      setProperty: (name, value) => { world.properties[name] = String(value); },
    }),
  },
  FormApp: {
    DestinationType: { SPREADSHEET: 'SPREADSHEET' },
    create: title => formOf(made(world.forms, { id: `form${world.forms.length + 1}`, documentTitle: title, items: [], isAcceptingResponses: scenario.legacy })),
    openById: id => formOf(existing(world.forms, id)),
  },
  SpreadsheetApp: {
    create: name => sheetOf(made(world.sheets, { id: `sheet${world.sheets.length + 1}`, name, tabs: ['Sheet1'], editors: ['owner@district.example'] })),
    openById: id => sheetOf(existing(world.sheets, id)),
    openByUrl: url => sheetOf(existing(world.sheets, /\/d\/([^/]+)/.exec(url)[1])),
  },
  ScriptApp: {
    getProjectTriggers: () => world.triggers.map(trigger => ({ getHandlerFunction: () => trigger.handler, getTriggerSourceId: () => trigger.sheet })),
    newTrigger: handler => ({ forSpreadsheet: sheet => ({ onFormSubmit: () => ({ create: () => { world.triggers.push({ handler, sheet: sheet.getId(), on: 'form submit' }); } }) }) }),
  },
  UrlFetchApp: {
    fetch: (url, options) => {
      world.requests.push({ url, ...options });
      if (scenario.nudgeStatus >= 300 && !options.muteHttpExceptions) throw new Error(`Request failed for ${url} returned code ${scenario.nudgeStatus}`);
      return { getResponseCode: () => scenario.nudgeStatus };
    },
  },
};

let source = readFileSync(path, 'utf8');
for (const [name, value] of Object.entries(scenario.constants)) {
  const line = new RegExp(`^const ${name} = '.*';$`, 'm');
  if (!line.test(source)) throw new Error(`The script has no line for ${name}.`);
  source = source.replace(line, () => `const ${name} = ${JSON.stringify(value)};`);
}
for (const run of scenario.runs) {
  try {
    runInContext(`${source}\n;${run}();`, createContext({ ...services }));
  } catch (error) {
    world.errors.push(error.message);
  }
  scenario.failAt = undefined;
}
process.stdout.write(JSON.stringify(world));
