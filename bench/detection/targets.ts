import type { FamilyResult } from './families.ts';
import { AGENTTRAIL } from './judge.ts';
import type { MethodResult } from './methods.ts';
import type { Summary } from './summary.ts';

export interface Target {
  readonly name: string;
  readonly wanted: number;
  readonly isAtMost: boolean;
  readonly measured: number;
  readonly isMet: boolean;
  /** Where it is missed: by what. */
  readonly missedBy: string;
}

type Measured = Pick<Summary, 'overall' | 'families' | 'methods' | 'flagship' | 'speed'>;

/** Set before anything was measured. */
export function targetsOf({ overall, families, methods, flagship, speed }: Measured): Target[] {
  const ours = methods.find(({ name }) => name === AGENTTRAIL);
  const least = (of: (family: FamilyResult) => number) => Math.min(...families.map(of));
  const below = (of: (family: FamilyResult) => number) =>
    families
      .filter((family) => of(family) < 0.85)
      .map((family) => `${family.family} ${of(family).toFixed(3)}`)
      .join(', ');
  return [
    atLeast('recall', 0.95, overall.recall),
    atLeast(
      'recall in every family',
      0.85,
      least(({ recall }) => recall),
      below(({ recall }) => recall),
    ),
    atLeast(
      'recall in every family without its own detectors',
      0.85,
      least(({ recallWithoutOwn }) => recallWithoutOwn),
      below(({ recallWithoutOwn }) => recallWithoutOwn),
    ),
    atLeast('precision', 0.95, ours?.precision ?? Number.NaN),
    atMost(
      'false findings a thousand benign tasks',
      1,
      ours?.falsePerThousand ?? Number.NaN,
      falseText(ours),
    ),
    atLeast(
      'flagship high or critical at its first export call',
      1,
      flagship.graveAtFirstExport / flagship.incidents,
    ),
    // The start of the process is in it, so that a small fleet says nothing of a large one.
    atMost(
      'seconds to score 2,000 tasks',
      5,
      (speed.detectSeconds / Math.max(speed.tasks, 2_000)) * 2_000,
    ),
  ];
}

function falseText(ours: MethodResult | undefined): string {
  return Object.entries(ours?.falseOn ?? {})
    .map(([place, count]) => `${place} ${count}`)
    .join(', ');
}

function atLeast(name: string, wanted: number, measured: number, missedBy = ''): Target {
  return { name, wanted, isAtMost: false, measured, isMet: measured >= wanted, missedBy };
}

function atMost(name: string, wanted: number, measured: number, missedBy = ''): Target {
  return { name, wanted, isAtMost: true, measured, isMet: measured <= wanted, missedBy };
}
