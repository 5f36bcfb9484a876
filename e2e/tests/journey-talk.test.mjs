// A conversation: one resident asks, another answers, supports and reports, a moderator looks and keeps; without scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, openProject, pathOf, register, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { width: WIDTHS.phone, scripts: false };
const letters = () => newLogin().replace(/[0-9]/g, digit => 'абвгдежзик'[digit]);

describe('residents talk', () => {
  test('one asks, another answers, supports and reports, a moderator keeps it, the author takes it back', () =>
    asVisitor(browser, PLAIN, async one => {
      await register(one, 'ru', 'Сырым А.');
      await openProject(one, 'ru', 'ZHB-2025-010');
      const words = `Когда закончат тротуар ${letters()}`, answer = `Обещали к лету ${letters()}`;
      await one.fill('#comments textarea', words);
      await send(one, '#comments form[action$="/comments"] button');
      const project = pathOf(one).split('?')[0].split('#')[0];

      await asVisitor(browser, PLAIN, async other => {
        await register(other, 'ru', 'Жұлдыз Е.');
        await other.goto(`${base}${project}`);
        const entry = other.locator('#comments .entry', { hasText: words });
        await send(other, entry.locator('form[action$="/support"] button'));
        assert.match(await other.locator('#comments .entry', { hasText: words }).innerText(), /Поддержал 1 человек/);
        await other.locator('#comments .entry', { hasText: words }).locator('a[href*="/comments/"]').first().click();
        await other.fill('#answer textarea', answer);
        await send(other, '#answer button');
        assert.ok((await main(other)).includes(answer));
        await other.locator('.entry', { hasText: words }).locator('a[href*="/comments/"]').first().click();
        await other.selectOption('#report select', 'off_topic');
        await send(other, '#report button');
        assert.ok(await other.isVisible('[role=status]'));
      });

      await asOfficer(browser, 'moderator', PLAIN, async page => {
        await page.goto(`${base}/ru/admin/moderation?view=queue&show=many`);
        const entry = page.locator('.entry', { hasText: words });
        assert.match(await entry.innerText(), /не по теме/);
        await entry.locator('input[type=checkbox]').check();
        await send(page, '#bulk button[value=keep]');
        assert.ok(!(await main(page)).includes(words));
      });

      await one.goto(`${base}/ru/account/comments`);
      assert.ok((await main(one)).includes('оставлено'), 'the author reads what the moderator did');
      await one.locator('.entry', { hasText: words }).locator('a').first().click();
      await send(one, '#remove button');
      assert.ok(!(await main(one)).includes(words));
      assert.ok((await main(one)).includes(answer), 'answers stay');
    }));

  test('the rules and the report on moderation are public', () =>
    asVisitor(browser, PLAIN, async page => {
      await page.goto(`${base}/kk/moderation`);
      assert.equal(await page.locator('#counts table').count(), 2);
      assert.ok(await page.isVisible('#score table'));
    }));
});
