// What residents chose, from the map of the result to the project and back; and dividing a budget with and without scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN_PHONE = { width: WIDTHS.phone, scripts: false };

describe('what became of the chosen projects', () => {
  test('the map of the result leads to why a project won, to its project, and back to who proposed it', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/en/budgeting/zhanabulaq-past/results`);
      assert.ok((await page.locator('.map-picture a.mark').count()) >= 8);
      assert.equal(await page.locator('.places tbody tr').count(), 12);
      await page.goto(`${base}/en/budgeting/zhanabulaq-past/works`);
      assert.match(await main(page), /You said/);
      assert.match(await main(page), /✓/);
      await send(page, page.locator('.works a[href*="/projects/"]').first());
      assert.match(await main(page), /Proposed by residents/);
      await send(page, page.locator('#proposal a').first());
      assert.match(await main(page), /What became of it/);
    }));
});

describe('dividing a budget', () => {
  test('without scripts the server computes the total and takes only what is exact', () =>
    asOfficer(browser, 'resident', PLAIN_PHONE, async page => {
      await page.goto(`${base}/en/exercises/bolu-ulgi`);
      assert.match(await main(page), /not binding/);
      const field = page.locator('#f-g0');
      const planned = Number(await field.inputValue());
      await field.fill(String(planned + 3));
      await send(page, 'button[value=compute]');
      assert.match(await main(page), /3 more is given out/);
      const second = page.locator('#f-g1');
      await second.fill(String(Number(await second.inputValue()) - 3));
      await send(page, 'button[value=submit]');
      assert.match(await main(page), /Your division is taken/);
    }));

  test('with scripts a slider moves its field and the total', () =>
    asOfficer(browser, 'resident', {}, async page => {
      await page.goto(`${base}/en/exercises/bolu-ulgi`);
      await page.waitForSelector('input[type=range]');
      await page.locator('input[type=range]').first().focus();
      await page.keyboard.press('ArrowRight');
      assert.match(await page.locator('[data-balance]').innerText(), /1$/);
    }));

  test('the result of the one that is over says how far opinions differ', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/en/exercises/bolu-ulgi-past`);
      assert.match(await main(page), /Median/);
      const href = await page.locator('a[href$="divisions.csv"]').getAttribute('href');
      const answer = await fetch(new URL(href, base));
      assert.equal((await answer.text()).trim().split('\n').length, 144);
    }));
});
