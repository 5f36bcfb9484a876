// The officers' pages satisfy the same as the public ones: seen by each role on a phone in Kazakh, whose words are longest.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, baseUrl, launch } from '../support/browser.mjs';
import { inspect } from '../support/inspect.mjs';
import { asOfficer, openProject, pathOf } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());

const project = await asOfficer(browser, 'manager', { scripts: false }, async page => {
  await openProject(page, 'kk', 'ZHB-2025-001');
  return pathOf(page).slice('/kk'.length);
});
const PAGES = {
  manager: ['/admin', '/admin/projects/new', `/admin${project}/edit`, `/admin${project}/team`, `/admin${project}/partners`, '/admin/work', '/admin/work?whose=none', `/admin${project}/progress`, `/admin${project}/plan`, `/admin${project}/plan/item?item=r3-1`, `/admin${project}/plan/paste`, `/admin${project}/results`, '/admin/plans', `${project}/plan`, `/admin${project}/photos`, '/admin/disputes', '/admin/imports', '/admin/bulk', '/admin/duplicates', '/account/tokens', project],
  analyst: ['/admin', '/admin/import/budget', '/admin/programmes?place=990100000', '/admin/programmes/new?place=990100000'],
  akim: ['/admin', '/admin/work', '/admin/work/board', '/admin/work/board?modality=ppp', '/admin/work/portfolio', '/admin/work/portfolio?stage=implementing', '/admin/work/meeting', '/admin/programmes?place=990100000'],
  moderator: ['/admin', '/admin/moderation', '/admin/moderation?view=newest', '/admin/moderation?view=contests', '/admin/moderation?view=blocks', '/admin/moderation/photos'],
  clerk: ['/admin', '/admin/persons', '/admin/persons/list', '/admin/grants'],
  admin: ['/admin', '/admin/accounts', '/admin/audit', '/admin/grants'],
  resident: [project, '/account', '/account/comments', '/account/verification', '/account/data'],
};

for (const [login, paths] of Object.entries(PAGES)) {
  describe(login, { concurrency: 2 }, () => {
    for (const path of paths) {
      test(path, async () => {
        const cookies = await asOfficer(browser, login, { scripts: false }, page => page.context().cookies());
        const { findings } = await inspect(browser, `${base}/kk${path}`, { width: WIDTHS.phone, language: 'kk', cookies });
        assert.deepEqual(findings, []);
      });
    }
  });
}
