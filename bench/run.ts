import { measures } from './measures.ts';

/** Entry of a subject's process: runs it and sends what it measured. */
const [subject = '', folder = '', members = ''] = process.argv.slice(2);
const results = await measures[subject]?.run(folder, Number(members));
process.send?.(results, () => process.disconnect());
