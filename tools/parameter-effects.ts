/** Of lists that several detectors have. */
const AGENT_MARKS =
  'More words: more clients taken for agents. A word that other software uses too makes false findings; an agent whose mark is missing goes unseen without tags.';
const MCP_MARKS = 'More words: more clients taken for servers and proxies by which agents work.';
const TAGGED_SESSIONS =
  'Tagged sessions that make a role one that agents use. Lower: roles are known sooner; at 1 a single test with tags makes a role the agents’.';
const TAGGED_SHARE =
  'Of a role’s sessions, so large a share must be tagged. Lower: roles that people and agents share are judged too, people’s sessions with them.';

/** By detector and parameter: what moving it does. */
export const PARAMETER_EFFECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'credential-theft': {
    familiar_sessions:
      'So many sessions of the agent at home in a network, ended before this one began, make it familiar. Higher: moves are reported for longer; at 1 a single session makes its network a habit.',
    interleaved_minutes:
      'As in shared-credential, which has the keys that take turns. Higher here: more keys are left to it. Move both together, or a key is reported twice or not at all.',
    minimum_switches:
      'As in shared-credential. Higher here: fewer keys are left to it. Move both together.',
    minimum_tagged_sessions: TAGGED_SESSIONS,
    minimum_tagged_share: TAGGED_SHARE,
  },
  failures: {
    minimum_tasks:
      'Earlier tasks before a level is used. Higher: more tasks are judged by a wider level, and a young fleet by none.',
    minimum_actions:
      'Different actions, new to the type, that were denied. Lower: foraging is seen earlier, and so is clumsiness. No task teaches more than twice as many.',
    minimum_services: 'At 1, a search within one service is enough.',
    maximum_probability:
      'The chance of so many denials is at most this. Higher: more findings, of tasks that are denied things now and then.',
    minimum_targets:
      'Targets on which one sensitive action, or sts:AssumeRole, was denied. Lower: a search is seen earlier, and so is a list that grew stale.',
    searching_share:
      'So large a share of earlier tasks that searched so is how such tasks are. Higher: types that often do are reported too.',
  },
  'graph-shape': {
    minimum_tasks:
      'Earlier tasks of the agent and type, else of the type. Higher: fewer types are judged, by a steadier median.',
    minimum_score:
      'Spreads above the usual, all features added up. Lower: more findings, none of them medium, which takes 18.',
    maximum_probability:
      'Share of the type’s earlier tasks that came as far. Higher: types whose tasks often come that far are reported too.',
  },
  'log-tampering': {
    agent_marks: AGENT_MARKS,
    audit_logs:
      'Log groups that others audit by: erasing one of them is high instead of medium. A wider pattern raises more.',
    short_retention_days:
      'Kept no longer than this, a log counts as erased. Higher: ordinary savings on log storage are reported.',
    minimum_tagged_sessions: TAGGED_SESSIONS,
    minimum_tagged_share: TAGGED_SHARE,
  },
  'novel-action': {
    minimum_tasks:
      'Earlier tasks of the agent, else of its type, before anything is new. Lower: sooner, and everything is new to the young; below 8 only if `maximum_probability` rises too.',
    adopted_tasks:
      'Earlier tasks with the action that make it normal. Lower: drift is accepted sooner, and so is an attack that is repeated. At 1 only the very first use is reported.',
    maximum_probability:
      'Of k uses in n earlier tasks, (k + 1) / (n + 2) is at most this. Lower: only long histories can be surprised; 0.02 takes 48 tasks without a use.',
  },
  'novel-place': {
    minimum_tasks:
      'Earlier tasks of the agent, else of its type, else of the fleet. Lower: sooner, and everywhere is new to the young.',
    adopted_tasks:
      'Earlier tasks that make a place normal; as many of other agents make it known to peers or fleet, which weighs less. Lower: roll-outs fall silent sooner, and so does a thief who returns.',
    maximum_probability:
      'Both of the place, as in novel-action, and of how often the agent is somewhere new. Higher: agents that move a lot are reported.',
  },
  'novel-resource': {
    minimum_tasks:
      'Earlier tasks of the agent, else of its type. Lower: sooner, and all resources are new to the young.',
    learning_tasks:
      'First tasks of an agent or type that do not count in how often it touches something new. Lower: its beginnings make it look like one that always does.',
    adopted_tasks:
      'Earlier tasks, of the agent or the type, that make a class of action in a service its habit. Lower: deeds on new targets are sooner taken for routine.',
    maximum_probability:
      'The chance of so many new resources in a task, by how often it happened, is at most this. Higher: more findings, none of them medium, which takes 0.05.',
  },
  'outlived-task': {
    silent_hours:
      'Without a call for so long, a task is over. Lower: pauses for approvals are reported; higher: more of what comes after the end goes unseen.',
    maximum_hours:
      'Life of a task at most, silences not counted. Lower: long jobs are reported (low).',
    life_margin:
      'Or so many times the longest of its type before, where that is known. Lower: slow runs are reported.',
    grave_hours:
      'A life beyond this, and beyond `life_margin` times the longest of its type, is medium. Lower: earlier, and slow days of busy types are medium too.',
    grave_calls:
      'Successful calls, other than of metadata, after that. Higher: a task must still be at work, not only polling.',
    minimum_tasks:
      'Earlier tasks before a level is used, and before `life_margin` counts. Higher: wider levels, later.',
    habitual_tasks:
      'So many earlier tasks that did the same, with `habitual_share`, make it a habit and silence it. Higher: habits are reported for longer. A task that gets new sessions so often has the habit, too.',
    habitual_share:
      'The share of earlier tasks, beside their number. Lower: rarer habits silence it.',
    expiry_grace_minutes:
      'After a key’s expiry, for calls that are logged when they are done. Lower: long calls are reported.',
  },
  'rare-sequence': {
    minimum_tasks:
      'Earlier tasks of the type, of any agent; with fewer, no step is judged. Lower: sooner, on thin counts.',
    maximum_probability:
      'The chance of the step is at most this. Higher: more findings; a high one takes 0.005 whatever this is.',
    smoothing:
      'Weight of the wider level, in tasks: fleet over type, type over agent. Higher: the agent’s own habits count for less, what the fleet does for more.',
  },
  'shadow-agent': {
    agent_marks: AGENT_MARKS,
    mcp_marks: MCP_MARKS,
    minimum_tagged_sessions: TAGGED_SESSIONS,
    minimum_tagged_share: TAGGED_SHARE,
  },
  'shared-credential': {
    agent_marks:
      'More words: more pairs of agents seen on one untagged key. It does not touch the other kinds of sharing.',
    interleaved_minutes:
      'Calls from two places so near to each other are at the same time. Higher: slower turns count, and people who travel. Move it in credential-theft too.',
    minimum_switches:
      'Turns between the places. Lower: a hand-over there and back is reported; higher: short thefts are missed. Move it in credential-theft too.',
  },
  'static-credential': { agent_marks: AGENT_MARKS, mcp_marks: MCP_MARKS },
  'tag-integrity': {
    habitual_tasks:
      'Tasks with several agents, of all that is stored: from so many on, with `habitual_share`, sharing a task is this fleet’s way and informational.',
    habitual_share:
      'More than this share of tasks must be shared as well. Lower: a fleet that shares seldom falls silent.',
  },
  'task-scope': {
    always_allowed:
      'Actions that no list of what is allowed leaves out; a scope’s `deny` still holds. Shorter: every scope must list them.',
    learn_scope:
      '`false`: tasks that no declared scope matches are not judged by what their type does.',
    minimum_tasks:
      'Earlier tasks of the type, of any agent, before a scope is learned. Lower: sooner, and what is seldom done is foreign; below 18 only if `maximum_probability` rises too.',
    adopted_tasks:
      'Earlier tasks of the type that make a class or a service part of the learned scope. At 1 a single attack during the learning widens it for good.',
    maximum_probability: 'As in novel-action, of the class or the service in tasks of the type.',
  },
  volume: {
    minimum_tasks:
      'Earlier tasks before a level is used; of the fleet also as many that did such calls at all. Higher: wider levels, later.',
    ratio:
      'Times what 95 in 100 of the earlier tasks stayed below. Lower: large jobs are reported.',
    minimum_deviation:
      'Spreads above the median, in logarithms. It holds back where amounts vary widely. Lower: such work is reported.',
    minimum_calls:
      'Fewer calls, in all, in a row or in a minute, or fewer resources, are never much. Lower: small tasks are reported.',
    minimum_sensitive_calls:
      'The same for sensitive classes. Lower: short sweeps are seen, and short rotations.',
    minimum_bytes: 'Fewer bytes out are never much. Lower: small downloads are reported.',
  },
};
