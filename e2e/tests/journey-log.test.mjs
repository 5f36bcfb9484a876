// A reader does not believe the page: the browser checks the entry itself, and finds a proof that somebody changed.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());

const outcomes = async page => {
  await page.click('[data-log-check] button');
  await page.waitForSelector('[data-log-check] ol > li');
  await page.waitForTimeout(300);
  return page.locator('[data-log-check] ol .verdict').evaluateAll(all =>
    all.map(one => one.className.replace('verdict verdict-', '')),
  );
};

describe('the transparency log', () => {
  test('from a decision to its entry, checked in the browser; a changed proof is refused', () =>
    asVisitor(browser, { width: WIDTHS.phone, scripts: true }, async page => {
      await page.goto(`${base}/ru/decisions`);
      await page.click('main .card a');
      await page.click('main a[href*="/log/find?"]');
      assert.match(new URL(page.url()).pathname, /^\/ru\/log\/[0-9]+$/);
      const said = await outcomes(page);
      assert.deepEqual(said.slice(0, 2), ['ok', 'ok']);
      assert.ok(['ok', 'unknown'].includes(said[2]), 'a browser without Ed25519 says so');

      await page.route('**/proof?*', async route => {
        const answer = await route.fetch();
        const text = await answer.text();
        await route.fulfill({ response: answer, body: text.replace(/\nindex ([0-9]+)\n/, (_, n) => `\nindex ${Number(n) + 1}\n`) });
      });
      assert.deepEqual((await outcomes(page)).slice(0, 2), ['ok', 'error']);
      await page.unroute('**/proof?*');
      await page.route('**/proof?*', route => route.fulfill({ body: 'no proof' }));
      assert.deepEqual(await outcomes(page), ['error']);
    }));

  test('without scripts the page shows what the platform checked, and the files', () =>
    asVisitor(browser, { width: WIDTHS.desk, scripts: false }, async page => {
      await page.goto(`${base}/kk/log/0`);
      assert.equal(await page.isVisible('[data-log-check]'), false);
      assert.equal(await page.locator('#checked .verdict-ok').count() >= 3, true);
      assert.equal(await page.locator('#keep a[href*="proof?size="]').count(), 1);
    }));
});
