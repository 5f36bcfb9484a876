// What holds around every page: errors in three languages, forged addresses, the menu on a phone, paper.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, asVisitor, baseUrl, launch, tabTo } from '../support/browser.mjs';
import { main, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };

describe('what does not exist', () => {
  for (const [language, word] of [['kk', 'бет'], ['ru', 'траниц'], ['en', 'no such page']]) {
    test(`says so in ${language} and leads home`, () =>
      asVisitor(browser, PLAIN, async page => {
        assert.equal((await page.goto(`${base}/${language}/no/such/page`)).status(), 404);
        assert.ok((await main(page)).includes(word));
        await send(page, 'main a.button');
        assert.equal(page.url().replace(/\/$/, ''), `${base}/${language}`);
      }));
  }

  for (const forged of ['/ru/projects/1', '/ru/projects/%F0%9F%90%8E', "/kk/budgets/'or'1", '/en/decisions/00000000-0000-0000-0000-000000000000',
    '/en/places/abc', '/ru/places/999999999999', '/de/projects', '/en/budgets/x/download/exe']) {
    test(`${forged} is a page that does not exist, not a fault`, async () => {
      assert.equal((await fetch(base + forged)).status, 404);
    });
  }

  test('odd filters are left out, not held against anybody', async () => {
    for (const query of ['status=nonsense', 'after=forged', 'sort=%00', `q=${'ы'.repeat(2000)}`, 'sector=water&sector=energy']) {
      assert.equal((await fetch(`${base}/ru/projects?${query}`)).status, 200, query);
    }
  });
});

test('the address without a language follows the wish of the browser', async () => {
  for (const [wish, expected] of [['ru', '/ru'], ['kk-KZ', '/kk'], ['en-GB,en', '/en'], ['de', '/kk']]) {
    const answer = await fetch(`${base}/`, { headers: { 'accept-language': wish }, redirect: 'manual' });
    assert.equal(new URL(answer.headers.get('location'), base).pathname.replace(/\/$/, ''), expected);
  }
});

test('a form from another site is refused', async () => {
  const answer = await fetch(`${base}/ru/sign-in`, {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'login=resident&password=demo-resident-1',
  });
  assert.equal(answer.status, 403);
});

describe('by keyboard', () => {
  test('the first stop leads past the frame to the content', () =>
    asVisitor(browser, {}, async page => {
      await page.goto(`${base}/kk/projects`);
      await page.keyboard.press('Tab');
      assert.ok(await page.isVisible('a.skip'));
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    }));

  test('the small menu opens, leads on, and closes with Escape', () =>
    asVisitor(browser, { width: WIDTHS.phone }, async page => {
      await page.goto(`${base}/ru`);
      await tabTo(page, '.menu-small summary');
      await page.keyboard.press('Enter');
      assert.ok(await page.isVisible('.menu-small a[href="/ru/budgets"]'));
      await page.keyboard.press('Escape');
      assert.ok(!(await page.isVisible('.menu-small a[href="/ru/budgets"]')));
      await page.keyboard.press('Enter');
      await tabTo(page, '.menu-small a[href="/ru/budgets"]');
      await Promise.all([page.waitForURL(/\/ru\/budgets$/), page.keyboard.press('Enter')]);
    }));
});

describe('on paper', () => {
  for (const language of LANGUAGES) {
    test(`a project page in ${language} is its content alone`, () =>
      asVisitor(browser, {}, async page => {
        await page.goto(`${base}/${language}/projects`);
        await send(page, page.locator('.card-title a').first());
        await page.emulateMedia({ media: 'print' });
        for (const part of ['nav.menu', '.utility', '.menu-small', '.site-foot nav', '.breadcrumbs', 'main form']) {
          for (const one of await page.locator(part).all()) assert.ok(!(await one.isVisible()), part);
        }
        for (const part of ['h1', '.stats', 'main table']) assert.ok(await page.locator(part).first().isVisible(), part);
        assert.ok((await page.pdf({ format: 'A4' })).length > 5000);
      }));
  }
});
