// Google's own client against the emulator: node sheets-fidelity.mjs BASE_ADDRESS CREDENTIALS_FILE
// Prints a line per check and ends with their number; any failure ends it with exit code 1.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { google } from 'googleapis';

const [base, credentialsFile] = process.argv.slice(2);
const credentials = JSON.parse(await readFile(credentialsFile, 'utf8'));

// The client has Google's token address built in; it is turned to the credentials' own on the way out.
function authorize(given, scopes = ['https://www.googleapis.com/auth/spreadsheets']) {
  const auth = new google.auth.JWT({ email: given.client_email, key: given.private_key, keyId: given.private_key_id, scopes });
  auth.transporter.interceptors.request.add({
    resolved: async config => {
      if (String(config.url).startsWith('https://oauth2.googleapis.com/token')) config.url = new URL(given.token_uri);
      return config;
    },
  });
  return auth;
}

const sheets = google.sheets({ version: 'v4', auth: authorize(credentials), rootUrl: base, retry: false });
const { spreadsheets } = sheets;
let done = 0;

async function check(name, body) {
  try {
    await body();
  } catch (error) {
    console.error(`FAILED ${name}\n${error.stack}`);
    process.exit(1);
  }
  done++;
  console.log(`ok ${name}`);
}

async function refused(promise, code, status, message) {
  const error = await promise.then(() => assert.fail('should have been refused'), e => e);
  assert.ok(error.response, error.stack);
  const body = error.response.data.error;
  assert.equal(error.response.status, code, JSON.stringify(body));
  assert.equal(body.code, code);
  assert.equal(body.status, status);
  if (message instanceof RegExp) assert.match(body.message, message);
  else if (message) assert.equal(body.message, message);
  return body;
}

let id, tab;
const values = spreadsheets.values;
const get = (range, more = {}) => values.get({ spreadsheetId: id, range, ...more }).then(r => r.data);
const put = (range, rows, option = 'RAW', more = {}) =>
  values.update({ spreadsheetId: id, range, valueInputOption: option, requestBody: { values: rows }, ...more }).then(r => r.data);
const batch = (...requests) => spreadsheets.batchUpdate({ spreadsheetId: id, requestBody: { requests } }).then(r => r.data);
const meta = (fields, more = {}) => spreadsheets.get({ spreadsheetId: id, fields, ...more }).then(r => r.data);

await check('create answers properties, default grid and address', async () => {
  const { data } = await spreadsheets.create({
    requestBody: { properties: { title: 'Fidelity', locale: 'en_US', timeZone: 'America/Chicago' }, sheets: [{ properties: { title: 'First' } }, { properties: { title: "It's two", gridProperties: { rowCount: 50, columnCount: 8, frozenRowCount: 1 } } }] },
  });
  id = data.spreadsheetId;
  tab = data.sheets[0].properties.sheetId;
  assert.match(id, /^[\w-]{30,}$/);
  assert.equal(data.properties.timeZone, 'America/Chicago');
  assert.deepEqual(data.sheets[0].properties, { sheetId: 0, title: 'First', index: 0, sheetType: 'GRID', gridProperties: { rowCount: 1000, columnCount: 26 } });
  assert.deepEqual(data.sheets[1].properties.gridProperties, { rowCount: 50, columnCount: 8, frozenRowCount: 1 });
  assert.match(data.spreadsheetUrl, new RegExp(id));
});

await check('update writes and says what it wrote', async () => {
  assert.deepEqual(await put('First!A1:C2', [['a', 1, true], ['b', 2.5, false]]), {
    spreadsheetId: id, updatedRange: 'First!A1:C2', updatedRows: 2, updatedColumns: 3, updatedCells: 6,
  });
});

await check('get trims trailing blanks, keeps inner ones and echoes the range', async () => {
  await put('First!A4', [['', '', 'x', '']]);
  assert.deepEqual(await get('First!A1:E10'), {
    range: 'First!A1:E10', majorDimension: 'ROWS', values: [['a', '1', 'TRUE'], ['b', '2.5', 'FALSE'], [], ['', '', 'x']],
  });
});

await check('an empty range has no values at all', async () => {
  assert.deepEqual(await get('First!H1:J5'), { range: 'First!H1:J5', majorDimension: 'ROWS' });
});

await check('A1 ranges in all their forms', async () => {
  const forms = {
    'First': 'First!A1:Z1000', 'first!a1:b2': 'First!A1:B2', 'A1': 'First!A1', 'First!A:A': 'First!A1:A1000', 'First!A:C': 'First!A1:C1000', 'First!2:2': 'First!A2:Z2',
    'First!A2:A': 'First!A2:A1000', 'First!B2:3': 'First!B2:Z3', '$A$1:$B$2': 'First!A1:B2', 'First!B2:A1': 'First!A1:B2', 'R1C1:R2C2': 'First!A1:B2', 'First!R2C3': 'First!C2',
    "'It''s two'!A1:B1": "'It''s two'!A1:B1", "'it''s two'": "'It''s two'!A1:H50", "It's two!A1": "'It''s two'!A1", 'First!A1:ZZ2000': 'First!A1:Z1000',
  };
  for (const [asked, echoed] of Object.entries(forms)) assert.equal((await get(asked)).range, echoed, asked);
});

await check('columns as major dimension', async () => {
  assert.deepEqual((await get('First!A1:C2', { majorDimension: 'COLUMNS' })).values, [['a', 'b'], ['1', '2.5'], ['TRUE', 'FALSE']]);
  await values.update({ spreadsheetId: id, range: 'First!G1', valueInputOption: 'RAW', requestBody: { majorDimension: 'COLUMNS', values: [['g1', 'g2'], ['h1']] } });
  assert.deepEqual((await get('First!G1:H2')).values, [['g1', 'h1'], ['g2']]);
});

await check('unparsable, unknown and outside ranges are refused in words', async () => {
  await refused(get('Nowhere!A1'), 400, 'INVALID_ARGUMENT', 'Unable to parse range: Nowhere!A1');
  await refused(get('First!A0'), 400, 'INVALID_ARGUMENT', 'Unable to parse range: First!A0');
  await refused(get('First!A1:B2:C3'), 400, 'INVALID_ARGUMENT', /^Unable to parse range/);
  await refused(get('First!A1001'), 400, 'INVALID_ARGUMENT', 'Range (First!A1001) exceeds grid limits. Max rows: 1000, max columns: 26');
  await refused(put('First!A1000', [['x'], ['y']]), 400, 'INVALID_ARGUMENT', /exceeds grid limits\. Max rows: 1000, max columns: 26/);
  await refused(put('First!A1:A1', [['x']]).then(() => put('First!A1:B1', [['x'], ['y']])), 400, 'INVALID_ARGUMENT', 'Requested writing within range [First!A1:B1], but tried writing to row [2]');
  await refused(put('First!A1:B1', [['x', 'y', 'z']]), 400, 'INVALID_ARGUMENT', 'Requested writing within range [First!A1:B1], but tried writing to column [C]');
});

await check('an unknown spreadsheet is 404', async () => {
  await refused(values.get({ spreadsheetId: 'nope', range: 'A1' }), 404, 'NOT_FOUND', 'Requested entity was not found.');
});

await check('RAW is never parsed, USER_ENTERED is', async () => {
  const typed = ['=HYPERLINK("https://example.org","here")', '12', '1,234.50', '45%', '$9.90', '7/4/2026', 'TRUE', "'007", '2026-07-04 13:45:30', '=SUM(A1:B2)', '+1 555 0100', 'plain'];
  await put('First!A20', [typed]);
  assert.deepEqual((await get('First!A20:Z20', { valueRenderOption: 'FORMULA' })).values, [typed]);
  await put('First!A21', [typed], 'USER_ENTERED');
  const unformatted = (await get('First!A21:Z21', { valueRenderOption: 'UNFORMATTED_VALUE' })).values[0];
  assert.deepEqual(unformatted, ['here', 12, 1234.5, 0.45, 9.9, 46207, true, '007', 46207 + (13 * 3600 + 45 * 60 + 30) / 86400, 3.5, '#ERROR!', 'plain']);
  const formulas = (await get('First!A21:Z21', { valueRenderOption: 'FORMULA' })).values[0];
  assert.equal(formulas[0], typed[0]);
  assert.equal(formulas[9], '=SUM(A1:B2)');
  const formatted = (await get('First!A21:Z21')).values[0];
  assert.deepEqual(formatted.slice(0, 9), ['here', '12', '1,234.50', '45%', '$9.90', '7/4/2026', 'TRUE', '007', '2026-07-04 13:45:30']);
});

await check('dates: serial numbers or formatted texts', async () => {
  const dates = more => get('First!F21', { valueRenderOption: 'UNFORMATTED_VALUE', ...more }).then(d => d.values[0][0]);
  assert.equal(await dates({}), 46207);
  assert.equal(await dates({ dateTimeRenderOption: 'SERIAL_NUMBER' }), 46207);
  assert.equal(await dates({ dateTimeRenderOption: 'FORMATTED_STRING' }), '7/4/2026');
});

await check('null leaves a cell alone and an empty text clears it', async () => {
  await put('First!A25', [['keep', 'clear', 'change']]);
  await put('First!A25', [[null, '', 'changed']]);
  assert.deepEqual((await get('First!A25:C25')).values, [['keep', '', 'changed']]);
});

await check('includeValuesInResponse', async () => {
  const answer = await put('First!A26', [['7/4/2026']], 'USER_ENTERED', { includeValuesInResponse: true, responseValueRenderOption: 'UNFORMATTED_VALUE' });
  assert.deepEqual(answer.updatedData, { range: 'First!A26', majorDimension: 'ROWS', values: [[46207]] });
});

await check('batchGet', async () => {
  const { data } = await values.batchGet({ spreadsheetId: id, ranges: ['First!A2:B2', "'It''s two'!A1"] });
  assert.deepEqual(data, { spreadsheetId: id, valueRanges: [{ range: 'First!A2:B2', majorDimension: 'ROWS', values: [['b', '2.5']] }, { range: "'It''s two'!A1", majorDimension: 'ROWS' }] });
});

await check('batchGet with hundreds of ranges', async () => {
  const ranges = Array.from({ length: 300 }, (_, i) => `First!A${i + 1}:C${i + 1}`);
  assert.equal((await values.batchGet({ spreadsheetId: id, ranges })).data.valueRanges.length, 300);
});

await check('batchGetByDataFilter by A1 and by grid range', async () => {
  const gridRange = { sheetId: tab, startRowIndex: 1, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
  const { data } = await values.batchGetByDataFilter({ spreadsheetId: id, requestBody: { dataFilters: [{ a1Range: 'First!A2' }, { gridRange }], valueRenderOption: 'UNFORMATTED_VALUE' } });
  assert.deepEqual(data.valueRanges[0].valueRange.values, [['b']]);
  assert.deepEqual(data.valueRanges[1], { valueRange: { range: 'First!A2:B2', majorDimension: 'ROWS', values: [['b', 2.5]] }, dataFilters: [{ gridRange }] });
});

await check('batchUpdate of values counts distinct rows and columns, all or nothing', async () => {
  const data = [{ range: 'First!A30', values: [['p', 'q']] }, { range: 'First!B30:B31', values: [['r'], ['s']] }, { range: "'It''s two'!A1", values: [['t']] }];
  const { data: answer } = await values.batchUpdate({ spreadsheetId: id, requestBody: { valueInputOption: 'RAW', data } });
  assert.deepEqual([answer.totalUpdatedRows, answer.totalUpdatedColumns, answer.totalUpdatedCells, answer.totalUpdatedSheets], [3, 3, 5, 2]);
  assert.equal(answer.responses[1].updatedRange, 'First!B30:B31');
  const broken = [{ range: 'First!A30', values: [['overwritten']] }, { range: 'Nowhere!A1', values: [['x']] }];
  await refused(values.batchUpdate({ spreadsheetId: id, requestBody: { valueInputOption: 'RAW', data: broken } }), 400, 'INVALID_ARGUMENT', 'Invalid data[1]: Unable to parse range: Nowhere!A1');
  assert.deepEqual((await get('First!A30:B31')).values, [['p', 'r'], ['', 's']]);
});

await check('batchUpdateByDataFilter', async () => {
  const gridRange = { sheetId: tab, startRowIndex: 34, endRowIndex: 35, startColumnIndex: 0, endColumnIndex: 2 };
  const { data } = await values.batchUpdateByDataFilter({ spreadsheetId: id, requestBody: { valueInputOption: 'RAW', data: [{ dataFilter: { gridRange }, majorDimension: 'ROWS', values: [['u', 'v']] }] } });
  assert.equal(data.totalUpdatedCells, 2);
  assert.deepEqual(data.responses[0].dataFilter, { gridRange });
  assert.deepEqual((await get('First!A35:B35')).values, [['u', 'v']]);
});

await check('developer metadata stays with its column, and finds it', async () => {
  const { data: made } = await spreadsheets.create({ requestBody: { properties: { title: 'Tags' } } });
  const [book, sheetId] = [made.spreadsheetId, made.sheets[0].properties.sheetId];
  const change = (...requests) => spreadsheets.batchUpdate({ spreadsheetId: book, requestBody: { requests } }).then(r => r.data);
  const column = (startIndex, endIndex = startIndex + 1) => ({ sheetId, dimension: 'COLUMNS', startIndex, endIndex });
  const tag = (metadataId, at) => ({ createDeveloperMetadata: { developerMetadata: { metadataId, metadataKey: 'k', metadataValue: 'v', visibility: 'DOCUMENT', location: { dimensionRange: at } } } });
  const write = (metadataId, lines) => values.batchUpdateByDataFilter({ spreadsheetId: book, requestBody: { valueInputOption: 'RAW', data: [{ dataFilter: { developerMetadataLookup: { metadataId } }, majorDimension: 'COLUMNS', values: [lines] }] } }).then(r => r.data);
  const { replies } = await change(tag(7, column(2)));
  assert.deepEqual(replies[0].createDeveloperMetadata.developerMetadata, { metadataId: 7, metadataKey: 'k', metadataValue: 'v', location: { locationType: 'COLUMN', dimensionRange: column(2) }, visibility: 'DOCUMENT' });
  await values.update({ spreadsheetId: book, range: 'C2', valueInputOption: 'RAW', requestBody: { values: [['stays']] } });
  await change({ moveDimension: { source: column(2), destinationIndex: 0 } }, { insertDimension: { range: column(0, 3) } });
  const written = await write(7, [null, null, 'there']);
  assert.deepEqual([written.totalUpdatedColumns, written.responses[0].dataFilter], [1, { developerMetadataLookup: { metadataId: 7 } }]);
  assert.deepEqual((await values.get({ spreadsheetId: book, range: 'D1:D3' })).data.values, [[], ['stays'], ['there']]);
  const { data: seen } = await spreadsheets.get({ spreadsheetId: book, ranges: ['1:1'], fields: 'sheets.data.columnMetadata.developerMetadata(metadataId,metadataKey)' });
  assert.deepEqual(seen.sheets[0].data[0].columnMetadata[3], { developerMetadata: [{ metadataId: 7, metadataKey: 'k' }] });
  await refused(change(tag(7, column(5))), 400, 'INVALID_ARGUMENT', /ID 7 already exists/);
  await refused(change(tag(8, column(5, 7))), 400, 'INVALID_ARGUMENT', /exactly one row or column/);
  await refused(write(7, new Array(1001).fill('too many')), 400, 'INVALID_ARGUMENT', /tried writing to row \[1001\]/);
  await change({ deleteDimension: { range: column(3) } });
  assert.equal((await write(7, ['nowhere'])).totalUpdatedColumns, undefined);
});

await check('append finds the table that the documentation describes', async () => {
  const added = await batch({ addSheet: { properties: { title: 'Tables' } } });
  assert.equal(added.replies[0].addSheet.properties.title, 'Tables');
  await put('Tables!A1', [['x', 'y', 'z'], ['x', 'y', 'z']]);
  await put('Tables!B4', [['x', 'y', ''], ['', 'y', 'z'], ['', 'y', 'z']]);
  const append = (range, more = {}) => values.append({ spreadsheetId: id, range, valueInputOption: 'RAW', requestBody: { values: [['new', 'row']] }, ...more }).then(r => r.data);
  const first = await append('Tables');
  assert.equal(first.tableRange, 'Tables!B4:D6');
  assert.deepEqual(first.updates, { spreadsheetId: id, updatedRange: 'Tables!B7:C7', updatedRows: 1, updatedColumns: 2, updatedCells: 2 });
  assert.equal((await append('Tables!C5:D5')).updates.updatedRange, 'Tables!B8:C8');
  assert.equal((await append('Tables!A1')).updates.updatedRange, 'Tables!A3:B3');
});

await check('append outside of any table, and with inserted rows', async () => {
  const append = (range, more) => values.append({ spreadsheetId: id, range, valueInputOption: 'USER_ENTERED', requestBody: { values: [['1'], ['2']] }, ...more }).then(r => r.data);
  const outside = await append('Tables!H4', {});
  assert.equal(outside.tableRange, undefined);
  assert.equal(outside.updates.updatedRange, 'Tables!H4:H5');
  await put('Tables!H7', [['below']]);
  assert.equal((await append('Tables!H4', { insertDataOption: 'INSERT_ROWS' })).updates.updatedRange, 'Tables!H6:H7');
  assert.deepEqual((await get('Tables!H4:H9')).values, [['1'], ['2'], ['1'], ['2'], [], ['below']]);
});

await check('append grows the grid', async () => {
  await put("'It''s two'!A50", [['last']]);
  const { data } = await values.append({ spreadsheetId: id, range: "'It''s two'!A50", valueInputOption: 'RAW', requestBody: { values: [['more']] } });
  assert.equal(data.updates.updatedRange, "'It''s two'!A51");
  assert.equal((await meta('sheets.properties.gridProperties.rowCount')).sheets[1].properties.gridProperties.rowCount, 51);
});

await check('clear and batchClear keep formats', async () => {
  await put('First!A40', [['7/4/2026', '2']], 'USER_ENTERED');
  const { data } = await values.clear({ spreadsheetId: id, range: 'First!A40:B40' });
  assert.deepEqual(data, { spreadsheetId: id, clearedRange: 'First!A40:B40' });
  await put('First!A40', [[46207]]);
  assert.deepEqual((await get('First!A40:B40')).values, [['7/4/2026']]);
  const many = await values.batchClear({ spreadsheetId: id, requestBody: { ranges: ['First!A40', 'First!A41:A42'] } });
  assert.deepEqual(many.data.clearedRanges, ['First!A40', 'First!A41:A42']);
  assert.equal((await get('First!A40:B42')).values, undefined);
});

await check('fields masks: nested, by slash, by dot, star', async () => {
  assert.deepEqual(await meta('spreadsheetId,properties(title,timeZone)'), { spreadsheetId: id, properties: { title: 'Fidelity', timeZone: 'America/Chicago' } });
  assert.deepEqual((await meta('sheets/properties/title')).sheets[0], { properties: { title: 'First' } });
  assert.deepEqual((await meta('sheets.properties(sheetId,gridProperties.rowCount)')).sheets[0], { properties: { sheetId: 0, gridProperties: { rowCount: 1000 } } });
  assert.ok((await meta('*')).sheets[0].properties);
  assert.deepEqual(await get('First!A1:B2', { fields: 'values' }), { values: [['x', '1'], ['b', '2.5']] });
  await refused(meta('sheets.nothing'), 400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.');
});

await check('grid data with formats, links and metadata, only as far as asked', async () => {
  await batch({ repeatCell: { range: { sheetId: tab, startRowIndex: 0, endRowIndex: 1 }, cell: { userEnteredFormat: { textFormat: { bold: true }, backgroundColor: { red: 1, green: 0.5 } } }, fields: 'userEnteredFormat(textFormat.bold,backgroundColor)' } });
  const data = await meta('sheets.data(startRow,rowData.values(formattedValue,effectiveValue,userEnteredFormat,hyperlink),columnMetadata.pixelSize)', { ranges: ['First!A1:B1', 'First!A21'] });
  const [head, link] = data.sheets[0].data;
  assert.deepEqual(head.columnMetadata, [{ pixelSize: 100 }, { pixelSize: 100 }]);
  assert.equal(head.rowData[0].values[0].formattedValue, 'x');
  assert.equal(head.rowData[0].values[0].userEnteredFormat.textFormat.bold, true);
  assert.deepEqual(head.rowData[0].values[1].effectiveValue, { numberValue: 1 });
  assert.equal(link.startRow, 20);
  assert.equal(link.rowData[0].values[0].hyperlink, 'https://example.org');
  assert.equal((await spreadsheets.get({ spreadsheetId: id })).data.sheets[0].data, undefined);
  assert.ok((await spreadsheets.get({ spreadsheetId: id, includeGridData: true, ranges: ['First!A1'] })).data.sheets[0].data[0].rowData);
});

await check('getByDataFilter', async () => {
  const { data } = await spreadsheets.getByDataFilter({ spreadsheetId: id, fields: 'sheets(properties.title,data.rowData.values.formattedValue)', requestBody: { dataFilters: [{ a1Range: 'First!A1:B1' }], includeGridData: true } });
  assert.deepEqual(data.sheets, [{ properties: { title: 'First' }, data: [{ rowData: [{ values: [{ formattedValue: 'x' }, { formattedValue: '1' }] }] }] }]);
});

await check('a second mask leaves other parts of a format alone', async () => {
  await batch({ repeatCell: { range: { sheetId: tab, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }, cell: { userEnteredFormat: { horizontalAlignment: 'CENTER' } }, fields: 'userEnteredFormat.horizontalAlignment' } });
  const format = (await meta('sheets.data.rowData.values.userEnteredFormat', { ranges: ['First!A1'] })).sheets[0].data[0].rowData[0].values[0].userEnteredFormat;
  assert.equal(format.horizontalAlignment, 'CENTER');
  assert.equal(format.textFormat.bold, true);
  assert.deepEqual(format.backgroundColorStyle, { rgbColor: { red: 1, green: 0.5 } });
});

await check('addSheet, updateSheetProperties, deleteSheet', async () => {
  const { replies } = await batch({ addSheet: { properties: { sheetId: 77, title: 'Dashboard', index: 1, gridProperties: { rowCount: 10, columnCount: 5 }, tabColorStyle: { rgbColor: { blue: 1 } } } } });
  assert.equal(replies[0].addSheet.properties.index, 1);
  assert.deepEqual(replies[0].addSheet.properties.tabColor, { blue: 1 });
  await batch({ updateSheetProperties: { properties: { sheetId: 77, title: 'Board', gridProperties: { frozenRowCount: 2, rowCount: 20 }, index: 0 }, fields: 'title,gridProperties(frozenRowCount,rowCount),index' } });
  const first = (await meta('sheets.properties')).sheets[0].properties;
  assert.deepEqual([first.sheetId, first.title, first.index, first.gridProperties.rowCount, first.gridProperties.columnCount, first.gridProperties.frozenRowCount], [77, 'Board', 0, 20, 5, 2]);
  await refused(batch({ addSheet: { properties: { title: 'first' } } }), 400, 'INVALID_ARGUMENT', 'Invalid requests[0].addSheet: A sheet with the name "first" already exists. Please enter another name.');
  await refused(batch({ updateSheetProperties: { properties: { sheetId: 77, title: 'X' } } }), 400, 'INVALID_ARGUMENT', /At least one field must be listed in 'fields'/);
  await batch({ deleteSheet: { sheetId: 77 } });
  await refused(batch({ deleteSheet: { sheetId: 77 } }), 400, 'INVALID_ARGUMENT', 'Invalid requests[0].deleteSheet: No grid with id: 77');
});

await check('updateSpreadsheetProperties', async () => {
  const { data } = await spreadsheets.batchUpdate({ spreadsheetId: id, requestBody: { requests: [{ updateSpreadsheetProperties: { properties: { title: 'Renamed' }, fields: 'title' } }], includeSpreadsheetInResponse: true } });
  assert.equal(data.updatedSpreadsheet.properties.title, 'Renamed');
  assert.equal(data.updatedSpreadsheet.properties.timeZone, 'America/Chicago');
  await refused(batch({ updateSpreadsheetProperties: { properties: { timeZone: 'Mars/Olympus' }, fields: 'timeZone' } }), 400, 'INVALID_ARGUMENT', /time zone/);
});

let work;
const rows = () => get('Work').then(d => d.values);
await check('insert, delete, move and append dimensions carry the cells along', async () => {
  work = (await batch({ addSheet: { properties: { title: 'Work', gridProperties: { rowCount: 10, columnCount: 5 } } } })).replies[0].addSheet.properties.sheetId;
  await put('Work!A1', [['h1', 'h2'], ['c', '3'], ['a', '1'], ['b', '2']]);
  const range = (dimension, startIndex, endIndex) => ({ sheetId: work, dimension, startIndex, endIndex });
  await batch({ insertDimension: { range: range('ROWS', 1, 2), inheritFromBefore: false } }, { insertDimension: { range: range('COLUMNS', 1, 2) } });
  assert.deepEqual(await rows(), [['h1', '', 'h2'], [], ['c', '', '3'], ['a', '', '1'], ['b', '', '2']]);
  await batch({ deleteDimension: { range: range('ROWS', 1, 2) } }, { moveDimension: { source: range('COLUMNS', 2, 3), destinationIndex: 0 } });
  assert.deepEqual(await rows(), [['h2', 'h1'], ['3', 'c'], ['1', 'a'], ['2', 'b']]);
  await batch({ moveDimension: { source: range('ROWS', 1, 2), destinationIndex: 4 } }, { appendDimension: { sheetId: work, dimension: 'ROWS', length: 3 } });
  assert.deepEqual(await rows(), [['h2', 'h1'], ['1', 'a'], ['2', 'b'], ['3', 'c']]);
  assert.equal((await meta('sheets.properties')).sheets.find(s => s.properties.sheetId === work).properties.gridProperties.rowCount, 13);
  await refused(batch({ deleteDimension: { range: range('ROWS', 0, 13) } }), 400, 'INVALID_ARGUMENT', /can't delete all the rows/);
});

await check('sortRange: numbers, then text, blanks last, other columns untouched', async () => {
  await put('Work!A2', [['b', 'r1', 'stay1'], [10, 'r2', 'stay2'], ['', 'r3', 'stay3'], [9, 'r4', 'stay4'], ['A', 'r5', 'stay5']]);
  const sort = sortOrder => batch({ sortRange: { range: { sheetId: work, startRowIndex: 1, endRowIndex: 6, startColumnIndex: 0, endColumnIndex: 2 }, sortSpecs: [{ dimensionIndex: 0, sortOrder }] } });
  await sort('ASCENDING');
  assert.deepEqual((await get('Work!A2:C6')).values, [['9', 'r4', 'stay1'], ['10', 'r2', 'stay2'], ['A', 'r5', 'stay3'], ['b', 'r1', 'stay4'], ['', 'r3', 'stay5']]);
  await sort('DESCENDING');
  assert.deepEqual((await get('Work!B2:B6')).values, [['r1'], ['r5'], ['r2'], ['r4'], ['r3']]);
});

await check('updateCells and repeatCell write values of every kind', async () => {
  const cells = [{ userEnteredValue: { stringValue: '=not a formula' } }, { userEnteredValue: { numberValue: 46207 }, userEnteredFormat: { numberFormat: { type: 'DATE', pattern: 'yyyy-mm-dd' } } }, { userEnteredValue: { boolValue: true } }, { userEnteredValue: { formulaValue: '=HYPERLINK("https://example.org/x","x")' } }];
  await batch({ updateCells: { start: { sheetId: work, rowIndex: 7, columnIndex: 0 }, rows: [{ values: cells }], fields: 'userEnteredValue,userEnteredFormat.numberFormat' } });
  assert.deepEqual((await get('Work!A8:D8')).values, [['=not a formula', '2026-07-04', 'TRUE', 'x']]);
  assert.deepEqual((await get('Work!A8:D8', { valueRenderOption: 'FORMULA' })).values, [['=not a formula', 46207, true, '=HYPERLINK("https://example.org/x","x")']]);
  await batch({ updateCells: { range: { sheetId: work, startRowIndex: 7, endRowIndex: 8, startColumnIndex: 0, endColumnIndex: 4 }, fields: 'userEnteredValue' } });
  assert.equal((await get('Work!A8:D8')).values, undefined);
});

await check('a text link of a format is the cell\'s hyperlink', async () => {
  const cell = { userEnteredValue: { stringValue: 'Status page' }, userEnteredFormat: { textFormat: { link: { uri: 'https://example.org/p/1' } } } };
  await batch({ updateCells: { start: { sheetId: work, rowIndex: 8, columnIndex: 0 }, rows: [{ values: [cell] }], fields: 'userEnteredValue,userEnteredFormat.textFormat.link' } });
  assert.equal((await meta('sheets.data.rowData.values.hyperlink', { ranges: ['Work!A9'] })).sheets[0].data[0].rowData[0].values[0].hyperlink, 'https://example.org/p/1');
});

await check('a batch is all or nothing', async () => {
  const before = await rows();
  await refused(batch({ insertDimension: { range: { sheetId: work, dimension: 'ROWS', startIndex: 0, endIndex: 1 } } }, { deleteSheet: { sheetId: 999 } }), 400, 'INVALID_ARGUMENT', 'Invalid requests[1].deleteSheet: No grid with id: 999');
  assert.deepEqual(await rows(), before);
});

await check('basic filter: set, read back, hidden rows, clear', async () => {
  const range = { sheetId: work, startRowIndex: 0, endRowIndex: 6, startColumnIndex: 0, endColumnIndex: 2 };
  await batch({ setBasicFilter: { filter: { range, criteria: { 0: { hiddenValues: ['9'] } } } } });
  const sheet = (await meta('sheets(basicFilter,properties.title,data.rowMetadata.hiddenByFilter)', { ranges: ['Work!A1:A6'] })).sheets[0];
  assert.deepEqual(sheet.basicFilter.range, range);
  assert.deepEqual(sheet.basicFilter.criteria, { 0: { hiddenValues: ['9'] } });
  assert.equal(sheet.data[0].rowMetadata.filter(r => r.hiddenByFilter).length, 1);
  await batch({ clearBasicFilter: { sheetId: work } });
  assert.equal((await meta('sheets(basicFilter,properties.title)', { ranges: ['Work'] })).sheets[0].basicFilter, undefined);
});

await check('conditional formats: add, update, move, delete', async () => {
  const rule = text => ({ ranges: [{ sheetId: work, startRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }], booleanRule: { condition: { type: 'TEXT_EQ', values: [{ userEnteredValue: text }] }, format: { backgroundColor: { green: 1 } } } });
  await batch({ addConditionalFormatRule: { rule: rule('Approved'), index: 0 } }, { addConditionalFormatRule: { rule: rule('Denied'), index: 1 } });
  const { replies } = await batch({ updateConditionalFormatRule: { sheetId: work, index: 1, newIndex: 0 } });
  assert.deepEqual([replies[0].updateConditionalFormatRule.oldIndex, replies[0].updateConditionalFormatRule.newIndex], [1, 0]);
  const read = async () => (await meta('sheets(conditionalFormats,properties.title)', { ranges: ['Work'] })).sheets[0].conditionalFormats?.map(r => r.booleanRule.condition.values[0].userEnteredValue);
  assert.deepEqual(await read(), ['Denied', 'Approved']);
  const deleted = await batch({ deleteConditionalFormatRule: { sheetId: work, index: 0 } });
  assert.equal(deleted.replies[0].deleteConditionalFormatRule.rule.booleanRule.condition.type, 'TEXT_EQ');
  assert.deepEqual(await read(), ['Approved']);
  await put('Work!A2', [['approved']]);
  const format = (await meta('sheets.data.rowData.values.effectiveFormat.backgroundColor', { ranges: ['Work!A2'] })).sheets[0].data[0].rowData[0].values[0].effectiveFormat;
  assert.deepEqual(format.backgroundColor, { green: 1 });
  await refused(batch({ deleteConditionalFormatRule: { sheetId: work, index: 5 } }), 400, 'INVALID_ARGUMENT', `Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: ${work} at index: 5`);
});

await check('protected ranges with a warning', async () => {
  const { replies } = await batch({ addProtectedRange: { protectedRange: { range: { sheetId: work }, description: 'FormsFlow writes here', warningOnly: true } } });
  const made = replies[0].addProtectedRange.protectedRange;
  assert.ok(made.protectedRangeId > 0);
  await batch({ updateProtectedRange: { protectedRange: { protectedRangeId: made.protectedRangeId, description: 'Changed' }, fields: 'description' } });
  const read = async () => (await meta('sheets(protectedRanges,properties.title)', { ranges: ['Work'] })).sheets[0].protectedRanges;
  assert.deepEqual(await read(), [{ protectedRangeId: made.protectedRangeId, range: { sheetId: work }, description: 'Changed', warningOnly: true, requestingUserCanEdit: true }]);
  await batch({ deleteProtectedRange: { protectedRangeId: made.protectedRangeId } });
  assert.equal(await read(), undefined);
});

await check('ranges of filters and rules move with inserted rows', async () => {
  await batch({ setBasicFilter: { filter: { range: { sheetId: work, startRowIndex: 0, endRowIndex: 6, startColumnIndex: 0, endColumnIndex: 2 } } } }, { insertDimension: { range: { sheetId: work, dimension: 'ROWS', startIndex: 3, endIndex: 5 } } });
  const sheet = (await meta('sheets(basicFilter,conditionalFormats.ranges)', { ranges: ['Work'] })).sheets[0];
  assert.equal(sheet.basicFilter.range.endRowIndex, 8);
  assert.equal(sheet.conditionalFormats[0].ranges[0].startRowIndex, 1);
});

await check('column widths, hidden columns, automatic widths, merges, validation, borders, banding', async () => {
  const range = { sheetId: work, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
  const { replies } = await batch(
    { updateDimensionProperties: { range: { sheetId: work, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 }, properties: { pixelSize: 321 }, fields: 'pixelSize' } },
    { updateDimensionProperties: { range: { sheetId: work, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 }, properties: { hiddenByUser: true }, fields: 'hiddenByUser' } },
    { autoResizeDimensions: { dimensions: { sheetId: work, dimension: 'COLUMNS', startIndex: 2, endIndex: 3 } } },
    { mergeCells: { range, mergeType: 'MERGE_ALL' } }, { unmergeCells: { range } }, { mergeCells: { range, mergeType: 'MERGE_ROWS' } },
    { setDataValidation: { range, rule: { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'Yes' }] }, strict: true } } },
    { updateBorders: { range, bottom: { style: 'SOLID', color: { red: 1 } } } },
    { addBanding: { bandedRange: { range: { sheetId: work, startRowIndex: 0, endRowIndex: 9, startColumnIndex: 0, endColumnIndex: 3 }, rowProperties: { headerColor: { red: 0.5 }, firstBandColor: { red: 1 }, secondBandColor: { blue: 1 } } } } },
  );
  assert.equal(replies.length, 9);
  assert.ok(replies[8].addBanding.bandedRange.bandedRangeId);
  const sheet = (await meta('sheets(merges,bandedRanges,data(columnMetadata,rowData.values(dataValidation,userEnteredFormat.borders)))', { ranges: ['Work!A1:C2'] })).sheets[0];
  assert.deepEqual(sheet.data[0].columnMetadata.slice(0, 2), [{ pixelSize: 321 }, { pixelSize: 100, hiddenByUser: true }]);
  assert.equal(sheet.merges.length, 2);
  assert.equal(sheet.data[0].rowData[0].values[0].dataValidation.condition.type, 'ONE_OF_LIST');
  assert.equal(sheet.data[0].rowData[1].values[0].userEnteredFormat.borders.bottom.style, 'SOLID');
});

await check('findReplace counts what it changed', async () => {
  await put("'It''s two'!B1", [['red car'], ['red, red'], ['blue']]);
  const { replies } = await batch({ findReplace: { find: 'RED', replacement: 'green', range: { sheetId: (await meta('sheets.properties')).sheets[1].properties.sheetId, startColumnIndex: 1, endColumnIndex: 2 } } });
  assert.deepEqual(replies[0].findReplace, { valuesChanged: 2, rowsChanged: 2, sheetsChanged: 1, occurrencesChanged: 3 });
  assert.deepEqual((await get("'It''s two'!B1:B3")).values, [['green car'], ['green, green'], ['blue']]);
});

await check('requests that Google\'s front end would not take', async () => {
  await refused(batch({ frobnicate: {} }), 400, 'INVALID_ARGUMENT', `Invalid JSON payload received. Unknown name "frobnicate" at 'requests[0]': Cannot find field.`);
  await refused(batch({ repeatCell: { range: { sheetId: work, startRowIndex: 'one' }, cell: {}, fields: '*' } }), 400, 'INVALID_ARGUMENT', `Invalid value at 'requests[0].repeat_cell.range.start_row_index' (TYPE_INT32), "one"`);
  await refused(batch({ sortRange: { range: { sheetId: work }, sortSpecs: [{ sortOrder: 'SIDEWAYS' }] } }), 400, 'INVALID_ARGUMENT', /^Invalid value at 'requests\[0\]\.sort_range\.sort_specs\[0\]\.sort_order' \(type\.googleapis\.com\/google\.apps\.sheets\.v4\.SortOrder\), "SIDEWAYS"/);
  await refused(batch(), 400, 'INVALID_ARGUMENT', 'Must specify at least one request.');
  await refused(batch({}), 400, 'INVALID_ARGUMENT', /No request set/);
  await refused(values.update({ spreadsheetId: id, range: 'First!A1', requestBody: { values: [['x']] } }), 400, 'INVALID_ARGUMENT', "'valueInputOption' is required but not specified");
  await refused(get('First!A1', { valueRenderOption: 'PRETTY' }), 400, 'INVALID_ARGUMENT', /^Invalid value at 'value_render_option' .*"PRETTY"/);
  const body = await refused(put('First!A1', 'text'), 400, 'INVALID_ARGUMENT', /^Invalid value at 'data\.values'/);
  assert.equal(body.details[0]['@type'], 'type.googleapis.com/google.rpc.BadRequest');
});

await check('limits: 50,000 characters in a cell, ten million cells', async () => {
  await put('First!A50', [['x'.repeat(50000)]]);
  assert.equal((await get('First!A50')).values[0][0].length, 50000);
  await refused(put('First!A50', [['x'.repeat(50001)]]), 400, 'INVALID_ARGUMENT', /more than the maximum of 50000 characters in a single cell/);
  await refused(batch({ appendDimension: { sheetId: work, dimension: 'ROWS', length: 10_000_000 } }), 400, 'INVALID_ARGUMENT', /above the limit of 10000000 cells/);
});

await check('all alphabets, emoji, line breaks and markup survive', async () => {
  const texts = ['Ünïcode ß', 'עברית שלום', '漢字かな', '👩‍🏫🏫', 'two\nlines', '<b>"&amp;\'</b>', '\u2028', '  blanks  '];
  await put('First!A60', [texts]);
  assert.deepEqual((await get('First!A60:H60')).values, [texts]);
});

await check('a tab whose name needs escaping in the address', async () => {
  await batch({ addSheet: { properties: { title: 'a/b:c? d%#!e' } } });
  await put("'a/b:c? d%#!e'!A1", [['slash']]);
  const read = await get("'a/b:c? d%#!e'!A1:B1");
  assert.deepEqual([read.range, read.values], ["'a/b:c? d%#!e'!A1:B1", [['slash']]]);
});

await check('answers are gzipped for those who ask', async () => {
  const token = (await sheets.context._options.auth.getAccessToken()).token;
  const answer = await fetch(`${base}v4/spreadsheets/${id}`, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } });
  assert.equal(answer.headers.get('content-encoding'), 'gzip');
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.equal((await answer.json()).spreadsheetId, id);
});

await check('formulas are calculated, follow their cells, and end in the errors that Sheets shows', async () => {
  await batch({ addSheet: { properties: { title: "Sum's" } } });
  await put("'Sum''s'!A1", [[2, '3', 'x', true], ['7/4/2026']], 'USER_ENTERED');
  const typed = ['=1+1', '=2*(3+4)-10/4', '=A1', "='Sum''s'!A1", '=$A$1&"-"&C1', '=SUM(A1:D1,10)', '=COUNTA(A1:D2)', '=CONCATENATE(A1," of ",B1)', '=A2+1', '=A1>B1', '=1/0', '=C1+1', '=ZZZ9999', '=NOSUCH(1)', '=(1', '=50%', '=HYPERLINK("https://example.org",C1)'];
  const answer = await put("'Sum''s'!A5", [typed], 'USER_ENTERED', { includeValuesInResponse: true, responseValueRenderOption: 'UNFORMATTED_VALUE' });
  const expected = [2, 11.5, 2, 2, '2-x', 15, 5, '2 of 3', 46208, false, '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#ERROR!', 0.5, 'x'];
  assert.deepEqual(answer.updatedData.values[0], expected);
  assert.equal((await get("'Sum''s'!I5")).values[0][0], '7/5/2026');
  await put("'Sum''s'!A1", [[5, 3, 'y']]);
  const after = (await get("'Sum''s'!A5:H5", { valueRenderOption: 'UNFORMATTED_VALUE' })).values[0];
  assert.deepEqual(after, [2, 11.5, 5, 5, '5-y', 18, 5, '5 of 3']);
  await put("'Sum''s'!A7", [['=B7', '=A7']], 'USER_ENTERED');
  assert.deepEqual((await get("'Sum''s'!A7:B7")).values, [['#REF!', '#REF!']]);
  await put("'Sum''s'!A8", [['=TODAY()', '=NOW()-TODAY()']], 'USER_ENTERED');
  const [today, time] = (await get("'Sum''s'!A8:B8", { valueRenderOption: 'UNFORMATTED_VALUE' })).values[0];
  assert.ok(Number.isInteger(today) && today > 46000 && time >= 0 && time < 1, `${today} ${time}`);
  assert.match((await get("'Sum''s'!A8")).values[0][0], /^\d{1,2}\/\d{1,2}\/\d{4}$/);
});

await check('more hours than a day has are a duration', async () => {
  await put('First!A60', [['24:30', '18:00']], 'USER_ENTERED');
  assert.deepEqual((await get('First!A60:B60', { valueRenderOption: 'UNFORMATTED_VALUE' })).values, [[24.5 / 24, 0.75]]);
  assert.deepEqual((await get('First!A60:B60')).values, [['24:30:00', '18:00']]);
});

await check('a quota that is used up answers 429, and the client waits and tries again', async () => {
  const quotas = limits => fetch(`${base}emulator/quotas`, limits ? { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(limits) } : { method: 'DELETE' });
  const plenty = { readsPerProject: 300, writesPerProject: 300, readsPerUser: 60, writesPerUser: 60 };
  try {
    await quotas({ ...plenty, readsPerUser: 0 });
    const body = await refused(get('First!A1'), 429, 'RESOURCE_EXHAUSTED', /Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'/);
    assert.equal(body.details[0].reason, 'RATE_LIMIT_EXCEEDED');
    assert.equal((await put('First!A61', [['written']])).updatedCells, 1);
    let retries = 0;
    const retryConfig = { retry: 3, retryDelay: 1, onRetryAttempt: async () => { if (++retries === 2) await quotas(); } };
    const { data } = await values.get({ spreadsheetId: id, range: 'First!A61' }, { retry: true, retryConfig });
    assert.deepEqual(data.values, [['written']]);
    assert.equal(retries, 2);
  } finally {
    await quotas();
  }
});

await check('a gzipped request is read, and one that only says so is refused', async () => {
  const { gzipSync } = await import('node:zlib');
  const token = (await sheets.context._options.auth.getAccessToken()).token;
  const send = body => fetch(`${base}v4/spreadsheets/${id}/values/First!A62?valueInputOption=RAW`, {
    method: 'PUT', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
  });
  const sent = await send(gzipSync(JSON.stringify({ values: [['zipped']] })));
  assert.equal(sent.status, 200, await sent.text());
  assert.deepEqual((await get('First!A62')).values, [['zipped']]);
  assert.equal((await send('{"values":[["plain"]]}')).status, 400);
  // Google's client sends a body that somebody has zipped as it is.
  await spreadsheets.values.update({ spreadsheetId: id, range: 'First!A63', valueInputOption: 'RAW', requestBody: { values: [['client']] } }, { adapter: async (config, request) => {
    config.headers.set ? config.headers.set('content-encoding', 'gzip') : (config.headers['content-encoding'] = 'gzip');
    config.body = gzipSync(config.body ?? JSON.stringify(config.data));
    return request(config);
  } });
  assert.deepEqual((await get('First!A63')).values, [['client']]);
});

await check('wrong credentials are refused as Google refuses them', async () => {
  const nobody = google.sheets({ version: 'v4', rootUrl: base });
  const missing = await refused(nobody.spreadsheets.get({ spreadsheetId: id, headers: {} }), 401, 'UNAUTHENTICATED', /missing required authentication credential/);
  assert.equal(missing.details[0].reason, 'CREDENTIALS_MISSING');
  await refused(nobody.spreadsheets.get({ spreadsheetId: id, headers: { authorization: 'Bearer nonsense' } }), 401, 'UNAUTHENTICATED', /invalid authentication credentials/);
  const other = { ...credentials, client_email: 'someone@else.example' };
  const unknown = await authorize(other).authorize().then(() => assert.fail(), e => e);
  assert.equal(unknown.response.data.error, 'invalid_grant');
  const { generateKeyPairSync } = await import('node:crypto');
  const forged = { ...credentials, private_key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  const signature = await authorize(forged).authorize().then(() => assert.fail(), e => e);
  assert.deepEqual(signature.response.data, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
});

await check('a read-only scope reads and does not write', async () => {
  const reader = google.sheets({ version: 'v4', auth: authorize(credentials, ['https://www.googleapis.com/auth/spreadsheets.readonly']), rootUrl: base });
  assert.ok((await reader.spreadsheets.values.get({ spreadsheetId: id, range: 'First!A1' })).data.range);
  await refused(reader.spreadsheets.values.clear({ spreadsheetId: id, range: 'First!A1' }), 403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.');
});

console.log(`${done} checks`);
