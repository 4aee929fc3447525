import type { Capability } from './classes.ts';
import { CURATED_ORDINARY } from './curated-ordinary.ts';
import { CURATED_SENSITIVE } from './curated-sensitive.ts';

/** Action -> capability, where a person has decided. Outranks the rules. */
export const CURATED: ReadonlyMap<string, Capability> = new Map(curatedEntries());

/** Every decision as written, so that a test can find one made twice. */
export function curatedEntries(): [string, Capability][] {
  return Object.entries({ ...CURATED_SENSITIVE, ...CURATED_ORDINARY }).flatMap(
    ([capability, services]) =>
      Object.entries(services).flatMap(([service, events]) =>
        events
          .split(' ')
          .map((event): [string, Capability] => [`${service}:${event}`, capability as Capability]),
      ),
  );
}
