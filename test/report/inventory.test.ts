import { expect, test } from 'vitest';
import { INVENTORY_FORMATS, renderInventory } from '../../report/index.ts';
import type { Inventory } from '../../report/inventory.ts';
import { displayWidth } from '../../report/layout.ts';
import { UNPRINTABLE } from '../../store/printable.ts';
import { sampleInventory } from './helpers/sample-inventory.ts';

const OPTIONS = { width: 100, colour: false };
const EXTENSIONS = { table: 'txt', json: 'json.txt', markdown: 'md' } as const;

const EMPTY: Inventory = {
  agents: [],
  suspected: [],
  sharedRoles: [],
  coverage: {
    events: 0,
    attributedEvents: 0,
    dataEventServices: [],
    accounts: [],
    regions: [],
    notes: [],
  },
};

test.each(INVENTORY_FORMATS)('an inventory as %s reads as the golden file does', async (format) => {
  const text = renderInventory(sampleInventory, format, OPTIONS);

  expect(text.replaceAll('\n', '')).not.toMatch(new RegExp(UNPRINTABLE.source, 'u'));
  await expect(text).toMatchFileSnapshot(`golden/inventory.${EXTENSIONS[format]}`);
});

test('where columns cannot fit, each agent is a record', async () => {
  await expect(
    renderInventory(sampleInventory, 'table', { width: 60, colour: false }),
  ).toMatchFileSnapshot('golden/inventory-60.txt');
});

test.each([40, 60, 80, 100, 200])('no line of the table is wider than %d columns', (width) => {
  const lines = renderInventory(sampleInventory, 'table', { width, colour: false }).split('\n');

  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
});

test('JSON keeps every value', () => {
  expect(JSON.parse(renderInventory(sampleInventory, 'json', OPTIONS))).toEqual(sampleInventory);
});

test('each Markdown row has as many cells as its head, whatever the log holds', () => {
  const rows = renderInventory(sampleInventory, 'markdown', OPTIONS)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').length - 2);

  expect(rows).toEqual([7, 7, 7, 7, 5, 5, 5, 5, 2, 2, 2]);
});

test('an inventory without agents says so', () => {
  expect(renderInventory(EMPTY, 'table', OPTIONS)).toBe(
    [
      '0 agents known, 0 suspected, 0 shared roles',
      "  seen      0 events, – an agent's, in 0 accounts, 0 regions",
      '  data      data events: none',
      '',
      'No agent is known by a tag',
      '',
    ].join('\n'),
  );
});
