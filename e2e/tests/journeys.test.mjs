// What people come for, done as they would do it.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, asVisitor, baseUrl, launch, tabTo } from '../support/browser.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());

describe('a resident finds the territory', () => {
  for (const language of LANGUAGES) {
    test(`the home page opens in ${language}`, () =>
      asVisitor(browser, {}, async page => {
        const response = await page.goto(`${base}/${language}`);
        assert.equal(response.status(), 200);
        assert.equal(await page.getAttribute('html', 'lang'), language);
        assert.ok(await page.isVisible('main h1'));
      }));
  }

  // Typed as in Russian and as in Kazakh; both must lead to the region, whatever the language of the page.
  for (const [language, typed, shown] of [['ru', 'туркестан', 'Туркестан'], ['kk', 'Түркістан', 'Түркістан']]) {
    test(`by search with the keyboard alone, in ${language}`, () =>
      asVisitor(browser, {}, async page => {
        await page.goto(`${base}/${language}`);
        await tabTo(page, 'main input[type=search]');
        await page.keyboard.type(typed);
        await Promise.all([page.waitForURL(/[?&]q=/), page.keyboard.press('Enter')]);
        await tabTo(page, 'main a', { text: shown });
        const here = page.url();
        await Promise.all([page.waitForURL(url => url.href !== here), page.keyboard.press('Enter')]);
        assert.match(await page.innerText('h1'), new RegExp(shown));
      }));
  }
});
