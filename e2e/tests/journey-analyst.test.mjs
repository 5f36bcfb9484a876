// What a budget analyst comes for: files in, contradictions out, forecasts with their record. What anyone may check of it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, download, newLogin, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
const DISTRICT = '990100000';

/** A tidy table of a budget of the demo district; `balance` may contradict the sections. */
const tidy = (name, balance) => [
  'place_kato;level;year;budget;item;code;name_ru;approved;unit',
  `${DISTRICT};3;2027;${name};revenue_total;;Доходы;1000,5;thousand KZT`,
  `${DISTRICT};3;2027;${name};tax;;Налоговые поступления;300,5;thousand KZT`,
  `${DISTRICT};3;2027;${name};non_tax;;Неналоговые поступления;0;thousand KZT`,
  `${DISTRICT};3;2027;${name};fixed_capital;;Основной капитал;0;thousand KZT`,
  `${DISTRICT};3;2027;${name};transfers;;Трансферты;700;thousand KZT`,
  `${DISTRICT};3;2027;${name};expenditure_total;;Затраты;1100;thousand KZT`,
  `${DISTRICT};3;2027;${name};net_lending;;Кредитование;20;thousand KZT`,
  `${DISTRICT};3;2027;${name};financial_assets;;Активы;0;thousand KZT`,
  `${DISTRICT};3;2027;${name};balance;;Дефицит;${balance};thousand KZT`,
].join('\n');
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const press = (page, act) => send(page, `main button[name=act][value=${act}]`);

describe('a budget file', () => {
  test('is checked first, then saved, and shows its contradiction on the public page', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      const name = newLogin(), table = file('district.csv', tidy(name, '-735'));
      await page.goto(`${base}/ru/admin/import/budget`);
      await page.setInputFiles('#f-file', table);
      assert.equal((await press(page, 'check')).status(), 200);
      const checked = await page.innerText('section[role=status]');
      assert.match(checked, /-735|−735/);
      assert.match(checked, /−119,5/);

      await page.setInputFiles('#f-file', table);
      assert.equal((await press(page, 'save')).status(), 303);
      assert.match(page.url(), /\/ru\/budgets\/[0-9a-f-]{36}/);
      const address = page.url().split('?')[0];
      await asVisitor(browser, PLAIN, async anyone => {
        await anyone.goto(address);
        const findings = await anyone.innerText('#findings');
        for (const part of ['−735', '−119,5', '−615,5']) assert.ok(findings.includes(part), part);
        assert.match(await anyone.innerText('#provenance'), /district\.csv/);
      });
    }));

  test('given twice changes nothing; another under the same name is refused', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      const name = newLogin();
      const give = async text => {
        await page.goto(`${base}/ru/admin/import/budget`);
        await page.setInputFiles('#f-file', file('district.csv', text));
        return press(page, 'save');
      };
      await give(tidy(name, '-119,5'));
      await give(tidy(name, '-119,5'));
      assert.equal((await page.reload()).status(), 200, 'the same file again leads to the budget that is there');
      assert.equal((await give(tidy(name, '-120'))).status(), 422);
      assert.ok(await page.isVisible('.error-summary'));
    }));

  test('that is broken is refused with row and column', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      const broken = tidy('broken', '-119,5').replace('1100', 'eleven hundred');
      await page.goto(`${base}/en/admin/import/budget`);
      await page.setInputFiles('#f-file', file('broken.csv', broken));
      assert.equal((await press(page, 'check')).status(), 422);
      const told = await page.innerText('section[role=status]');
      assert.match(told, /Row 7, column “approved”/);
      assert.match(told, /eleven hundred/);
    }));

  for (const [what, name, bytes] of [
    ['a picture', 'photo.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 1])],
    ['a truncated workbook', 'cut.xlsx', Buffer.from('PK\u0003\u0004 not to the end')],
    ['half of a JSON file', 'half.json', Buffer.from('{"budgets": [{"id": "x", ')],
  ]) {
    test(`that is ${what} is refused with advice`, () =>
      asOfficer(browser, 'analyst', PLAIN, async page => {
        await page.goto(`${base}/kk/admin/import/budget`);
        await page.setInputFiles('#f-file', { name, mimeType: 'application/octet-stream', buffer: bytes });
        assert.equal((await press(page, 'check')).status(), 422);
        assert.ok((await page.locator('main table tbody tr').count()) > 0);
      }));
  }

  test('of another territory is refused', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/ru/admin/import/budget`);
      await page.setInputFiles('#f-file', file('foreign.csv', tidy(newLogin(), '-119,5').replaceAll(DISTRICT, '610000000')));
      assert.equal((await press(page, 'save')).status(), 403);
      assert.equal(await page.locator('main h1').count(), 1);
    }));

  test('that was not chosen is asked for', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/en/admin/import/budget`);
      await page.locator('#main form').evaluate(form => (form.noValidate = true));
      assert.equal((await press(page, 'check')).status(), 422);
      assert.match(await page.innerText('.error-summary'), /choose a file/i);
    }));
});

describe('a register of projects', () => {
  const register = (number, sector) => [
    'number;title_kk;title_ru;place_kato;sector;kind;modality;level;status;year;source;planned;unit',
    `${number};Құдық;Колодец;990101000;${sector};infrastructure;budget;local;planned;2027;own;1500;thousand KZT`,
    `${number};;;;;;;;;2028;transfer;2000;thousand KZT`,
  ].join('\n');

  const bring = async (page, lang, table) => {
    await page.goto(`${base}/${lang}/admin/imports`);
    await page.setInputFiles('#f-file', table);
    await page.locator('form[enctype] button').click();
    await page.waitForURL(/\/admin\/imports\/[0-9a-f-]{36}/);
  };

  test('is looked at, carried out and taken back', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      const number = `E2E-${newLogin()}`;
      await bring(page, 'kk', file('register.csv', register(number, 'water')));
      const draft = page.url();
      assert.match(await page.innerText('main'), new RegExp(number));
      await page.goto(`${base}/kk/projects?q=${number}`);
      assert.equal(await page.locator('.card').count(), 0, 'a look writes nothing');

      await page.goto(draft);
      await page.locator('button[value=run]').click();
      for (let tries = 0; tries < 120 && !(await page.locator('#f-reason').count()); tries += 1) {
        await page.waitForTimeout(500);
        await page.goto(draft);
      }
      assert.equal(await page.locator('#f-reason').count(), 1, 'the import is carried out');
      await page.goto(`${base}/kk/projects?q=${number}`);
      assert.equal(await page.locator('.card').count(), 1);

      await page.goto(draft);
      await page.fill('#f-reason', 'Сынақ');
      await page.locator('button[value=undo], form:has(#f-reason) button').first().click();
      await page.goto(`${base}/kk/projects?q=${number}`);
      assert.equal(await page.locator('.card').count(), 0, 'what it brought is gone');
    }));

  test('with mistakes lists every one by row and column', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await bring(page, 'ru', file('bad.csv', register('X-1', 'wells').replace('2000', 'два')));
      const rows = await page.locator('main table').first().locator('tbody tr').allInnerTexts();
      assert.equal(rows.length, 2, rows.join('\n'));
      assert.match(rows[0], /2.*sector/);
      assert.match(rows[1], /3.*planned/);
      assert.equal(await page.locator('button[value=run]').count(), 0);
    }));
});

describe('the published budget of Turkistan 2024 (Table 5)', () => {
  let address;
  before(() =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/ru/places/610000000`);
      for (const href of await page.locator('main table a').evaluateAll(links => links.map(a => a.href))) {
        await page.goto(href);
        if (/76\s500,0/.test(await page.innerText('#sections'))) return void (address = href);
      }
      throw new Error('Table 5 is not among the budgets of Turkistan');
    }));

  test('shows its three contradictions with printed, computed and difference', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(address);
      assert.equal(await page.locator('#findings .finding').count(), 3);
      const words = (await page.innerText('#findings')).replace(/\s/g, ' ');
      for (const part of ['2 613,1', '613,1', '2 000,0', '−613,1', '3 226,2']) assert.ok(words.includes(part), part);
    }));

  test('says 6,91 % of own revenue, with the formula one click away, also without scripts', () =>
    asVisitor(browser, { ...PLAIN, width: 360 }, async page => {
      await page.goto(address);
      const own = page.locator('#indicators .stat').first();
      assert.match(await own.innerText(), /6,91\s*%/);
      assert.ok(!(await own.locator('code').isVisible()));
      await own.locator('summary').click();
      assert.ok(await own.locator('code').isVisible());
      assert.match((await own.innerText()).replace(/\s/g, ' '), /79 113,1/);
    }));

  test('can be taken along as CSV, XLSX and JSON', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(address);
      const links = await page.locator('#provenance .downloads a').evaluateAll(all => all.map(a => a.href));
      assert.equal(links.length, 3);
      const [csv, xlsx, json] = links;
      assert.match((await download(csv)).toString(), /79113/);
      assert.ok((await download(xlsx)).subarray(0, 2).equals(Buffer.from('PK')));
      const budget = await (await fetch(json)).json();
      assert.equal(budget.figures.revenue, '79113100000.00');
    }));
});

describe('a forecast', () => {
  test('of the demo district: a fan, its table, and how right it has been', () =>
    asVisitor(browser, { ...PLAIN, width: 360 }, async page => {
      await page.goto(`${base}/kk/places/${DISTRICT}/forecast`);
      assert.ok((await page.locator('main .chart svg path.band80, main .chart svg .band80').count()) > 0);
      assert.match(await page.innerText('#record'), /80\s*%/);
      await page.locator('details summary', { hasText: /кесте/ }).first().click();
      assert.ok((await page.locator('details[open] tbody tr').count()) >= 3);
      await page.selectOption('#f-item', 'tax');
      await page.selectOption('#f-horizon', { index: 0 });
      await send(page, '#main form.panel button[type=submit]');
      assert.equal(await page.inputValue('#f-item'), 'tax');
      assert.equal(await page.locator('details tbody tr').count() > 0, true);
    }));

  test('of three years is refused, and says why', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/ru/places/610000000/forecast`);
      const note = await page.innerText('.note-warning >> nth=0');
      assert.match(note, /\b3\b/);
      assert.match(note, /\b6\b/);
      assert.equal(await page.locator('.band80').count(), 0);
    }));
});
