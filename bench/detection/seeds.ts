/** Thresholds are chosen with these, and nothing is reported on them. */
export const TUNING_SEEDS = range(1, 20);
/** The tables are made with these, and nothing is chosen by them. */
export const REPORTED_SEEDS = range(101, 110);

export type SeedSet = 'reported' | 'tuning' | 'other';

/** '101-103,7' as 101, 102, 103, 7. */
export function parseSeeds(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    const seeds = range(Number(first), Number(last));
    if (seeds.length === 0) throw new Error(`--seeds ${text}: want 101-110, or 101,105`);
    return seeds;
  });
}

export function seedSetOf(seeds: readonly number[]): SeedSet {
  if (seeds.every((seed) => REPORTED_SEEDS.includes(seed))) return 'reported';
  return seeds.every((seed) => TUNING_SEEDS.includes(seed)) ? 'tuning' : 'other';
}

/** '101-103, 7' again. */
export function seedText(seeds: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seed of seeds) {
    const run = runs.at(-1);
    if (run && run[1] + 1 === seed) run[1] = seed;
    else runs.push([seed, seed]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}

function range(first: number, last: number): number[] {
  const count = Number.isNaN(last - first) ? 0 : Math.max(last - first + 1, 0);
  return Array.from({ length: count }, (_, index) => first + index);
}
