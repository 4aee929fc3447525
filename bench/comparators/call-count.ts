import type { Comparator } from './comparator.ts';
import { readTasks } from './tasks.ts';

const DEVIATIONS = 3;

export const callCount: Comparator = {
  name: 'calls a task',
  rule: `a task has more calls than its agent's mean and ${DEVIATIONS} standard deviations, over all of the agent's tasks; ranked by the z-score`,
  alerts: async (store) => {
    const tasks = await readTasks(store);
    const counts = new Map<string, number[]>();
    for (const { agentId, eventCount } of tasks) {
      counts.set(agentId, [...(counts.get(agentId) ?? []), eventCount]);
    }
    return tasks.map(({ agentId, eventCount, subject }) => {
      const score = zScore(eventCount, counts.get(agentId) ?? []);
      return { ...subject, by: 'call-count', score, isRaised: score > DEVIATIONS };
    });
  },
};

function zScore(value: number, all: readonly number[]): number {
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  const variance = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length;
  return variance > 0 ? (value - mean) / Math.sqrt(variance) : 0;
}
