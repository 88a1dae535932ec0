import type { LogLine } from './services.ts';

/** The line in the log on an error that nobody foresaw. */
export function failed(error: unknown): LogLine {
  return { level: 'error', message: 'failed', error: traceOf(error) };
}

/** Name and place of an error, without its message: that may hold what somebody typed. */
function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return [error.name, ...frames.slice(0, 8).map((line) => line.trim())].join(' | ');
}
