// The head reads why a project is out, deviates with a reason, sees the cost, signs and publishes; a resident reads the reason.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };
const solve = 'button[name=act][value=solve]';

/** A new scenario of the demonstration's district with its plan. */
async function solved(page) {
  await page.goto(`${base}/ru/admin/programmes/new?place=990100000`);
  await page.fill('#f-title', `К решению ${newLogin()}`);
  // Running contracts take transfers: with none of them no plan is possible.
  for (const cell of await page.locator('input[name^="budget-transfer-"]').all()) await cell.fill('3000000');
  assert.equal((await send(page, solve)).status(), 303);
  const path = pathOf(page);
  const end = Date.now() + 180_000;
  for (;;) {
    await page.goto('about:blank');
    await page.goto(base + path);
    if (!(await page.locator('#running').count())) return path;
    assert.ok(Date.now() < end, 'the scenario was not solved in time');
    await page.waitForTimeout(1000);
  }
}

describe('the decision on a programme', () => {
  test('is read, changed with a reason, priced, signed, published and read by a resident', () =>
    asOfficer(browser, 'akim', PLAIN, async page => {
      const scenario = await solved(page);
      await page.goto(`${base}${scenario}/pictures`);
      assert.ok((await page.locator('figure.figure').count()) >= 5);

      await page.goto(`${base}${scenario}/decide`);
      const rejected = page.locator('.verdict-row:not(.verdict-in)').first();
      const title = await rejected.locator('h3').innerText();
      await send(page, rejected.locator('a[href*="/why/"]'));
      assert.ok((await main(page)).includes(title));
      assert.ok((await page.locator('#cost p').first().innerText()).length > 20);

      await page.goto(`${base}${scenario}/decide`);
      const dropped = page.locator('.verdict-in').last();
      const left = await dropped.locator('h3').innerText();
      await dropped.locator('summary').click();
      await dropped.locator('select').selectOption('out');
      await send(page, 'button[name=act][value=preview]:not(.hide)');
      assert.ok(await page.isVisible('#preview'), 'the cost stands before the signature');
      assert.equal((await send(page, 'button[name=act][value=sign]')).status(), 422, 'a deviation needs its reason');
      assert.ok(await page.isVisible('.error-summary'));

      const reason = `Участок ещё не оформлен ${newLogin()}`;
      await page.locator('.verdict-in', { hasText: left }).locator('textarea').fill(reason);
      assert.equal((await send(page, 'button[name=act][value=sign]')).status(), 303);
      assert.ok((await main(page)).includes(reason));
      assert.equal((await send(page, '#signed form button')).status(), 303);
      const decision = pathOf(page);
      assert.match(decision, /^\/ru\/decisions\/[0-9a-f-]{36}$/);

      await asVisitor(browser, { scripts: false, width: WIDTHS.phone }, async anyone => {
        for (const language of LANGUAGES) {
          await anyone.goto(base + decision.replace('/ru/', `/${language}/`));
          // Chosen projects are folded by year: the reason is there, if not in sight.
          assert.ok((await anyone.locator('main').textContent()).includes(reason));
          for (const row of await anyone.locator('#out .verdict-row').all()) {
            const said = await row.locator('p').last().textContent();
            assert.ok(said.trim().length > 20, 'every rejected project has its reason');
          }
        }
        await anyone.goto(base + decision);
        assert.equal(await anyone.locator('#out .verdict-row', { hasText: left }).locator('.tag-gold').count(), 1);
        assert.ok((await anyone.locator('#out').innerText()).includes(title));
        const project = anyone.locator('#in .verdict-row').first();
        assert.equal(await project.isVisible(), false, 'the projects of a year are folded');
        await anyone.locator('#in .fold-year > summary').first().focus();
        await anyone.keyboard.press('Enter');
        assert.ok(await project.isVisible(), 'the keyboard opens a year');
        await anyone.goto(`${base}/ru/decisions`);
        assert.equal(await anyone.locator(`main a[href="${decision}"]`).count(), 1);
        for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
          assert.equal((await fetch(`${base}${decision}/download/${format}`)).status, 200, format);
        }
      });
    }));
});
