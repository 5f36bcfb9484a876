// An analyst makes a scenario of the programme, mistypes, mends, solves it, asks what if and keeps the answer; without scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
const LIST = '/admin/programmes?place=990100000';
const solve = 'button[name=act][value=solve]';

/** Presses the link that renews the page until the work is over; it gives up after two minutes. */
async function untilSolved(page) {
  const end = Date.now() + 120_000;
  while (await page.locator('#running').count()) {
    assert.ok(Date.now() < end, 'the scenario was not solved in time');
    await page.waitForTimeout(500);
    await page.reload();
  }
}

describe('a scenario of the programme', () => {
  test('is made, mended, solved, asked about and kept', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/ru/admin`);
      await send(page, `main a[href="/ru${LIST}"]`);
      await send(page, 'main a[href="/ru/admin/programmes/new?place=990100000"]');

      const title = `Проверка ${newLogin()}`;
      await page.fill('#f-title', title);
      const cell = page.locator('.cells input').first();
      const name = await cell.getAttribute('name');
      const amount = await cell.inputValue();
      await cell.fill('много');
      assert.equal((await send(page, solve)).status(), 422);
      await page.click(`.error-summary a[href="#f-${name}"]`);
      assert.equal(await cell.inputValue(), 'много', 'what was written stays');
      assert.equal(await page.inputValue('#f-title'), title);

      await cell.fill(amount);
      assert.equal((await send(page, solve)).status(), 303);
      assert.match(pathOf(page), /^\/ru\/admin\/programmes\/[0-9a-f-]{36}$/);
      await untilSolved(page);
      const plan = page.locator('#plan tbody tr');
      assert.ok((await plan.count()) > 0, await main(page));
      for (const row of await page.locator('#plan td.wide, #out td.wide').all()) {
        assert.ok((await row.innerText()).length > 20, 'every project has its reason');
      }

      const free = plan.filter({ has: page.locator('td.wide a[href*=whatif]') }).first();
      const out = await free.locator('th a').innerText();
      const began = Date.now();
      await send(page, free.locator('td.wide a[href*=whatif]'));
      assert.match(pathOf(page), /whatif$/);
      assert.ok(Date.now() - began < 5_000, `the answer took ${Date.now() - began} ms`);
      assert.ok((await main(page)).includes(out));
      await page.fill('#f-money-own', '110');
      await send(page, '#main form[method=get] button[type=submit]');
      assert.ok(await page.isVisible('#result'));

      await page.fill('#f-reason', ' ');
      assert.equal((await send(page, '#save button')).status(), 422, 'a ruling needs a reason');
      await page.fill('#f-reason', 'Участок ещё не оформлен.');
      await page.fill('#save #f-title', `${title}: без одного`);
      assert.equal((await send(page, '#save button')).status(), 303);
      assert.ok((await main(page)).includes(`${title}: без одного`));
      await page.goto(`${base}/ru${LIST}`);
      assert.ok((await main(page)).includes(`${title}: без одного`));
    }));
});
