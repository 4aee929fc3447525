import { loadSql } from '../store/sql.ts';

/** For detectors that judge by the task type: which types have too few tasks, and how many they lack. */
export const LEARNING_TASK_TYPES = loadSql(new URL('learning-task-types.sql', import.meta.url));

/** For detectors that judge by the agent: which agents have too few tasks, and how many they lack. */
export const LEARNING_AGENTS = loadSql(new URL('learning-agents.sql', import.meta.url));
