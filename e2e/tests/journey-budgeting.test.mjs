// Participatory budgeting without scripts: a resident hands a proposal in, a clerk returns it, the resident corrects it, the
// assessor finds that it can be built.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { width: WIDTHS.phone, scripts: false };
const WIDE = { width: WIDTHS.desk, scripts: false };
const AT = '/ru/budgeting/auyldar';

describe('participatory budgeting', () => {
  test('a proposal is written, returned, corrected and found feasible', () =>
    asOfficer(browser, 'resident', PLAIN, async one => {
      await one.goto(`${base}${AT}`);
      assert.match(await main(one), /Приём предложений/);
      await send(one, 'form[action$="/proposals"] button');
      await one.fill('#f-title', 'Навес над остановкой у школы');
      await one.fill('#f-need', 'Дети ждут автобус под дождём.');
      await one.fill('#f-body', 'Навес, скамья, свет.');
      await send(one, 'button[value=next]');
      await one.fill('#f-site', 'село Коксага, школа');
      await one.selectOption('#f-envelope', 'koksagha');
      await one.selectOption('#f-category', 'furniture');
      await one.fill('#f-cost', '1800000');
      await send(one, 'button[value=next]');
      await one.check('#f-looked');
      await send(one, 'button[value=next]');
      await send(one, 'form[action$="/submit"] button');
      assert.match(await main(one), /Подано/);
      const page = new URL(one.url()).pathname;
      const work = page.replace('/budgeting/', '/admin/budgeting/');

      await asOfficer(browser, 'clerk', WIDE, async clerk => {
        await clerk.goto(`${base}${work}`);
        await clerk.check('input[name=fault][value=place]');
        await clerk.fill('#return textarea', 'Уточните, с какой стороны школы.');
        await send(clerk, '#return button[value=return]');
        assert.match(await main(clerk), /Возвращено/);
      });

      await one.goto(`${base}${page}`);
      assert.match(await main(one), /с какой стороны/);
      await one.click('a[href$="/edit"]');
      await one.click('a[href$="step=2"]');
      await one.fill('#f-site', 'село Коксага, школа, южная сторона');
      await send(one, 'button[value=next]');
      await one.goto(`${one.url().split('?')[0]}?step=4`);
      await send(one, 'form[action$="/submit"] button');
      assert.match(await main(one), /южная сторона/);

      await asOfficer(browser, 'analyst', WIDE, async analyst => {
        await analyst.goto(`${base}${work}`);
        await analyst.selectOption('#f-assessor', { index: 0 });
        const chosen = await analyst.locator('#f-assessor option', { hasText: 'құрылыс' }).first().getAttribute('value');
        await analyst.selectOption('#f-assessor', chosen);
        await analyst.check('#f-declared');
        await send(analyst, '#assign button');
      });
      await asOfficer(browser, 'manager', WIDE, async manager => {
        await manager.goto(`${base}${work}`);
        await manager.fill('#approve #f-cost', '1900000');
        await manager.fill('#approve #f-months', '4');
        await manager.fill('#approve #f-body', 'Отдел строительства');
        await manager.fill('#approve #f-basis', 'Закон о местном управлении, статья 31');
        await send(manager, '#approve button[value=approve]');
      });
      await one.goto(`${base}${page}`);
      assert.match(await main(one), /Можно исполнить/);
      assert.match(await main(one), /Отдел строительства/);
    }));

  test('the draw can be repeated and the list is by chance but the same for one visitor', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/ru/budgeting/zhanabulaq/draw`);
      assert.equal(await page.locator('.verdict-ok').count(), 1);
      assert.equal(await page.locator('tbody tr').count(), 24);
      await page.goto(`${base}/ru/budgeting/zhanabulaq/proposals`);
      const first = await page.locator('.card-title').allInnerTexts();
      assert.equal(first.length, 24);
      await page.goto(`${base}/ru/budgeting/zhanabulaq/proposals`);
      assert.deepEqual(await page.locator('.card-title').allInnerTexts(), first);
    }));
});
