import type { Comparator } from './comparator.ts';
import { isolationScores } from './isolation-forest.ts';
import { readTasks } from './tasks.ts';

/** Where the forest's inventors draw the line to what may be an anomaly. */
const THRESHOLD = 0.6;

export const isolationForest: Comparator = {
  name: 'isolation forest',
  rule: `a task scores above ${THRESHOLD} in an isolation forest of 100 trees over 15 features of all tasks: calls, actions, errors, sessions, duration, accounts, regions, bytes, calls by capability`,
  alerts: async (store) => {
    const tasks = await readTasks(store);
    const scores = isolationScores(
      tasks.map(({ features }) => features),
      { seed: 1 },
    );
    return tasks.map(({ subject }, index) => {
      const score = scores[index] ?? 0;
      return { ...subject, by: 'isolation-forest', score, isRaised: score > THRESHOLD };
    });
  },
};
