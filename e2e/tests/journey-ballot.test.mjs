// A resident votes in the participatory budget: on a phone without scripts, with scripts, and looks up last year's result.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN_PHONE = { width: WIDTHS.phone, scripts: false };
const RUNNING = `${base}/en/budgeting/zhanabulaq/ballot`;

describe('the ballot', () => {
  test('is saved at every click, handed in, changed and withdrawn without scripts', () =>
    asOfficer(browser, 'resident', PLAIN_PHONE, async page => {
      await page.goto(RUNNING);
      await send(page, page.locator('.ballot button[name=add]').first());
      assert.match(await main(page), /Saved, not counted yet/);
      await send(page, 'button[value=submit]');
      assert.match(await main(page), /Counted at/);
      const first = await page.innerText('.receipt');
      assert.match(first, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
      await send(page, page.locator('.ballot button[name=add]').first());
      assert.match(await main(page), /Saved, not counted yet/);
      assert.match(await main(page), /Until you hand in the new ballot/);
      await send(page, 'button[value=submit]');
      assert.notEqual(await page.innerText('.receipt'), first);
      await send(page, 'button[value=withdraw]');
      assert.match(await main(page), /Saved, not counted yet/);
      await send(page, 'button[value=clear]');
      assert.match(await main(page), /Not started/);
    }));

  test('stays on the page where scripts run', () =>
    asOfficer(browser, 'resident', {}, async page => {
      await page.goto(RUNNING);
      await page.evaluate(() => { window.same = true; });
      await page.locator('.ballot button[name=add]').first().click();
      await page.waitForSelector('.ballot li.on');
      assert.equal(await page.evaluate(() => window.same), true);
      await page.locator('.ballot button[name=remove]').first().click();
      await page.waitForFunction(() => !document.querySelector('.ballot li.on'));
    }));

  test('tells a visitor who may vote, and observers how it goes', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(RUNNING);
      assert.match(await main(page), /Who can vote/);
      await send(page, page.locator('a[href=observers]').first());
      assert.match(await main(page), /Ballots handed in/);
    }));
});

test('the result of last year says why each project won or lost, and can be taken along', () =>
  asVisitor(browser, PLAIN_PHONE, async page => {
    await page.goto(`${base}/en/budgeting/zhanabulaq-past/results`);
    assert.match(await main(page), /Chosen/);
    assert.match(await main(page), /Who took part/);
    const command = await page.locator('.command').first().textContent();
    assert.match(command, /akimat count \S+\.pb --rule-file \S+ --lot-seed [0-9a-f]+/);
    const href = await page.locator('ul.downloads a[href$=".pb"]').first().getAttribute('href');
    const answer = await fetch(new URL(href, base));
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^META\n/);
  }));
