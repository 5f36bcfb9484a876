// The life of a project: its history, its people, and the work of the akimat from the desk to the staff meeting.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, openProject, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };

describe('a resident', () => {
  test('reads what changed, why and on which document', () =>
    asVisitor(browser, PLAIN, async page => {
      await openProject(page, 'ru', 'ZHB-2026-007');
      await page.click('.tabs a[href$="/history"]');
      const words = await main(page);
      assert.match(words, /После экспертизы проекта добавлены пандус/);
      assert.match(words, /заключение экспертизы № 17-0142/);
      assert.ok(await page.locator('#cost tbody tr').count() >= 1);
      await page.selectOption('#f-field', 'ends_on');
      await page.click('form.filters button, .filters button');
      assert.match(pathOf(page) + new URL(page.url()).search, /history\?field=ends_on/);
      assert.match(await page.innerText('#changes'), /на два месяца позже/);
      assert.doesNotMatch(await page.innerText('#changes'), /пандус/);
    }));

  test('sees who pays which part and from which grant', () =>
    asVisitor(browser, PLAIN, async page => {
      await openProject(page, 'kk', 'ZHB-2025-009');
      const words = await page.innerText('#partners');
      assert.match(words, /82,36/);
      assert.match(words, /KE-2025-017/);
      assert.match(words, /EUR/);
      assert.match(await page.innerText('#team'), /жетекші/);
    }));
});

describe('officers', () => {
  test('a manager changes shares: first they do not make a whole, then they do', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await openProject(page, 'ru', 'ZHB-2025-006');
      await page.click('#partners a[href$="/partners"]');
      await page.fill('#f-own_share', '59');
      assert.equal((await send(page, '.actions button')).status(), 422);
      assert.match(await main(page), /Доли вместе дают 99/);
      await page.fill('#f-own_share', '60');
      assert.equal((await send(page, '.actions button')).status(), 303);
    }));

  test('the akim goes from the desk to the meeting, gives a task and closes it', () =>
    asOfficer(browser, 'akim', PLAIN, async page => {
      await page.goto(`${base}/ru/admin`);
      await page.click('main a[href="/ru/admin/work/meeting"]');
      assert.match(await page.innerText('#tasks'), /просрочено на/);
      const text = `Проверить подъезд к школе ${newLogin()}`;
      await page.fill('#f-number', 'ZHB-2026-007');
      await page.fill('#f-text', text);
      await page.fill('#f-owner', 'Отдел строительства');
      await page.fill('#f-due_on', '2035-01-15');
      assert.equal((await send(page, '#give button')).status(), 303);
      const row = page.locator('#tasks li', { hasText: text });
      await row.locator('input[name^="result_"]').fill('Подъезд расчищен');
      assert.equal((await send(page, `#tasks li:has-text("${text}") button`)).status(), 303);
      assert.equal(await page.locator('#tasks li', { hasText: text }).count(), 0);
    }));

  test('an analyst goes down the portfolio to a list of projects', () =>
    asOfficer(browser, 'analyst', PLAIN, async page => {
      await page.goto(`${base}/en/admin/work/portfolio`);
      await page.click('#by-status tbody a >> nth=0');
      await page.click('#by-sector tbody a >> nth=0');
      assert.match(new URL(page.url()).search, /sector=.*|status=.*/);
      await page.click('main a.button[href*="/projects?"]');
      assert.match(pathOf(page), /^\/en\/projects/);
      await page.goto(`${base}/en/admin/work/board?modality=ppp`);
      assert.match(await main(page), /Direct negotiation/);
    }));
});
