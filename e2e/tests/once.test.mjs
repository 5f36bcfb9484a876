// Somebody without an account votes once: two clerks at the desk, a slip, a phone without scripts, a receipt.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
const RUNNING = `${base}/en/budgeting/zhanabulaq/ballot`;

test('two clerks agree, and the slip is one ballot', async () => {
  await asOfficer(browser, 'clerk', PLAIN, async page => {
    await page.goto(RUNNING);
    await send(page, page.locator('a[href*="/once/ballot/"]'));
    await send(page, page.locator('a[href*="/admin/once/ballot/"]'));
    await page.fill('#f-iin', '750101100011');
    await page.fill('#f-place', '990100000');
    await page.selectOption('#f-document', 'id_card');
    await send(page, 'form[action*="/admin/once/"] button[type=submit]');
    assert.match(await main(page), /a colleague confirms/);
  });
  const slip = await asOfficer(browser, 'clerk2', PLAIN, async page => {
    await page.goto(`${base}/en/admin/once`);
    await send(page, page.locator('form[action*="/admin/slips/"] button[type=submit]').first());
    return page.innerText('.receipt');
  });
  assert.match(slip, /^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/);
  await asVisitor(browser, { width: WIDTHS.phone, scripts: false }, async page => {
    await page.goto(RUNNING);
    await send(page, page.locator('a[href*="/once/ballot/"]'));
    assert.match(await main(page), /Not kept: your number/);
    await page.fill('#f-slip', slip.toLowerCase());
    await send(page, 'form[action$="/slip"] button[type=submit]');
    await page.locator('#act input[type=checkbox]').first().check();
    await send(page, '#act button[type=submit]');
    assert.match(await page.innerText('.receipt'), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    await page.goto(RUNNING);
    await send(page, page.locator('a[href*="/once/ballot/"]'));
    assert.equal(await page.locator('#act').count(), 0, 'the pass is forgotten');
    await page.fill('#f-slip', slip);
    await send(page, 'form[action$="/slip"] button[type=submit]');
    assert.match(await main(page), /There is no slip with this code/);
  });
});
