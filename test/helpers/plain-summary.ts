import type { Reporter } from 'vitest/node';

/** Ends the run with one plain line that any CI can read: `N passed, N failed`. */
export class PlainSummary implements Reporter {
  readonly #count = { passed: 0, failed: 0, skipped: 0, pending: 0 };

  onTestCaseResult: NonNullable<Reporter['onTestCaseResult']> = (test) => {
    this.#count[test.result().state] += 1;
  };

  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandled) => {
    const { passed, failed, skipped } = this.#count;
    const broken = modules.filter((module) => !module.ok() && module.errors().length > 0).length;
    if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
    process.stdout.write(`${passed} passed, ${failed + broken + unhandled.length} failed\n`);
  };
}
