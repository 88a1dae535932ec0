import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './pages.ts';

// Run from the project's folder: node dist/test/docs/write.js
const folder = join('docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, page] of referencePages) writeFileSync(join(folder, name), await page());
