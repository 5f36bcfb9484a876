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
  manager: ['/admin', '/admin/projects/new', `/admin${project}/edit`, `/admin${project}/progress`, '/admin/import/projects', project],
  analyst: ['/admin', '/admin/import/budget', '/admin/recommendation/990100000', '/admin/programmes?place=990100000', '/admin/programmes/new?place=990100000'],
  akim: ['/admin', '/admin/recommendation/990100000'],
  moderator: ['/admin', '/admin/moderation'],
  admin: ['/admin', '/admin/accounts', '/admin/audit'],
  resident: [project, '/account'],
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
