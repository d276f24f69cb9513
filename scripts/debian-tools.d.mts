export type Tool = 'redis' | 'chromium';
/** The program's path and what its environment must have, or undefined. */
export function find(tool: Tool): { path: string; env: Record<string, string> } | undefined;
/** Installs or unpacks a tool where it is missing; says so when that is not possible. */
export function provide(tool: Tool): void;
