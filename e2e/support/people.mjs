// People of the demonstration: officers with their known accounts, and residents who register on the spot.
import { asVisitor, baseUrl, signIn } from './browser.mjs';

// One signing in a role and file: the server counts attempts of an address.
const sessions = new Map();

/** Runs `visit(page)` as the demo account `login` (manager, analyst, akim, moderator, admin, resident). */
export function asOfficer(browser, login, options, visit) {
  return asVisitor(browser, options, async page => {
    if (!sessions.has(login)) {
      await signIn(page, login, `demo-${login}-1`);
      sessions.set(login, await page.context().cookies());
    } else {
      await page.context().addCookies(sessions.get(login));
    }
    return visit(page);
  });
}

let residents = 0;

/** A login nobody has yet, so that a test never meets the traces of another. */
export function newLogin() {
  residents += 1;
  return `r${Date.now().toString(36)}${process.pid.toString(36)}${residents}`;
}

/** Registers a new resident by the form and leaves the page signed in. Returns the login. */
export async function register(page, language, name = 'Аружан Т.') {
  const login = newLogin();
  await page.goto(`${baseUrl()}/${language}/register`);
  await page.fill('#f-display_name', name);
  await page.fill('#f-login', login);
  await page.fill('#f-password', 'үш түрлі сөз 77');
  await page.fill('#f-password_again', 'үш түрлі сөз 77');
  await send(page, '#main form:not([hidden]) button[type=submit]');
  return login;
}

/** Presses a button or link (selector or locator) and waits for the page it leads to. Returns its answer, before any redirect. */
export async function send(page, button) {
  const posted = page.waitForResponse(response => response.request().isNavigationRequest());
  await (typeof button === 'string' ? page.locator(button) : button).click();
  const answer = await posted;
  await page.waitForLoadState('load');
  return answer;
}

/** What a reader sees of the page itself. */
export const main = page => page.innerText('main');

/** The path of the page, without the server and the query. */
export const pathOf = page => new URL(page.url()).pathname;

/** Finds a project by its number in the register and opens its page. */
export async function openProject(page, language, number) {
  await page.goto(`${baseUrl()}/${language}/projects?q=${encodeURIComponent(number)}`);
  await page.click('.card-title a');
  await page.waitForLoadState('load');
}

/** The bytes of a file that the site offers to take along. */
export async function download(url) {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
  if (!/attachment/.test(answer.headers.get('content-disposition') ?? '')) throw new Error(`${url} is no download`);
  return Buffer.from(await answer.arrayBuffer());
}
