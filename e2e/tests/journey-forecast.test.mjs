// What an analyst asks of forecasts: one line, a whole coming year, and which model suits a series. Without scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PHONE = { scripts: false, width: 360 };
const DESK = { scripts: false };
const DISTRICT = '990100000';
const plain = text => text.replace(/\s/g, ' ');

describe('a line of the budget', () => {
  for (const language of LANGUAGES) {
    test(`in ${language}: fan, plan, past forecasts, record`, () =>
      asVisitor(browser, PHONE, async page => {
        await page.goto(`${base}/${language}/places/${DISTRICT}/forecast?item=tax`);
        for (const mark of ['.band80', '.band95', '.mark.backtest', '.mark.plan', '.line.naive']) {
          assert.ok((await page.locator(`main .chart svg ${mark}`).count()) > 0, mark);
        }
        assert.match(plain(await page.innerText('#picture')), /80 ?%/);
        assert.ok((await page.locator('#record tbody tr').count()) >= 3);
        assert.ok((await page.locator('#history tbody tr').count()) >= 10);
      }));
  }

  test('levels and months are chosen by the form and stay in the address', () =>
    asVisitor(browser, DESK, async page => {
      await page.goto(`${base}/en/places/${DISTRICT}/forecast?item=tax`);
      await page.selectOption('#f-frequency', 'monthly');
      await page.check('#f-levels-50');
      await page.uncheck('#f-levels-95');
      await send(page, '#main form.panel button[type=submit]');
      assert.match(page.url(), /frequency=monthly/);
      assert.ok((await page.locator('.chart svg .band50').count()) > 0);
      assert.equal(await page.locator('.chart svg .band95').count(), 0);
      assert.match(await page.innerText('#picture'), /2026/);
      const csv = await (await fetch(`${page.url()}&chart=fan&format=csv`)).text();
      assert.equal(csv.trim().split('\n').length, 13);
    }));

  test('that nobody can continue is refused with a reason, not drawn', () =>
    asVisitor(browser, PHONE, async page => {
      await page.goto(`${base}/ru/places/610000000/forecast`);
      assert.ok(await page.isVisible('.note-warning'));
      assert.equal(await page.locator('main .chart').count(), 0);
    }));
});

describe('a coming year', () => {
  test('lines add up to their totals to the tiyn', async () => {
    const found = await (await fetch(`${base}/api/v1/forecasts/next-year?place=${DISTRICT}`)).json();
    const tiyn = line => BigInt(line.point.replace('.', ''));
    const sum = (lines, depth) => lines.filter(line => line.depth === depth).reduce((all, line) => all + tiyn(line), 0n);
    assert.equal(sum(found.revenue, 0), sum(found.revenue, 1));
    assert.equal(tiyn(found.revenue[1]), sum(found.revenue, 2));
    assert.equal(sum(found.expenditure, 0), sum(found.expenditure, 1));
    assert.ok(found.expenditure.length > 8);
  });

  test('stands on one page with the plan beside, reached from a budget', () =>
    asVisitor(browser, PHONE, async page => {
      await page.goto(`${base}/kk/places/${DISTRICT}/forecast/next-year`);
      await page.selectOption('#f-year', '2026');
      await send(page, '#main form:not([hidden]) button[type=submit]');
      assert.equal(await page.locator('#revenue .small-panel').count() >= 5, true);
      assert.ok((await page.locator('#expenditure tbody tr').count()) > 8);
      assert.match(await page.innerText('#revenue thead'), /Жоспар, 2026/);
      await page.goto(`${base}/en/budgets`);
      await page.goto(await page.locator('main a[href*="/budgets/"]').first().evaluate(a => a.href));
      assert.ok((await page.locator('main a[href*="/forecast/next-year"]').count()) > 0);
    }));
});

describe('the year that runs', () => {
  /** The forecasts of past years are computed beside the pages after the start. */
  const recorded = async () => {
    const address = `${base}/api/v1/forecast-accuracy?basis=year_to_date&record=later&by=all&place=${DISTRICT}`;
    for (let tries = 0; tries < 60; tries += 1) {
      const { groups } = await (await fetch(address)).json();
      if (groups.length) return groups[0].n;
      await new Promise(done => setTimeout(done, 2000));
    }
    return 0;
  };

  test('quotes the record of earlier ones, which leads to each as it was', { timeout: 180_000 }, async () => {
    assert.ok((await recorded()) > 0);
    await asVisitor(browser, PHONE, async page => {
      await page.goto(`${base}/en/places/${DISTRICT}/forecast/year?line=tax`);
      assert.match(plain(await page.innerText('#record')), /fell inside the 80% interval/);
      await page.locator('#record a[href*="basis=year_to_date"]').click();
      assert.match(plain(await page.innerText('#steps')), /6 months ahead/);
      await page.goto(`${page.url()}&record=later`);
      await page.locator('#forecasts li a').first().click();
      assert.ok((await page.locator('#picture svg .mark.plan').count()) >= 1);
      assert.match(plain(await page.innerText('main')), /from January to the end of the month/);
      assert.ok((await page.locator('#facts tbody tr').count()) >= 1);
    });
  });
});

describe('the laboratory', () => {
  test('compares chosen models on a stored line; the address holds the question', () =>
    asVisitor(browser, PHONE, async page => {
      await page.goto(`${base}/en/places/${DISTRICT}/forecast?item=tax`);
      await page.locator('main a[href*="/analysis/laboratory"]').first().click();
      await page.selectOption('#f-horizon', '2');
      await page.check('#f-models-holt');
      await send(page, '#ask button[name=go]');
      const address = page.url();
      assert.match(address, /models=holt/);
      const words = plain(await page.innerText('#result'));
      for (const part of ['MASE', 'Holt’s method', 'held against']) assert.ok(words.includes(part), part);
      assert.ok((await page.locator('#paths .small-panel').count()) >= 3);
      await page.goto(address);
      assert.equal(plain(await page.innerText('#result')), words, 'the same address gives the same answer');
      const json = await page.locator('main a[href^="/api/v1/laboratory"]').evaluate(a => a.href);
      assert.equal((await (await fetch(json)).json()).horizon, 2);
    }));

  test('takes a file of one’s own and keeps nothing but the address', () =>
    asVisitor(browser, DESK, async page => {
      const months = Array.from({ length: 48 }, (_, i) => [
        `${2021 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, '0')}`, 100 + 2 * i + (i % 12 === 11 ? 60 : 0)]);
      const text = ['period;value', ...months.map(pair => pair.join(';'))].join('\n');
      await page.goto(`${base}/ru/analysis/laboratory`);
      await page.setInputFiles('#f-file', { name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      assert.equal((await send(page, '#upload button[type=submit]')).status(), 303);
      assert.match(page.url(), /text=2021-01/);
      assert.match(plain(await page.innerText('#result')), /значений 48/);
    }));

  test('says which line of a pasted series it cannot read', () =>
    asVisitor(browser, PHONE, async page => {
      await page.goto(`${base}/kk/analysis/laboratory`);
      await page.fill('#f-text', '2020 1\n2021 екі');
      assert.equal((await send(page, '#ask button[name=go]')).status(), 422);
      assert.match(await page.innerText('.error-summary'), /2/);
      assert.equal(await page.inputValue('#f-text'), '2020 1\n2021 екі');
    }));
});
