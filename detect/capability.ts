import { isSensitive } from '../store/capabilities/classes.ts';
import { SEVERITIES, type Severity } from './finding.ts';

/** What ATT&CK calls the use of a capability by one who should not have it. */
const TECHNIQUES: Readonly<Record<string, readonly string[]>> = {
  'read-metadata': ['T1580'],
  'read-data': ['T1530'],
  'write-data': ['T1565.001'],
  'write-config': ['T1578'],
  'run-code': ['T1651'],
  export: ['T1530', 'T1537'],
  share: ['T1537'],
  credential: ['T1552', 'T1555.006'],
  privilege: ['T1098'],
  evade: ['T1562.008'],
  destroy: ['T1485'],
  spend: ['T1496'],
  network: ['T1562.007'],
};

export function techniquesOf(capability: string): readonly string[] {
  return TECHNIQUES[capability] ?? [];
}

export function lowerBy(severity: Severity, steps: number): Severity {
  return SEVERITIES[Math.max(SEVERITIES.indexOf(severity) - steps, 0)] ?? severity;
}

const READS: readonly string[] = ['read-metadata', 'read-data'];

/** The worst that is among them. */
export function gravityOf(capabilities: readonly string[]): 'sensitive' | 'change' | 'read' {
  if (capabilities.some(isSensitive)) return 'sensitive';
  return capabilities.every((capability) => READS.includes(capability)) ? 'read' : 'change';
}
