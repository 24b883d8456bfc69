// Everything on the page works without this. With it, cells answer to the mouse and the keyboard, and the page keeps up with the sheet.
'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const sheet = $('sheet'), grid = $('grid');
  const base = sheet.dataset.base;
  const looks = new CSSStyleSheet();
  document.adoptedStyleSheets = [looks];
  looks.replaceSync($('looks').textContent);
  $('looks').remove();

  let row, column, editor = null, busy = false, inHand = null, asked = 0;
  const act = () => $('act');
  const field = name => act().elements.namedItem(name);
  const bar = () => $('text');
  const columns = () => [...grid.querySelectorAll('.letters th')].map(th => +th.dataset.c);
  const name = index => { let text = ''; for (index++; index > 0; index = Math.floor((index - 1) / 26)) text = String.fromCharCode(65 + (index - 1) % 26) + text; return text; };
  const cellAt = (r, c) => { const at = columns().indexOf(c); return at < 0 ? null : grid.querySelector(`tr[data-r="${r}"]`)?.cells[at + 1] ?? null; };
  const open = () => document.querySelector('#layer .dialog, details[open]');

  function read() {
    const match = /^([A-Z]+)(\d+)$/.exec(field('cell').value);
    column = [...match[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    row = +match[2] - 1;
  }

  function mark() {
    for (const old of grid.querySelectorAll('.sel, th.on')) old.classList.remove('sel', 'on');
    cellAt(row, column)?.classList.add('sel');
    grid.querySelector(`.letters th[data-c="${column}"]`)?.classList.add('on');
    grid.querySelector(`tr[data-r="${row}"] > th`)?.classList.add('on');
  }

  async function entered() {
    const mine = ++asked;
    const answer = await fetch(`${base}/cell?tab=${field('tab').value}&cell=${name(column)}${row + 1}`);
    const text = answer.ok ? await answer.text() : '';
    return mine === asked ? text : null;
  }

  const isInView = cell => {
    if (!cell) return true;
    const [box, frame] = [cell.getBoundingClientRect(), grid.getBoundingClientRect()];
    return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  };
  const reveal = how => cellAt(row, column)?.scrollIntoView({ block: how, inline: how });

  async function choose(r, c) {
    [row, column] = [r, c];
    field('cell').value = $('box').value = name(c) + (r + 1);
    mark();
    reveal('nearest');
    bar().value = cellAt(r, c)?.innerText ?? '';
    const text = await entered();
    if (text !== null && document.activeElement !== bar()) bar().value = text;
  }

  function step(down, right) {
    const shown = columns(), rows = [...grid.querySelectorAll('tr[data-r]')].map(tr => +tr.dataset.r);
    const clamp = (list, at) => list[Math.max(0, Math.min(list.length - 1, at))];
    return choose(clamp(rows, rows.indexOf(row) + down), clamp(shown, shown.indexOf(column) + right));
  }

  // The server's page, put in place of what is on the screen; scrolling and menus stay.
  function show(html, address, whole) {
    const rules = /<style id="looks"[^>]*>([^<]*)<\/style>/.exec(html);
    if (!rules) { location.reload(); return; }
    // A parsed style element would have the wrong nonce; its rules go into our own sheet.
    const page = new DOMParser().parseFromString(html.replace(rules[0], ''), 'text/html');
    looks.replaceSync(rules[1]);
    const [left, top] = [grid.scrollLeft, grid.scrollTop];
    grid.replaceChildren(...page.getElementById('grid').childNodes);
    grid.setAttribute('aria-label', page.getElementById('grid').getAttribute('aria-label'));
    [grid.scrollLeft, grid.scrollTop] = [left, top];
    sheet.dataset.version = page.getElementById('sheet').dataset.version;
    for (const id of whole ? ['act', 'goto', 'foot', 'layer'] : ['foot']) $(id).replaceWith(page.getElementById(id));
    document.title = page.title;
    sheet.querySelector('h1').textContent = page.querySelector('h1').textContent;
    if (whole) {
      read();
      const asks = document.querySelector('#layer .dialog');
      grid.inert = sheet.querySelector('.top').inert = !!asks;
      asks?.querySelector('[autofocus]')?.focus();
    }
    mark();
    if (address) history.replaceState(null, '', address);
  }

  // A second change while one is under way would hit what the first one has moved; whoever only looks waits for it.
  async function go(address, post) {
    if (post && busy) return;
    while (busy) await inHand;
    busy = true;
    let done;
    inHand = new Promise(resolve => { done = resolve; });
    try {
      const answer = await fetch(address, post ? { method: 'POST', body: new URLSearchParams(post) } : {});
      show(await answer.text(), post && !answer.redirected ? null : answer.url, true);
      if (!document.querySelector('#layer .dialog')) grid.focus({ preventScroll: true });
    } finally { busy = false; done(); }
  }

  const perform = (action, text) => {
    const data = new FormData(act());
    data.set('do', action);
    if (text !== undefined) data.set('text', text);
    return go(act().action, data);
  };

  async function edit(first) {
    const cell = cellAt(row, column);
    if (!cell || editor) return;
    const text = first ?? await entered() ?? bar().value;
    editor = document.createElement('textarea');
    editor.id = 'edit';
    editor.setAttribute('aria-label', `Cell ${name(column)}${row + 1}`);
    editor.value = text;
    const [box, frame] = [cell.getBoundingClientRect(), grid.getBoundingClientRect()];
    grid.append(editor);
    editor.style.left = `${box.left - frame.left + grid.scrollLeft - 1}px`;
    editor.style.top = `${box.top - frame.top + grid.scrollTop - 1}px`;
    editor.style.minWidth = `${box.width + 1}px`;
    editor.style.minHeight = `${box.height + 1}px`;
    editor.style.maxWidth = `${Math.max(box.width, Math.min(460, frame.right - box.left - 20))}px`;
    editor.focus();
    editor.setSelectionRange(text.length, text.length);
    const before = first === undefined ? text : null;
    const leave = async (keep, down, right) => {
      if (!editor) return;
      const value = editor.value;
      const old = editor;
      editor = null;
      old.remove();
      grid.focus({ preventScroll: true });
      if (keep && value !== before) await perform('edit', value);
      if (down || right) step(down, right);
    };
    editor.addEventListener('keydown', event => {
      event.stopPropagation();
      if (event.key === 'Escape') leave(false);
      else if (event.key === 'Tab') { event.preventDefault(); leave(true, 0, event.shiftKey ? -1 : 1); }
      else if (event.key === 'Enter' && !event.isComposing) {
        event.preventDefault();
        if (event.altKey || event.ctrlKey) editor.setRangeText('\n', editor.selectionStart, editor.selectionEnd, 'end');
        else leave(true, event.shiftKey ? -1 : 1, 0);
      }
    });
    editor.addEventListener('blur', () => leave(true));
  }

  grid.addEventListener('click', event => {
    const letter = event.target.closest('.letters th'), number = event.target.closest('tr[data-r] > th'), cell = event.target.closest('td');
    if (event.target.closest('.funnel')) { event.preventDefault(); go(event.target.closest('a').href); return; }
    if (letter) { event.preventDefault(); choose(0, +letter.dataset.c); }
    else if (number) { event.preventDefault(); choose(+number.parentElement.dataset.r, column); }
    else if (cell?.parentElement.dataset.r) choose(+cell.parentElement.dataset.r, columns()[cell.cellIndex - 1]);
  });
  grid.addEventListener('dblclick', event => { if (event.target.closest('tr[data-r] > td') && !event.target.closest('a')) edit(); });
  grid.addEventListener('keydown', event => {
    if (event.target.closest('a, textarea') && event.key === 'Enter') return;
    const page = Math.max(1, Math.floor(grid.clientHeight / 24) - 3);
    const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0], Home: [0, -1e6], End: [0, 1e6] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) { event.preventDefault(); step(...moves[event.key]); }
    else if (event.key === 'Enter' || event.key === 'F2') { event.preventDefault(); edit(); }
    else if (event.key === 'Delete' || event.key === 'Backspace') { event.preventDefault(); perform('clear'); }
    else if (event.key.length === 1) { event.preventDefault(); edit(event.key); }
  });

  sheet.addEventListener('keydown', event => {
    if (event.target.id === 'text' && event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (event.altKey || event.ctrlKey) event.target.setRangeText('\n', event.target.selectionStart, event.target.selectionEnd, 'end');
      else perform('edit');
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details[open]')) { menu.open = false; menu.querySelector('summary').focus(); }
    const cancel = document.querySelector('#layer .choices a');
    if (cancel) go(cancel.href);
  });
  sheet.addEventListener('submit', event => {
    event.preventDefault();
    const form = event.target, data = new FormData(form, event.submitter);
    if (form.method === 'post') go(form.action, data);
    else go(`${form.action}?${new URLSearchParams(data)}`).then(() => reveal('nearest'));
  });
  sheet.addEventListener('click', event => {
    const link = event.target.closest('#foot a, #layer a');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      go(link.href).then(() => { if (link.closest('#foot')) [grid.scrollLeft, grid.scrollTop] = [0, 0]; });
    }
    for (const menu of document.querySelectorAll('details[open]')) if (!menu.contains(event.target)) menu.open = false;
  });

  async function keepUp() {
    try {
      if (!document.hidden && !busy && !editor && !open()) {
        const version = await (await fetch(`${base}/version`)).text();
        if (version !== sheet.dataset.version && !busy && !editor && !open()) {
          const address = `${base}?tab=${field('tab').value}&page=${field('page').value}&cell=${field('cell').value}`;
          const html = await (await fetch(address)).text();
          if (!busy && !editor && !open()) {
            show(html, null, false);
            if (document.activeElement !== bar()) { const text = await entered(); if (text !== null) bar().value = text; }
          }
        }
      }
      $('live').hidden = false;
    } catch { $('live').hidden = true; }
    setTimeout(keepUp, 2000);
  }

  read();
  mark();
  // A link that names a cell leads to it, and to what is around it; what is in view already stays where it is.
  if (new URLSearchParams(location.search).has('cell') && !isInView(cellAt(row, column))) reveal('center');
  grid.focus({ preventScroll: true });
  setTimeout(keepUp, 2000);
})();
