// What a click on "what if" takes, from the press to the page that is drawn, for the scenario of `akimat bench seed
// --candidates N`: node bench/whatif.mjs, with AKIMAT_URL. Prints milliseconds of each click, their median and the slowest.
import { baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, send } from '../support/people.mjs';

const base = baseUrl();
const LIST = `${base}/en/admin/programmes?place=990100000`;
const SOLVED_WITHIN_MS = 15 * 60_000;

/** Milliseconds from pressing a link or button until the new page has been drawn. */
async function timed(page, press) {
  const began = performance.now();
  await press();
  await page.waitForLoadState('load');
  await page.evaluate(() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return performance.now() - began;
}

/** The scenario with a plan; the work on its reasons is stopped, so that the clicks have the machine to themselves. */
async function openSolved(page) {
  await page.goto(LIST);
  await send(page, page.getByRole('link', { name: 'Bench', exact: true }).first());
  const scenario = page.url().replace(/\?.*/, '');
  if (!(await page.locator('#plan').count()) && !(await page.locator('#running').count())) {
    await send(page, page.locator('form[action*="/solve"] button').first());
  }
  const end = performance.now() + SOLVED_WITHIN_MS;
  while (!(await page.locator('#plan').count())) {
    if (performance.now() > end) throw new Error('the scenario was not solved in time');
    await page.waitForTimeout(2_000);
    await page.goto(`${scenario}?hold=1`);
  }
  const stop = page.locator('form[action*="/cancel"] button');
  while (await stop.count()) {
    await send(page, stop.first());
    await page.waitForTimeout(2_000);
    await page.goto(`${scenario}?hold=1`);
  }
  return scenario;
}

const browser = await launch();
try {
  await asOfficer(browser, 'analyst', {}, async page => {
    page.setDefaultTimeout(60_000);
    page.on('dialog', dialog => dialog.accept());
    const scenario = await openSolved(page);
    console.log(`${await page.locator('#plan tbody tr').count()} projects in the plan, ${await page.locator('#out tbody tr').count()} out of it`);
    const took = [];
    for (let round = 0; round < 10; round += 1) {
      await page.goto(`${scenario}/whatif`);
      const money = page.locator('.steps-row a').nth(round % 8);
      const projects = page.locator(round % 2 ? '#f-keep option' : '#f-bar option');
      const project = await projects.nth(1 + 7 * round).getAttribute('value');
      const label = (await money.innerText()).trim().replaceAll(/\s+/g, ' ');
      took.push([label, await timed(page, () => money.click())]);
      await page.selectOption(round % 2 ? '#f-keep' : '#f-bar', project);
      const ask = page.locator('#main form[method=get] button[type=submit]');
      took.push([`${label}, ${round % 2 ? 'a project kept' : 'a project barred'}`, await timed(page, () => ask.click())]);
      if (!(await page.isVisible('#result'))) throw new Error(`no result: ${await page.innerText('main')}`);
    }
    for (const [what, milliseconds] of took) console.log(`${milliseconds.toFixed(0).padStart(6)} ms  ${what}`);
    const sorted = took.map(([, milliseconds]) => milliseconds).sort((a, b) => a - b);
    console.log(`median ${sorted[sorted.length >> 1].toFixed(0)} ms, slowest ${sorted.at(-1).toFixed(0)} ms of ${sorted.length} clicks`);
  });
} finally {
  await browser.close();
}
