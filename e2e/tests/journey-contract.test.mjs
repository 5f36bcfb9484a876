// A manager enters a tender with its contract, mistypes, mends; an entrepreneur and a resident read what follows; without scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, download, main, newLogin, openProject, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
const NUMBER = 'ZHB-2026-017';

describe('a contract', () => {
  test('is entered, refused, mended and read by everybody', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await openProject(page, 'ru', NUMBER);
      const project = pathOf(page);
      await page.goto(`${base}${project}/contracts`);
      await send(page, `main a[href$="${project.replace('/ru', '/ru/admin')}/contracts/new"]`);

      const firm = `ТОО «Проверка ${newLogin()}»`;
      const fill = async fields => {
        for (const [name, value] of Object.entries(fields)) await page.fill(`#f-${name}`, value);
      };
      await fill({ number: 'ПР-1', opens_on: '2026-09-01', closes_on: '2026-09-20', estimate: '41 100 000' });
      await page.selectOption('#f-state', 'complete');
      await send(page, 'button[name=act][value=more]');
      assert.equal(await page.inputValue('#f-number'), 'ПР-1', 'what was written stays');
      await fill({
        party_name_1: 'Отдел культуры', bid_party_1: firm, bid_amount_1: '41 000 000',
        award_party_1: firm, award_amount_1: '41000000', contract_number_1: '17',
        contract_signed_1: '2026-10-05', contract_amount_1: '41000000', contract_ends_1: '2026-09-01',
        payment_on_1: '2026-10-20', payment_amount_1: '50000000',
      });
      await page.selectOption('#f-party_role_1', 'buyer');
      assert.equal((await send(page, 'form.sheet .actions button >> nth=0')).status(), 422);
      assert.ok((await page.locator('.error-summary a').count()) >= 2, await main(page));
      await page.click('.error-summary a[href="#f-contract_ends_1"]');
      await fill({ contract_ends_1: '2027-09-15', payment_amount_1: '5000000' });
      assert.equal((await send(page, 'form.sheet .actions button >> nth=0')).status(), 303);
      assert.equal(pathOf(page), `${project}/contracts`);
      const said = await main(page);
      assert.ok(said.includes(firm) && /41\s000\s000/.test(said), said);
      assert.ok(/а не обвинение/.test(said), 'hints are never accusations');

      await asVisitor(browser, PLAIN, async resident => {
        await resident.goto(`${base}/ru/contracts?q=${encodeURIComponent(firm)}`);
        assert.ok((await main(resident)).includes(firm));
        await send(resident, 'main tbody th a');
        assert.equal(pathOf(resident), `${project}/contracts`);
      });
    }));
});

describe('what comes', () => {
  test('is found by an entrepreneur from the home page and taken along', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/kk`);
      await send(page, 'main a[href="/kk/pipeline"] >> nth=0');
      const rows = page.locator('main table').first().locator('tbody tr');
      const all = await rows.count();
      assert.ok(all > 3, await main(page));
      await page.selectOption('#f-stage', 'tender');
      await send(page, '#main form[method=get] button[type=submit] >> nth=0');
      assert.ok((await rows.count()) < all);
      const link = await page.locator('main a[href*="/pipeline/download/csv"]').getAttribute('href');
      const text = (await download(`${base}${link}`)).toString('utf8');
      assert.equal(text.trim().split('\n').length - 1, await rows.count(), 'the file holds what the page shows');
    }));

  test('promises over a limit are named with year and sum', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/ru/places/990100000/obligations`);
      const said = await main(page);
      assert.ok(/2028 год: лимит превышен/.test(said), said);
      await page.goto(`${base}/ru/places/990100000/red-flags?rule=amendments_over`);
      assert.ok((await page.locator('main .entry').count()) > 0);
      await page.goto(`${base}/ru/procurement?by=stage&kind=ppp`);
      assert.match(await main(page), /1\s257/);
    }));
});
