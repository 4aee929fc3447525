import type { Capability } from './classes.ts';
import { capabilityByRule } from './rules.ts';

/**
 * The API date some services put behind an event name: UpdateFunctionCode20150331v2,
 * CreateDistribution2020_05_31. RE2 and JavaScript read it alike, so that SQL can use it too:
 * `regexp_replace(event_name, $api_date, '')`.
 */
export const API_DATE = '_?20[0-9]{2}_?[01][0-9]_?[0-3][0-9](v[0-9]+)?$';

const API_DATE_PATTERN = new RegExp(API_DATE);
const SOURCE_SUFFIX = '.amazonaws.com';

/** `lambda.amazonaws.com`, `UpdateFunctionCode20150331v2` -> `lambda:UpdateFunctionCode`. */
export function actionOf(eventSource: string, eventName: string): string {
  const service = eventSource.endsWith(SOURCE_SUFFIX)
    ? eventSource.slice(0, -SOURCE_SUFFIX.length)
    : eventSource;
  return `${service}:${eventName.replace(API_DATE_PATTERN, '')}`;
}

/**
 * The capability of an action that `capabilities.csv` does not list: by the words of its name. What the
 * event says of itself (`readOnly`) outweighs the verb; `null` where it says nothing.
 */
export function capabilityOf(action: string, readOnly: boolean | null): Capability {
  const colon = action.indexOf(':');
  const access = readOnly === null ? null : readOnly ? 'read' : 'write';
  return capabilityByRule(action.slice(0, Math.max(colon, 0)), action.slice(colon + 1), access);
}
