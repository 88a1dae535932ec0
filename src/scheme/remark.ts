/** Something about a rulebook that its author should know: `error` stops publishing, `warning` does not. */
export interface Remark {
  level: 'error' | 'warning';
  /** Where: names and places from the top (`limits`, 0, `of`). */
  path: (string | number)[];
  says: string;
}

export function error(path: Remark['path'], says: string): Remark {
  return { level: 'error', path, says };
}

export function warning(path: Remark['path'], says: string): Remark {
  return { level: 'warning', path, says };
}
