// The work plan of a project: a manager makes it without scripts, a resident reads what is done beside what is paid.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, openProject, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { scripts: false };

/** A project of its own, so that no test meets the plan of another. */
async function newProject(page) {
  const number = `PLAN-${newLogin()}`;
  await page.goto(`${base}/en/admin/projects/new`);
  await page.fill('#f-number', number);
  await page.fill('#f-title_en', 'Water tower of the e2e village');
  await page.selectOption('#f-sector', 'water');
  await page.fill('#f-money_year_0', '2026');
  await page.fill('#f-money_planned_0', '3000');
  await page.fill('#f-money_paid_0', '2600');
  await page.selectOption('#f-money_source_0', 'own');
  const save = () => send(page, page.locator('#main form.sheet button:not([name])').last());
  let status = (await save()).status();
  if (status === 422 && (await page.locator('#f-another').count())) {
    // The tower of another test resembles this one.
    await page.check('#f-another');
    status = (await save()).status();
  }
  assert.equal(status, 303);
  return pathOf(page).slice('/en'.length);
}

async function addItem(page, work, fields) {
  await page.goto(`${base}/en${work}/item`);
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'kind') await page.selectOption('#f-kind', value);
    else await page.fill(`#f-${name}`, value);
  }
  return (await send(page, '#main form.sheet button')).status();
}

describe('a project manager', () => {
  test('makes a plan, approves it, measures, and the page tells work from money', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      const path = await newProject(page), work = `/admin${path}/plan`;
      await page.click('.tabs a[href$="/plan"], nav a[href$="/plan"]');
      assert.match(await main(page), /There is no work plan yet/);
      assert.equal(await addItem(page, work, { code: '1', title: 'Foundation', start: '2026-03-02', finish: '2026-05-29', actual_start: '2026-03-02', budget: '2000', done: '50', measured_on: '2026-06-01' }), 303);
      // A circle is named by its members, and nothing is stored.
      assert.equal(await addItem(page, work, { code: '2', title: 'Tank', start: '2026-06-01', finish: '2026-08-28', budget: '1000', predecessors: '1' }), 303);
      await page.click('main table a >> text=1 Foundation');
      await page.fill('#f-predecessors', '2');
      assert.equal((await send(page, '#main form.sheet button')).status(), 422);
      assert.match(await page.innerText('.error-summary'), /wait for each other in a circle: .*1.*2|wait for each other in a circle: .*2.*1/);
      assert.equal(await addItem(page, work, { code: '3', title: 'Water flows', kind: 'milestone', finish: '2026-08-28', predecessors: '2' }), 303);
      await page.fill('#f-approved_on', '2026-03-01');
      await page.fill('#f-basis', 'Order No. 7 of 1 March 2026');
      assert.equal((await send(page, '#approve button')).status(), 303);
      await page.goto(`${base}/en${path}/plan`);
      const words = await main(page);
      for (const part of ['Order No. 7', 'Milestones', 'Earned value', 'percentage points', 'Water flows']) assert.ok(words.includes(part), part);
      assert.ok(await page.locator('.work-frame svg').count(), 'the plan is drawn');
      // Paid 87 %, done a third: flagged here and in the list of the staff.
      await page.goto(`${base}/en/admin/plans?only=gap`);
      assert.ok((await main(page)).includes('Work beside money'));
    }));

  test('records a measured result, which the register shows too', () =>
    asOfficer(browser, 'manager', PLAIN, async page => {
      await openProject(page, 'en', 'ZHB-2025-012');
      const path = pathOf(page).slice('/en'.length);
      await page.goto(`${base}/en/admin${path}/results`);
      await page.selectOption('#f-result', { index: 1 });
      await page.fill('#f-value', 'many');
      await page.fill('#f-source', 'Count on site');
      await page.fill('#f-measured_on', '2026-10-01');
      assert.equal((await send(page, '#main form.sheet button')).status(), 422);
      await page.fill('#f-value', '12,5');
      assert.equal((await send(page, '#main form.sheet button')).status(), 303);
      await page.goto(`${base}/en${path}/plan`);
      assert.match(await page.innerText('#results'), /12\.5/);
    }));
});

describe('a resident', () => {
  test('reads the plan of a road in Kazakh on a phone, without scripts', () =>
    asVisitor(browser, { scripts: false, viewport: { width: 360, height: 800 } }, async page => {
      await openProject(page, 'kk', 'ZHB-2025-005');
      await page.click('nav a[href$="/plan"]');
      const words = await main(page);
      for (const part of ['Жұмыс пен ақша', 'Кезең белгілері', 'пайыздық тармаққа озып тұр', 'Игерілген көлем', 'Күтілетін нәтижелер']) {
        assert.ok(words.includes(part), part);
      }
    }));
});
