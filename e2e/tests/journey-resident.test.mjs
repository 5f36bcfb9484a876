// What residents come for: find, understand, rate, speak. On a phone, often without JavaScript, in three languages.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, asVisitor, baseUrl, launch, tabTo } from '../support/browser.mjs';
import { download, main, openProject, pathOf, register, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PHONE = { width: WIDTHS.phone };
const PLAIN_PHONE = { width: WIDTHS.phone, scripts: false };
const TURKISTAN = /\/places\/610000000$/;

describe('finds the territory', () => {
  for (const language of LANGUAGES) {
    test(`the home page opens in ${language}`, () =>
      asVisitor(browser, PHONE, async page => {
        const response = await page.goto(`${base}/${language}`);
        assert.equal(response.status(), 200);
        assert.equal(await page.getAttribute('html', 'lang'), language);
        assert.ok(await page.isVisible('main h1'));
      }));
  }

  // Russian letters, Kazakh ones, Latin ones, none of the diacritics, and the keyboard left in English.
  for (const [language, typed] of [['ru', 'туркестан'], ['kk', 'Түркістан'], ['kk', 'туркистан'], ['en', 'turkistan'], ['ru', 'nehrbcnfy']]) {
    test(`by typing "${typed}" with the keyboard alone, in ${language}`, () =>
      asVisitor(browser, PLAIN_PHONE, async page => {
        await page.goto(`${base}/${language}`);
        await tabTo(page, 'main input[type=search]');
        await page.keyboard.type(typed);
        await Promise.all([page.waitForURL(TURKISTAN), page.keyboard.press('Enter')]);
        assert.match(await page.innerText('h1'), /Түркістан|Туркестан|Turkistan/);
      }));
  }

  test('a name that several places share is a list to choose from', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/kk/places?q=жанабулак`);
      const found = page.locator('main ul.links a');
      assert.ok((await found.count()) > 1);
      await send(page, found.first());
      assert.match(pathOf(page), /^\/kk\/places\/9901/);
    }));

  test('a name that nobody has is answered with advice', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/en/places?q=xyzzyxyzzy`);
      assert.match(await main(page), /Try a shorter name/);
    }));

  test('on the tile map by keyboard', () =>
    asVisitor(browser, {}, async page => {
      await page.goto(`${base}/ru`);
      await tabTo(page, 'svg a[href$="/places/610000000"]');
      await Promise.all([page.waitForURL(TURKISTAN), page.keyboard.press('Enter')]);
      assert.match(await page.innerText('h1'), /Туркестан/);
    }));

  test('another indicator on the map, without scripts, shows in map, table and address', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/en`);
      await page.selectOption('#f-indicator', 'transfer_dependence');
      await send(page, '#map form button');
      assert.equal(new URL(page.url()).searchParams.get('indicator'), 'transfer_dependence');
      assert.equal(await page.inputValue('#f-indicator'), 'transfer_dependence');
      assert.match(await page.locator('#map table').textContent(), /Aktobe Region\s*80\.4%/);
    }));

  test('with scripts the map follows the choice by itself', () =>
    asVisitor(browser, {}, async page => {
      await page.goto(`${base}/kk`);
      await Promise.all([page.waitForURL(/indicator=projects/), page.selectOption('#f-indicator', 'projects')]);
      assert.equal(await page.inputValue('#f-indicator'), 'projects');
    }));
});

describe('changes the language', () => {
  test('and stays on the same page with the same filter', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/kk/projects?sector=water`);
      await page.click('nav.languages a[lang=ru]');
      await page.waitForURL(`${base}/ru/projects?sector=water`);
      await page.click('nav.languages a[lang=en]');
      await page.waitForURL(`${base}/en/projects?sector=water`);
      assert.equal(await page.inputValue('#f-sector'), 'water');
      assert.equal(await page.getAttribute('html', 'lang'), 'en');
    }));
});

describe('reads projects', () => {
  test('filters the register by keyboard and opens a project', () =>
    asVisitor(browser, PHONE, async page => {
      await page.goto(`${base}/ru/projects`);
      await tabTo(page, '#f-q');
      await page.keyboard.type('ZHB-2025-001');
      await Promise.all([page.waitForURL(/q=ZHB/), page.keyboard.press('Enter')]);
      assert.equal(await page.locator('.card').count(), 1);
      await tabTo(page, '.card-title a');
      await Promise.all([page.waitForURL(/\/projects\/[0-9a-f-]{36}$/), page.keyboard.press('Enter')]);
      const words = await main(page);
      for (const part of ['ZHB-2025-001', 'Деньги', 'Этапы', 'Ожидаемые результаты']) assert.ok(words.includes(part), part);
    }));

  test('a filter that fits nothing offers the way back', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/kk/projects?q=xyzzyxyzzy`);
      await send(page, '.empty a');
      assert.ok((await page.locator('.card').count()) > 1);
    }));

  test('the register can be taken along', async () => {
    const csv = await download(`${base}/ru/projects/download/csv`);
    assert.deepEqual([...csv.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'spreadsheets know UTF-8 by its mark');
    assert.ok(csv.includes('ZHB-2025-001'));
    assert.ok((await download(`${base}/ru/projects/download/xlsx`)).subarray(0, 2).equals(Buffer.from('PK')));
  });
});

describe('takes part', () => {
  test('registers, rates, changes the rating, comments and signs out, without JavaScript', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await openProject(page, 'ru', 'ZHB-2025-005');
      const project = page.url();
      await send(page, '#rating a');
      await send(page, 'main a[href*="/register"]');
      await register(page, 'ru', 'Аружан Т.');
      assert.match(await page.innerText('[role=status]'), /\S/);

      await page.goto(project);
      await page.check('#rating input[value="2"]');
      assert.equal((await send(page, '#rating form button')).status(), 303);
      assert.equal(pathOf(page), new URL(project).pathname);
      assert.ok(await page.isVisible('[role=status]'));
      assert.ok(await page.isChecked('#rating input[value="2"]'));
      const votes = await page.innerText('#rating');

      await page.check('#rating input[value="5"]');
      await send(page, '#rating form button');
      assert.ok(await page.isChecked('#rating input[value="5"]'));
      const count = text => text.match(/·\s*(\d+)/)[1];
      assert.equal(count(await page.innerText('#rating')), count(votes), 'one person keeps one vote');

      const words = `Дорогу сделали хорошо, спасибо. ${Date.now()}`;
      await page.fill('#comments textarea', words);
      assert.equal((await send(page, '#comments form[action$="/comments"] button')).status(), 303);
      assert.ok((await page.innerText('#comments')).includes(words));
      assert.ok((await page.innerText('#comments')).includes('Аружан Т.'));

      await send(page, '.account form button');
      assert.ok(await page.isVisible('.account a[href="/ru/sign-in"]'));
      await page.goto(project);
      assert.equal(await page.locator('#rating form').count(), 0);
    }));

  test('rates by keyboard: Tab, arrows, Enter', () =>
    asVisitor(browser, PHONE, async page => {
      await register(page, 'kk');
      await openProject(page, 'kk', 'ZHB-2025-014');
      await tabTo(page, '#rating input[type=radio]');
      await page.keyboard.press('Space');
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
      await tabTo(page, '#rating form button');
      await Promise.all([page.waitForURL(/done=rating-saved/), page.keyboard.press('Enter')]);
      assert.ok(await page.isChecked('#rating input[value="4"]'));
    }));

  for (const [language, prefix] of [['kk', 'Қате'], ['ru', 'Ошибка'], ['en', 'Error']]) {
    test(`an empty comment is answered with a summary that leads to the field, in ${language}`, () =>
      asVisitor(browser, PLAIN_PHONE, async page => {
        await register(page, language);
        await openProject(page, language, 'ZHB-2025-018');
        await page.fill('#comments textarea', '   ');
        assert.equal((await send(page, '#comments form[action$="/comments"] button')).status(), 422);
        assert.ok((await page.title()).startsWith(`${prefix}:`), await page.title());
        await page.click('.error-summary a');
        assert.equal(new URL(page.url()).hash, '#f-body');
        assert.ok(await page.isVisible('#f-body-error'));
        assert.equal(await page.getAttribute('#f-body', 'aria-invalid'), 'true');
      }));
  }

  test('mistakes in registering keep what was written, but never a password', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/en/register`);
      await page.fill('#f-display_name', 'Aigul S.');
      await page.fill('#f-login', 'resident');
      await page.fill('#f-password', 'three plain words');
      await page.fill('#f-password_again', 'three other words');
      assert.equal((await send(page, '#main form:not([hidden]) button')).status(), 422);
      assert.equal(await page.inputValue('#f-display_name'), 'Aigul S.');
      assert.equal(await page.inputValue('#f-password'), '');
      assert.match(await page.innerText('.error-summary'), /differ/);
    }));

  test('a wrong password says what to do and not which of the two was wrong', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/en/sign-in`);
      await page.fill('#f-login', 'resident');
      await page.fill('#f-password', 'not the password');
      assert.equal((await send(page, '#main form:not([hidden]) button')).status(), 422);
      assert.match(await page.innerText('.error-summary'), /does not match/);
      assert.equal(await page.inputValue('#f-login'), 'resident');
    }));
});
