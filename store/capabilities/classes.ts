/** What an action can do to the owner. IAM's access level is not a capability. */
export const CAPABILITIES = [
  'read-metadata',
  'read-data',
  'write-data',
  'write-config',
  'run-code',
  'export',
  'share',
  'credential',
  'privilege',
  'evade',
  'destroy',
  'spend',
  'network',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** A first use of one of these is news, whatever the agent's history. */
export const SENSITIVE_CAPABILITIES = [
  'export',
  'share',
  'credential',
  'privilege',
  'evade',
  'destroy',
] as const satisfies readonly Capability[];

export type SensitiveCapability = (typeof SENSITIVE_CAPABILITIES)[number];

export function isSensitive(capability: string): boolean {
  return SENSITIVE_CAPABILITIES.some((sensitive) => sensitive === capability);
}
