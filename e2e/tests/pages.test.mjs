// Every kind of public page, in three languages, on a phone and on a desk.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, baseUrl, launch } from '../support/browser.mjs';
import { crawl, statuses } from '../support/crawl.mjs';
import { inspect } from '../support/inspect.mjs';

// Twenty pages in each of three languages: sixty, enough for one or two of every shape.
const PAGES_PER_LANGUAGE = 20;
// Links that repeat on every page are asked once; the rest is bounded so that a long register does not take all day.
const LINKS_ASKED = 400;

const base = baseUrl();
const browser = await launch();
after(() => browser.close());

// The walk is made in one language and repeated in the others, so that each language shows the same pages.
const walked = await crawl(browser, base, '/en', { limit: PAGES_PER_LANGUAGE });
// Pages of analysis lie deep; these are looked at whatever the walk finds first.
const ALSO = [
  '/en/projects/map',
  '/en/projects/calendar?view=list',
  '/en/projects/compare',
  '/en/subscriptions/new?place=990100000',
  '/en/sign-in/code',
  '/en/sign-in/reset',
  '/en/analysis/consolidation/990000000',
  '/en/analysis/execution/990000000',
  '/en/places/990100000/forecast/year',
  '/en/analysis/inequality?level=3&under=990000000',
  '/en/analysis/questions',
  '/en/places/990100000/peers',
  '/en/ranking/990100000',
  '/en/places/990100000/changes',
  '/en/places/990100000/citizens-budget',
  '/en/places/990100000/forecast?item=tax&frequency=monthly&horizon=12&levels=50&levels=80&levels=95',
  '/en/places/990100000/forecast/next-year?year=2026',
  '/en/places/990100000/demand?service=water&minutes=60&day=300',
  '/en/forecast/model',
  '/en/analysis/laboratory?place=990100000&item=tax&frequency=monthly&models=combined&models=naive&models=holt&models=theta&horizon=6&go=1',
  '/en/analysis/accuracy?record=later',
  '/en/places/990100000/accuracy?basis=year_to_date&record=later&breaks=2022&calm=yes',
  '/en/analysis/early-warning?red=50&amber=30',
  '/en/analysis/early-warning/method',
  '/en/analysis/risks?likelihood=4&indicator=slip',
  '/en/appraisals',
  '/en/budgeting',
  '/en/budgeting/auyldar',
  '/en/budgeting/zhanabulaq/draw',
  '/en/budgeting/zhanabulaq/proposals?envelope=town',
  '/en/budgeting/auyldar/proposals/8',
  '/en/budgeting/zhanabulaq-past/results',
  '/en/budgeting/zhanabulaq-past/works',
  '/en/budgeting/zhanabulaq/ballot',
  '/en/exercises',
  '/en/exercises/bolu-ulgi',
  '/en/exercises/bolu-ulgi-past',
  '/en/outcome/model',
  '/en/outcome/effect?parameter=water_health&output=310',
  '/en/pipeline?stage=tender',
  '/en/contracts?kind=ppp&sort=amount',
  '/en/procurement?by=year&kind=procurement',
  '/en/places/990100000/obligations',
  '/en/places/990100000/red-flags?rule=single_bid',
  '/en/findings',
  '/en/disclosure',
  '/en/log',
  '/en/statistics',
  '/en/statistics/own',
  '/en/statistics/tables/resident-survey',
  '/en/statistics/tables/example-survey?method=regress&outcome=trust_akimat&columns=age&columns=settlement&go=1',
  '/en/statistics/tables/example-survey?method=correlate&columns=trust_akimat&columns=trust_council&columns=trust_police&go=1',
];
const paths = [...new Set([...walked, ...ALSO])];
const links = new Set();

test('the walk finds more than the home page', () => {
  assert.ok(paths.length > 1, `only ${paths} found`);
});

for (const language of LANGUAGES) {
  for (const [device, width] of Object.entries(WIDTHS)) {
    // Two at a time: most of a visit is waiting for the network to fall silent.
    describe(`${language}, ${device}`, { concurrency: 2 }, () => {
      for (const [at, path] of paths.entries()) {
        const there = path.replace(/^\/en(?=\/|\?|$)/, `/${language}`);
        test(there, async () => {
          // Kazakh words are the longest: every page is judged in it, on both widths, and on the phone in one of the
          // other two as well.
          const phone = device === 'phone';
          const judged = language === 'kk' || (phone && language === LANGUAGES.filter(own => own !== 'kk')[at % 2]);
          const page = await inspect(browser, base + there, { width, language, plain: phone, judged });
          page.links.forEach(link => links.add(link.split('#')[0]));
          assert.deepEqual(page.findings, []);
        });
      }
      test('a page that does not exist says so and is as good as the others', async () => {
        const page = await inspect(browser, `${base}/${language}/no-such-page`, { width, language, status: 404 });
        assert.deepEqual(page.findings, []);
      });
    });
  }
}

test('no link leads nowhere', async () => {
  const ours = [...links].filter(link => link.startsWith(`${base}/`)).slice(0, LINKS_ASKED);
  const broken = (await statuses(ours)).filter(answer => answer.status >= 400);
  assert.deepEqual(broken, []);
});
