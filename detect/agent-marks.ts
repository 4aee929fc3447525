/**
 * What coding agents and agent frameworks leave in the user agent, as `mark=name`. A mark is a word of the
 * user agent in lower case (`claude-code/2.1`, `exec-env/claude-code`), or a code that AWS CLI 2.35.24 and
 * later write into its `m/` part. Words that mean something else too (`amp`, `pi`, AWS Copilot's
 * `aws-copilot`) are left out. All of it is the client's own word: it can be removed.
 */
export const AGENT_MARKS: readonly string[] = [
  'm/AN=Claude Code',
  'm/AO=Gemini CLI',
  'm/AP=Codex',
  'm/AQ=Kiro CLI',
  'm/AR=OpenCode',
  'm/AS=Antigravity',
  'm/AT=Amp',
  'm/AU=Pi',
  'm/AV=Copilot CLI',
  'm/AW=Cursor',
  'claude-code=Claude Code',
  'claude-cli=Claude Code',
  'gemini-cli=Gemini CLI',
  'codex=Codex',
  'codex-cli=Codex',
  'codex_cli_rs=Codex',
  'kiro=Kiro CLI',
  'kiro-cli=Kiro CLI',
  'amazonq-for-cli=Amazon Q CLI',
  'opencode=OpenCode',
  'antigravity=Antigravity',
  'github-copilot-cli=Copilot CLI',
  'cursor=Cursor',
  'windsurf=Windsurf',
  'aider=Aider',
  'openhands=OpenHands',
  'langchain=LangChain',
  'crewai=CrewAI',
  'strands-agents=Strands Agents',
];

/** Words of proxies and servers through which agents reach AWS by the Model Context Protocol. */
export const MCP_MARKS: readonly string[] = ['mcp-proxy-for-aws', 'aws-api-mcp-server'];
