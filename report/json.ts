import type { DetectorState, Finding } from '../detect/finding.ts';
import { jsonText } from './json-text.ts';
import type { Coverage, Incident, Reconciliation, Report } from './model.ts';

/** The report as `report.schema.json` describes it: keys in that order, whoever built the objects. */
export function reportJson(report: Report): string {
  const { schemaVersion, window, reconciliation, coverage, incidents, findings } = report;
  const ordered: Report = {
    schemaVersion,
    window: { since: window.since, until: window.until },
    reconciliation: orderedReconciliation(reconciliation),
    coverage: orderedCoverage(coverage),
    incidents: incidents.map(orderedIncident),
    findings: findings.map(orderedFinding),
  };
  return `${jsonText(ordered, 2)}\n`;
}

/** One finding a line, in the shape it has in the JSON report. */
export function reportNdjson({ findings }: Report): string {
  return findings.map((finding) => `${jsonText(orderedFinding(finding))}\n`).join('');
}

function orderedReconciliation(reconciliation: Reconciliation): Reconciliation {
  const { objects, recordsRead, eventsStored, duplicates, deadLetters } = reconciliation;
  return { objects, recordsRead, eventsStored, duplicates, deadLetters };
}

function orderedCoverage(coverage: Coverage): Coverage {
  return {
    events: coverage.events,
    attributedEvents: coverage.attributedEvents,
    byMethod: Object.fromEntries(
      Object.entries(coverage.byMethod).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    agents: coverage.agents,
    tasks: coverage.tasks,
    sessions: coverage.sessions,
    accounts: coverage.accounts,
    regions: coverage.regions,
    dataEventServices: coverage.dataEventServices,
    detectors: coverage.detectors.map(
      ({ id, status, reason }): DetectorState => ({ id, status, reason }),
    ),
    notes: coverage.notes,
  };
}

function orderedIncident(incident: Incident): Incident {
  return {
    id: incident.id,
    severity: incident.severity,
    confidence: incident.confidence,
    title: incident.title,
    agentId: incident.agentId,
    taskId: incident.taskId,
    taskType: incident.taskType,
    onBehalfOf: incident.onBehalfOf,
    principal: incident.principal,
    firstSeen: incident.firstSeen,
    lastSeen: incident.lastSeen,
    findingIds: incident.findingIds,
  };
}

function orderedFinding(finding: Finding): Finding {
  const { evidence, baseline, response } = finding;
  return {
    id: finding.id,
    detector: finding.detector,
    severity: finding.severity,
    confidence: finding.confidence,
    title: finding.title,
    explanation: finding.explanation,
    agentId: finding.agentId,
    taskId: finding.taskId,
    taskType: finding.taskType,
    onBehalfOf: finding.onBehalfOf,
    accessKeyIds: finding.accessKeyIds,
    roleArns: finding.roleArns,
    accountIds: finding.accountIds,
    regions: finding.regions,
    firstSeen: finding.firstSeen,
    lastSeen: finding.lastSeen,
    evidence: { eventIds: evidence.eventIds, actions: evidence.actions, sql: evidence.sql },
    baseline: baseline && { level: baseline.level, tasks: baseline.tasks },
    techniques: finding.techniques,
    visibility: finding.visibility,
    response: response && { kind: response.kind, targets: response.targets },
  };
}
