/** An agent that its tags name. Times are ISO 8601 in UTC. */
export interface InventoryAgent {
  agentId: string;
  firstSeen: string;
  lastSeen: string;
  taskCount: number;
  eventCount: number;
  roleArns: string[];
  /** How it gets credentials: `AssumeRole`, `AssumeRoleWithWebIdentity`, …, `long-term-key`. */
  credentialKinds: string[];
  onBehalfOf: string[];
  accountIds: string[];
}

/** A principal that acts like an agent and bears no agent tag. */
export interface SuspectedAgent {
  principalArn: string;
  kind: 'coding-agent' | 'mcp' | 'agent-role-without-tags' | 'long-term-key';
  /** The mark that gave it away. */
  why: string;
  eventCount: number;
  firstSeen: string;
  lastSeen: string;
}

/** A role that several agents assume: what one may do, all may. */
export interface SharedRole {
  roleArn: string;
  agentIds: string[];
}

export interface InventoryCoverage {
  events: number;
  attributedEvents: number;
  dataEventServices: string[];
  accounts: string[];
  regions: string[];
  notes: string[];
}

/** Which agents act here, known and unknown. */
export interface Inventory {
  agents: InventoryAgent[];
  suspected: SuspectedAgent[];
  sharedRoles: SharedRole[];
  coverage: InventoryCoverage;
}
