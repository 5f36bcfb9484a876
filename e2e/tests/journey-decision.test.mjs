// From the recommendation to the published decision: computed by the platform, taken by a person, readable by all.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, asVisitor, baseUrl, launch, tabTo } from '../support/browser.mjs';
import { asOfficer, main, newLogin, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
const PAGE = '/admin/recommendation/990100000';

describe('the recommendation', () => {
  test('an analyst sees a reason for every project, and cannot decide', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/kk/admin`);
      await send(page, `main a[href="/kk${PAGE}"]`);
      const rows = page.locator('.verdict-row');
      assert.ok((await rows.count()) > 20);
      for (const row of await rows.all()) assert.ok((await row.locator('p').last().innerText()).length > 20);
      assert.equal(await page.locator('input[name=chosen]').count(), 0);
      assert.equal(await page.locator('#decide').count(), 0);
    }));

  test('another envelope gives another portfolio', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/ru${PAGE}`);
      const before = await page.locator('.verdict-in').count();
      await page.fill('#f-y2027', '300000');
      await send(page, '#main form[method=get] button');
      assert.ok((await page.locator('.verdict-in').count()) < before);
      assert.equal((await page.inputValue('#f-y2027')).replace(/\s/g, ''), '300000');
    }));

  test('an envelope that is no amount is answered at its field', () =>
    asOfficer(browser, 'akim', PLAIN, async page => {
      await page.goto(`${base}/en${PAGE}`);
      await page.fill('#f-y2028', 'plenty');
      assert.equal((await send(page, '#main form[method=get] button')).status(), 422);
      await page.click('.error-summary a');
      assert.equal(new URL(page.url()).hash, '#f-y2028');
      assert.equal(await page.inputValue('#f-y2028'), 'plenty');
    }));
});

describe('the decision', () => {
  test('of the akim, with one change: a reason is asked for, the choice is kept, then all of it is public', () =>
    asOfficer(browser, 'akim', PLAIN, async page => {
      await page.goto(`${base}/ru${PAGE}?y2027=1400000&y2028=900000&y2029=200000`);
      const dropped = page.locator('.verdict-in').last();
      const title = await dropped.locator('h3 a').innerText();
      await dropped.locator('input[name=chosen]').uncheck();
      const ticked = await page.locator('input[name=chosen]:checked').count();
      assert.equal((await send(page, '#decide button')).status(), 422);
      assert.ok(await page.isVisible('.error-summary'));
      assert.equal(await page.locator('input[name=chosen]:checked').count(), ticked, 'the choice is kept');
      assert.equal((await page.inputValue('#f-y2027')).replace(/\s/g, ''), '1400000', 'and the envelope');

      const reason = `Участок ещё не оформлен, вернёмся весной. ${newLogin()}`;
      await page.fill('#f-reason', reason);
      assert.equal((await send(page, '#decide button')).status(), 303);
      const decision = pathOf(page);
      assert.match(decision, /^\/ru\/decisions\/[0-9a-f-]{36}$/);

      await asVisitor(browser, { scripts: false, width: WIDTHS.phone }, async anyone => {
        for (const language of LANGUAGES) {
          await anyone.goto(base + decision.replace('/ru/', `/${language}/`));
          assert.ok((await main(anyone)).includes(reason));
          const rows = anyone.locator('.verdict-row');
          assert.ok((await rows.count()) > 20);
          for (const row of await rows.all()) assert.ok((await row.locator('p').last().innerText()).length > 20);
        }
        await anyone.goto(base + decision);
        const out = anyone.locator('.verdict-row', { hasText: title });
        assert.equal(await out.locator('.tag-gold').count(), 1, 'the override is marked');
        await anyone.goto(`${base}/ru/decisions`);
        assert.equal(await anyone.locator(`.card a[href="${decision}"]`).count(), 1);
        assert.equal((await fetch(`${base}/api/v1${decision.slice(3)}`)).status, 200);
      });
    }));

  test('can be taken by keyboard alone', () =>
    asOfficer(browser, 'akim', {}, async page => {
      await page.goto(`${base}/kk${PAGE}`);
      await tabTo(page, '#f-reason', { presses: 250 });
      await page.keyboard.type('Ұсыныс қабылданды.');
      await tabTo(page, '#decide button');
      await Promise.all([page.waitForURL(/\/kk\/decisions\//), page.keyboard.press('Enter')]);
      assert.ok((await main(page)).includes('Ұсыныс қабылданды.'));
    }));

  test('is nobody else’s', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      assert.equal((await page.goto(`${base}/ru${PAGE}`)).status(), 403);
    }));
});
