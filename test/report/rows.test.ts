import { expect, test } from 'vitest';
import { QUERY_FORMATS } from '../../report/index.ts';
import { RESULT, text } from './helpers/query-results.ts';

test.each(QUERY_FORMATS)('rows are read once, so that they may come as a stream: %s', (format) => {
  const rows = [...RESULT.rows];
  function* once() {
    yield* rows;
  }

  expect(text({ ...RESULT, rows: once() }, format)).toBe(text(RESULT, format));
});
