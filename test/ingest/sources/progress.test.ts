import { expect, test } from 'vitest';
import { createProgress } from '../../../ingest/progress.ts';

function bench({ isTerminal, columns }: { isTerminal: boolean; columns?: number }) {
  const written: string[] = [];
  let ms = 0;
  const stream = { write: (text: string) => written.push(text), columns };
  const progress = createProgress({ stream, isTerminal, now: () => ms });
  return { progress, written, pass: (more: number) => (ms += more) };
}

test('a terminal gets one line, redrawn, with rate and time left', () => {
  const { progress, written, pass } = bench({ isTerminal: true, columns: 120 });
  progress.total({ objects: 400, bytes: 40e6 });
  pass(4_000);
  progress.add({ objects: 100, bytes: 10e6, records: 60_000 });
  pass(12_000);
  progress.add({ objects: 300, bytes: 30e6, records: 180_000 });
  progress.done();

  expect(written).toEqual([
    '\r[#####...............] 100/400 objects  60,000 records  15,000 records/s  2.5 MB/s  12s left\x1b[K',
    '\r[####################] 400/400 objects  240,000 records  15,000 records/s  2.5 MB/s\x1b[K',
    '\r[####################] 400/400 objects  240,000 records  15,000 records/s  2.5 MB/s\x1b[K\n',
  ]);
});

test('the line is redrawn ten times a second at most, and never wider than the terminal', () => {
  const { progress, written, pass } = bench({ isTerminal: true, columns: 30 });
  for (let step = 0; step < 1_000; step += 1) {
    progress.add({ objects: 1 });
    pass(1);
  }

  expect(written).toHaveLength(10);
  expect(written.map((text) => text.replace('\r', '').replace('\x1b[K', '').length)).toEqual(
    written.map(() => 29),
  );
});

test('while the listing goes on, the whole is a lower bound and no time is promised', () => {
  const { progress, written, pass } = bench({ isTerminal: true, columns: 120 });
  progress.total({ objects: 400, bytes: 40e6, listing: true });
  pass(4_000);
  progress.add({ objects: 100, bytes: 10e6, records: 60_000 });

  expect(written).toEqual([
    '\r[....................] 100/400+ objects  60,000 records  15,000 records/s  2.5 MB/s\x1b[K',
  ]);
});

test('elsewhere a line comes every ten seconds, plain', () => {
  const { progress, written, pass } = bench({ isTerminal: false, columns: 30 });
  progress.total({ objects: 500, bytes: 0 });
  for (let step = 0; step < 250; step += 1) {
    pass(100);
    progress.add({ objects: 1, bytes: 1e6, records: 10 });
  }
  progress.done();

  expect(written).toEqual([
    '100/500 objects  1,000 records  100 records/s  10.0 MB/s  40s left\n',
    '200/500 objects  2,000 records  100 records/s  10.0 MB/s  30s left\n',
    '250/500 objects  2,500 records  100 records/s  10.0 MB/s  25s left\n',
  ]);
});

test('a short run elsewhere says nothing', () => {
  const { progress, written, pass } = bench({ isTerminal: false });
  pass(9_000);
  progress.add({ objects: 1 });
  progress.done();

  expect(written).toEqual([]);
});

test('long waits are told in minutes and hours', () => {
  const left = (seconds: number) => {
    const { progress, written, pass } = bench({ isTerminal: true, columns: 200 });
    progress.total({ objects: 0, bytes: seconds + 10 });
    pass(10_000);
    progress.add({ bytes: 10 });
    return /(\S+) left/.exec(written[0] ?? '')?.[1];
  };

  expect([left(59), left(90), left(3_600), left(5_430)]).toEqual([
    '59s',
    '1m30s',
    '1h00m',
    '1h30m',
  ]);
});
