// What officers of the akimat come for: a manager reports and registers, a moderator keeps order, an administrator opens accounts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch, signIn, tabTo } from '../support/browser.mjs';
import { asOfficer, main, newLogin, openProject, pathOf, register, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
/** The form of a project has buttons for further rows, too. */
const saveButton = page => page.locator('#main form.sheet button:not([name])').last();

describe('a project manager', () => {
  test('posts progress and news from the project page', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await openProject(page, 'ru', 'ZHB-2025-012');
      await page.click('main a[href$="/progress"]');
      const news = `Привезли новый реактор, монтаж начнётся в понедельник. ${newLogin()}`;
      await page.fill('#f-body', news);
      await page.fill('#f-progress_pct', '37');
      assert.equal((await send(page, '#main form:not([hidden]) button')).status(), 303);
      assert.ok((await page.innerText('#news')).includes(news));
      assert.match(await page.innerText('main .progress >> nth=0'), /37/);
    }));

  test('is told what is wrong with a report and keeps its words', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await openProject(page, 'kk', 'ZHB-2025-012');
      await page.click('main a[href$="/progress"]');
      await page.fill('#f-body', 'Жұмыс жүріп жатыр.');
      await page.fill('#f-progress_pct', '137');
      assert.equal((await send(page, '#main form:not([hidden]) button')).status(), 422);
      assert.equal(await page.inputValue('#f-body'), 'Жұмыс жүріп жатыр.');
      await page.click('.error-summary a');
      assert.equal(new URL(page.url()).hash, '#f-progress_pct');
    }));

  test('registers a project: first with mistakes, then rightly', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await page.goto(`${base}/en/admin`);
      await page.click('main a[href="/en/admin/projects/new"]');
      const number = `E2E-${newLogin()}`;
      await page.fill('#f-number', number);
      await page.fill('#f-contractor', 'Sample Builders');
      await page.selectOption('#f-sector', 'water');
      await page.fill('#f-starts_on', '2027-05-01');
      await page.fill('#f-ends_on', '2027-04-01');
      await page.fill('#f-money_year_0', '2027');
      await page.fill('#f-money_planned_0', 'a lot');
      assert.equal((await send(page, saveButton(page))).status(), 422);
      assert.ok((await page.title()).startsWith('Error:'));
      assert.equal(await page.inputValue('#f-contractor'), 'Sample Builders');
      assert.equal(await page.inputValue('#f-sector'), 'water');
      assert.equal(await page.inputValue('#f-money_planned_0'), 'a lot');
      assert.ok((await page.locator('.error-summary a').count()) > 0);

      await page.fill('#f-title_en', 'A well for the e2e village');
      await page.fill('#f-ends_on', '2027-09-01');
      await page.fill('#f-money_planned_0', '1250,5');
      await page.selectOption('#f-money_source_0', 'own');
      let status = (await send(page, saveButton(page))).status();
      if (status === 422 && (await page.locator('#f-another').count())) {
        await page.check('#f-another');
        status = (await send(page, saveButton(page))).status();
      }
      assert.equal(status, 303);
      const words = await main(page);
      for (const part of [number, 'Sample Builders', 'Water and sewerage', 'A well for the e2e village']) {
        assert.ok(words.includes(part), part);
      }
    }));

  test('who edits in two tabs learns in the second that somebody was faster', () =>
    asOfficer(browser, 'manager', PLAIN, async first => {
      await openProject(first, 'ru', 'ZHB-2026-043');
      await first.click('main a[href$="/edit"]');
      const second = await first.context().newPage();
      await second.goto(first.url());
      await first.fill('#f-contractor', `Первая вкладка ${newLogin()}`);
      assert.equal((await send(first, saveButton(first))).status(), 303);
      await second.fill('#f-contractor', 'Вторая вкладка');
      assert.equal((await send(second, saveButton(second))).status(), 409);
      assert.match(await main(second), /не сохранены|не сохранились|изменил/);
      await first.reload();
      assert.match(await main(first), /Первая вкладка/);
    }));

  test('may not edit what lies outside the territory, nor see other desks', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      for (const path of ['/ru/admin/moderation', '/ru/admin/import/budget', '/ru/admin/accounts']) {
        assert.equal((await page.goto(base + path)).status(), 403, path);
      }
      await page.goto(`${base}/ru/admin/projects/new`);
      await page.fill('#f-number', `E2E-${newLogin()}`);
      await page.fill('#f-place', '610000000');
      await page.fill('#f-title_ru', 'Не наша территория');
      assert.equal((await send(page, saveButton(page))).status(), 403);
    }));
});

describe('a moderator', () => {
  test('hides a comment with a reason that stays in its place, and shows it again', () =>
    asVisitor(browser, PLAIN, async resident => {
      await register(resident, 'kk', 'Сырым А.');
      await openProject(resident, 'kk', 'ZHB-2025-010');
      const words = `Менің телефоным 8 700 000 00 00, хабарласыңыз. ${newLogin()}`, reason = `Жеке дерек ${newLogin()}`;
      await resident.fill('#comments textarea', words);
      await send(resident, '#comments form[action$="/comments"] button');
      const project = base + pathOf(resident);

      await asOfficer(browser, 'moderator', PLAIN, async page => {
        await page.goto(`${base}/kk/admin/moderation?view=newest`);
        const entry = page.locator('.entry', { hasText: words });
        await entry.locator('summary').click();
        await entry.locator('input[type=text]').fill('  ');
        assert.equal((await send(page, entry.locator('form button'))).status(), 422);
        assert.ok((await page.title()).startsWith('Қате:'), 'a reason is needed');

        const again = page.locator('#hide');
        await again.locator('input[type=text]').fill(reason);
        await send(page, again.locator('form button'));
        assert.ok(await page.isVisible('[role=status]'));

        await resident.goto(project);
        const seen = await resident.innerText('#comments');
        assert.ok(!seen.includes(words), 'the words are gone');
        assert.ok(seen.includes(reason), 'the reason stands in their place');

        await page.goto(`${base}/kk/admin/moderation?view=newest`);
        await send(page, page.locator('.entry', { hasText: reason }).locator('form button'));
        await resident.reload();
        assert.ok((await resident.innerText('#comments')).includes(words), 'and back again');
      });
    }));

  test('works the queue by keyboard', () =>
    asOfficer(browser, 'moderator', {}, async page => {
      await page.goto(`${base}/ru/admin`);
      await tabTo(page, 'main a[href="/ru/admin/moderation"]');
      await Promise.all([page.waitForURL(/moderation/), page.keyboard.press('Enter')]);
      await tabTo(page, '.entry summary');
      await page.keyboard.press('Enter');
      await tabTo(page, '.entry input[type=text]');
      assert.ok(await page.evaluate(() => document.activeElement.labels[0].textContent.trim().length > 0));
    }));
});

describe('an administrator', () => {
  test('opens an account that works at once and is on the record', () =>
    asOfficer(browser, 'admin', PLAIN, async page => {
      const login = newLogin();
      await page.goto(`${base}/en/admin/accounts`);
      await page.fill('#f-login', login);
      await page.fill('#f-display_name', 'Dana M.');
      await page.selectOption('#f-role', 'moderator');
      await page.fill('#f-password', 'short');
      assert.equal((await send(page, '#main form:not([hidden]) button')).status(), 422);
      assert.equal(await page.inputValue('#f-display_name'), 'Dana M.');
      assert.equal(await page.inputValue('#f-role'), 'moderator');
      await page.fill('#f-password', 'four words and seven');
      assert.equal((await send(page, '#main form:not([hidden]) button')).status(), 303);
      await page.goto(`${base}/en/admin/audit`);
      assert.match(await main(page), /open_account|account/);

      await asVisitor(browser, PLAIN, async officer => {
        await signIn(officer, login, 'four words and seven');
        assert.equal(pathOf(officer), '/en/admin');
        assert.equal(await officer.locator('main a[href="/en/admin/moderation"]').count(), 1);
      });
    }));

  test('a resident is refused politely, a stranger is asked to sign in and comes back', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/kk/admin/accounts`);
      assert.equal(pathOf(page), '/kk/sign-in');
      await page.fill('#f-login', 'resident');
      await page.fill('#f-password', 'demo-resident-1');
      await send(page, '#main form:not([hidden]) button');
      assert.equal(pathOf(page), '/kk/admin/accounts');
      assert.equal((await page.goto(`${base}/kk/admin/accounts`)).status(), 403);
      assert.equal(await page.locator('main h1').count(), 1);
      assert.equal(await page.locator('main form').count(), 0);
    }));
});
