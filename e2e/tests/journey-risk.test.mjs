// Risks and early warning: everybody reads the map and the alerts, a manager enters a risk, the head decides, an analyst sets limits.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, openProject, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };

describe('a resident', () => {
  test('goes from the map of all risks to those of one cell and to the project', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/ru/analysis`);
      await page.click('main a[href="/ru/analysis/risks"]');
      const cell = page.locator('.risk-heat td a').first();
      const n = Number(await cell.locator('strong').innerText());
      await cell.click();
      assert.equal(await page.locator('#risks tbody tr').count(), n);
      await page.click('#risks tbody a >> nth=0');
      assert.match(pathOf(page), /\/risks$/);
      assert.match(await main(page), /Уверенность в исполнении/);
    }));

  test('sees an alert with its facts, its limits and what the akim decided', () =>
    asVisitor(browser, PLAIN, async page => {
      await openProject(page, 'ru', 'ZHB-2025-010');
      await page.click('.tabs a[href$="/risks"]');
      const words = await page.innerText('#alerts');
      assert.match(words, /Жёлтый от .*, красный от /);
      assert.match(words, /решает: составить новый план/);
      assert.match(words, /не обвинение/);
    }));
});

describe('officers', () => {
  test('a manager enters a risk: first without a review, then rightly', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await openProject(page, 'en', 'ZHB-2026-002');
      await page.click('.tabs a[href$="/risks"]');
      await page.click('#risks a[href$="/risks/new"]');
      const event = `The server room floods ${newLogin()}`;
      await page.fill('#f-event', event);
      await page.fill('#f-cause', 'The pipes above are old');
      await page.fill('#f-effect', 'The map is gone for a week');
      for (const [field, value] of [['category', 'technical'], ['likelihood', '2'], ['cost', '2'], ['time', '3'], ['people', '1']]) {
        await page.selectOption(`#f-${field}`, value);
      }
      await page.fill('#f-owner', 'Office of digital affairs');
      await page.selectOption('#f-response', 'avoid');
      assert.equal((await send(page, '#main form.sheet button')).status(), 422);
      assert.equal(await page.inputValue('#f-event'), event);
      await page.click('.error-summary a');
      assert.equal(new URL(page.url()).hash, '#f-review_on');
      await page.fill('#f-review_on', '2030-01-15');
      assert.equal((await send(page, '#main form.sheet button')).status(), 303);
      assert.ok((await page.innerText('#risks')).includes(event));
    }));

  test('the akim opens an alert from the desk and decides with a reason', () =>
    asOfficer(browser, 'akim', PLAIN, async page => {
      await page.goto(`${base}/ru/admin`);
      await page.click('main a[href="/ru/admin/alerts"]');
      assert.match(await main(page), /Последняя проверка|Проверка/);
      await page.goto(`${base}/ru/admin/alerts?state=open`);
      await page.click('main tbody th a >> nth=0');
      await page.selectOption('#f-decision', 'audit');
      await page.fill('#f-reason-decide', 'Посмотреть на месте на этой неделе');
      assert.equal((await send(page, 'form:has(#f-decision) button')).status(), 303);
      assert.match(await main(page), /решает: проверить на месте или аудитом/);
    }));

  test('an analyst asks for the watch now and sets a limit of the territory', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/kk/admin/alerts`);
      assert.equal((await send(page, 'form[action$="/alerts/watch"] button')).status(), 303);
      await page.click('main a[href*="/alerts/limits/"]');
      await page.fill('#f-amber_data_age', '40');
      await page.fill('#f-red_data_age', '20');
      await page.fill('#f-reason', 'Қысқы маусымда жаңалық сирек');
      assert.equal((await send(page, '#main form.sheet button')).status(), 422);
      await page.fill('#f-red_data_age', '80');
      assert.equal((await send(page, '#main form.sheet button')).status(), 303);
      assert.match(await page.innerText('.entries'), /Қысқы маусымда жаңалық сирек/);
    }));
});
