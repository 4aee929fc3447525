import { median } from '../timed.ts';
import type { Timing } from './audit-fleet.ts';
import { type Calibration, calibrationOf } from './calibration.ts';
import { type FamilyResult, familyResults, overallResult } from './families.ts';
import { AGENTTRAIL, type JudgedAlert, type Judgement } from './judge.ts';
import {
  type DetectorResult,
  detectorResults,
  type MethodResult,
  methodResults,
} from './methods.ts';
import { share } from './rates.ts';
import { type SeedSet, seedSetOf, seedText } from './seeds.ts';
import { type Target, targetsOf } from './targets.ts';

interface Speed {
  /** Medians over the fleets, but for `peakMiB`. */
  readonly records: number;
  readonly tasks: number;
  readonly auditSeconds: number;
  readonly detectSeconds: number;
  readonly peakMiB: number;
  readonly areAllSame: boolean;
}

interface Reported {
  readonly raised: number;
  readonly right: number;
  readonly precision: number;
}

/** All that is printed and saved. */
export interface Summary {
  readonly seeds: string;
  readonly seedSet: SeedSet;
  readonly events: number;
  readonly days: number;
  readonly hasScopes: boolean;
  readonly tasks: Judgement['tasks'];
  readonly overall: FamilyResult;
  readonly families: readonly FamilyResult[];
  readonly methods: readonly MethodResult[];
  readonly detectors: readonly DetectorResult[];
  readonly reported: Reported;
  readonly calibration: {
    readonly all: Calibration;
    readonly raised: Calibration;
    readonly fused: Calibration;
  };
  readonly flagship: { readonly incidents: number; readonly graveAtFirstExport: number };
  readonly speed: Speed;
  readonly targets: readonly Target[];
}

export interface Setting {
  readonly seeds: readonly number[];
  readonly events: number;
  readonly days: number;
  /** Whether the configuration declares what task types may do. */
  readonly hasScopes: boolean;
}

export function summaryOf(
  { seeds, events, days, hasScopes }: Setting,
  judgements: readonly Judgement[],
  timings: readonly Timing[],
): Summary {
  const measured = {
    overall: overallResult(judgements),
    families: familyResults(judgements),
    methods: methodResults(judgements),
    reported: reportedOf(judgements),
    flagship: flagshipOf(judgements),
    speed: speedOf(timings),
  };
  const ours = judgements.flatMap(({ methods }) => methods.get(AGENTTRAIL) ?? []);
  const total = (label: keyof Judgement['tasks']) =>
    judgements.reduce((sum, { tasks }) => sum + tasks[label], 0);
  return {
    seeds: seedText(seeds),
    seedSet: seedSetOf(seeds),
    events,
    days,
    hasScopes,
    tasks: {
      benign: total('benign'),
      'hard-benign': total('hard-benign'),
      incident: total('incident'),
    },
    ...measured,
    detectors: detectorResults(judgements),
    calibration: {
      all: calibrationOf(claimsOf(ours)),
      raised: calibrationOf(claimsOf(ours.filter(({ isRaised }) => isRaised))),
      fused: calibrationOf(claimsOf(judgements.flatMap(({ fused }) => fused))),
    },
    targets: targetsOf(measured),
  };
}

function claimsOf(alerts: readonly JudgedAlert[]) {
  return alerts.map(({ confidence, incidents }) => ({
    confidence: confidence ?? 0,
    isRight: incidents.length > 0,
  }));
}

function reportedOf(judgements: readonly Judgement[]): Reported {
  const raised = judgements.reduce((sum, { reported }) => sum + reported.raised, 0);
  const right = judgements.reduce((sum, { reported }) => sum + reported.right, 0);
  return { raised, right, precision: share(right, raised) };
}

/** A database exported in a schema-update task. */
function flagshipOf(judgements: readonly Judgement[]): Summary['flagship'] {
  const flagships = judgements
    .flatMap(({ incidents }) => incidents)
    .filter(({ family, variant }) => family === 'database-export' && variant === 'schema-update');
  const graveAtFirstExport = flagships.filter((one) => one.isGraveAtFirstExport === true).length;
  return { incidents: flagships.length, graveAtFirstExport };
}

function speedOf(timings: readonly Timing[]): Speed {
  return {
    records: median(timings.map(({ records }) => records)),
    tasks: median(timings.map(({ tasks }) => tasks)),
    auditSeconds: median(timings.map(({ audit }) => audit.seconds)),
    detectSeconds: median(timings.map(({ detect }) => detect.seconds)),
    peakMiB: Math.max(...timings.map(({ audit }) => audit.peakMiB)),
    areAllSame: timings.every(({ isSame }) => isSame),
  };
}
