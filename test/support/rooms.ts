/** One source file, its path relative to the project and with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

/** What a room may import of ours, besides its own files and src/limits.ts: rooms with a
 *  slash at the end, single files without. */
const arrows: Readonly<Record<string, readonly string[] | 'anything'>> = {
  main: 'anything',
  http: [
    'commands/',
    'export/',
    'projections/',
    'store/event-store.ts',
    'vault/vault.ts',
    'events/',
    'scheme/',
    'disclosure/',
    'proofs/',
  ],
  cli: [
    'http/pages/',
    'commands/',
    'projections/',
    'store/event-store.ts',
    'vault/vault.ts',
    'events/',
    'scheme/',
    'import/',
    'export/',
    'proofs/',
  ],
  export: [
    'commands/',
    'events/',
    'projections/',
    'scheme/',
    'disclosure/',
    'store/event-store.ts',
    'store/driver.ts',
  ],
  import: ['commands/', 'scheme/civil-date.ts'],
  demo: [
    'commands/',
    'projections/',
    'events/',
    'scheme/',
    'rulebooks/society.yaml',
    'store/event-store.ts',
    'vault/vault.ts',
  ],
  commands: [
    'events/',
    'scheme/',
    'disclosure/',
    'proofs/',
    'store/event-store.ts',
    'vault/vault.ts',
  ],
  projections: [
    'events/',
    'scheme/',
    'disclosure/',
    'proofs/',
    'store/event-store.ts',
    'store/driver.ts',
  ],
  store: ['proofs/'],
  vault: ['events/sealing.ts', 'store/driver.ts'],
  events: ['scheme/', 'proofs/'],
  scheme: [],
  disclosure: [],
  proofs: [],
};

const adapters =
  /^src\/(store\/((sqlite|kurrentdb)[^/]*)|vault\/((sqlite|postgres)[^/]*|evidence))\.ts$/;

/** What may stand only in some files of src, and why it is kept there. */
const confined: readonly { what: string; found: RegExp; only: RegExp; why: string }[] = [
  {
    what: '@eventstore/db-client',
    found: /['"`]@eventstore\/db-client(\/[^'"`]*)?['"`]/,
    only: /^src\/store\/kurrentdb-client\.ts$/,
    why: 'the client of KurrentDB is known to its adapter alone',
  },
  {
    what: 'pg',
    found: /['"`]pg(\/[^'"`]*)?['"`]/,
    only: /^src\/vault\/postgres-client\.ts$/,
    why: 'the client of PostgreSQL is known to the vault alone',
  },
  {
    what: 'a SQLite package',
    found: /['"`](node:sqlite|@photostructure\/sqlite)['"`]/,
    only: /^src\/store\/driver\.ts$/,
    why: 'which SQLite serves is decided in one place',
  },
  {
    what: 'a package that writes Parquet or ODS',
    found: /['"`](hyparquet-writer|hucre)(\/[^'"`]*)?['"`]/,
    only: /^src\/export\/(facts-parquet|ods)\.ts$/,
    why: 'a young package stands behind one file of ours',
  },
  {
    what: 'express',
    found: /(from|import|import\(|require\()\s*['"`]express(\/[^'"`]*)?['"`]/,
    only: /^src\/http\//,
    why: 'only http speaks HTTP',
  },
  {
    what: 'the environment, the clock or chance',
    found:
      /\bprocess\s*\.\s*env\b|['"`]node:process['"`]|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b/,
    only: /^src\/(main|worker)\.ts$|^src\/main\//,
    why: 'only the composition root reads them and passes them in',
  },
];

const unwanted: readonly { found: RegExp; say: string }[] = [
  { found: /^\s*export default\b/m, say: 'has a default export; export by name' },
  { found: /\b(describe|context|it|specify)\.only\(/, say: 'runs only some of the tests' },
];

const maxLines = 250;

/** Every break of the project's rules of structure in `files`, one sentence each. */
export function breaksIn(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const code = withoutComments(file.text);
    const shape = shapeBreaks(file, code);
    if (!file.path.startsWith('src/')) return shape;
    return [...shape, ...confinedBreaks(file.path, code), ...arrowBreaks(file.path, code)];
  });
}

function shapeBreaks({ path, text }: SourceFile, code: string): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return [
    ...(lines > maxLines ? [`${path} has ${lines} lines; at most ${maxLines}, so split it`] : []),
    ...(path.endsWith('/index.ts') ? [`${path} is a barrel; import from the file meant`] : []),
    ...unwanted.filter(({ found }) => found.test(code)).map(({ say }) => `${path} ${say}`),
  ];
}

function confinedBreaks(path: string, code: string): string[] {
  return confined
    .filter(({ found, only }) => found.test(code) && !only.test(path))
    .map(({ what, why }) => `${path} uses ${what}: ${why}`);
}

function arrowBreaks(path: string, code: string): string[] {
  const room = roomOf(path);
  const allowed = arrows[room];
  if (allowed === undefined) return path === limits ? [] : [`${path} stands in no known room`];
  return importsOf(path, code).flatMap((target) => {
    if (target === limits || roomOf(target) === room || allowed === 'anything') return [];
    if (adapters.test(target)) return [`${path} imports the adapter ${target}; only main may`];
    const short = target.startsWith('src/') ? target.slice('src/'.length) : target;
    if (allowed.some((to) => (to.endsWith('/') ? short.startsWith(to) : short === to))) return [];
    return [
      `${path} imports ${target}; ${room} may import ${allowed.join(', ') || 'nothing of ours'}`,
    ];
  });
}

const limits = 'src/limits.ts';

function roomOf(path: string): string {
  if (path === 'src/main.ts' || path === 'src/worker.ts') return 'main';
  return path.split('/').length > 2 ? (path.split('/')[1] ?? '') : '';
}

/** Our own files that `code` imports, types too, as paths from the project's root. */
function importsOf(path: string, code: string): string[] {
  const found = code.matchAll(
    /(?:\bfrom|\bimport|\bimport\(|\bURL\()\s*['"`](\.{1,2}\/[^'"`]+)['"`]/g,
  );
  return [...found].map(([, target]) =>
    new URL(target ?? '', `file:///${path}`).pathname.slice(1).replace(/\.js$/, '.ts'),
  );
}

function withoutComments(text: string): string {
  return text.replace(/(?<=^|\s)\/\*[\s\S]*?\*\//g, '').replace(/(?<=^|\s)\/\/.*$/gm, '');
}
