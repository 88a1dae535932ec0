import { type FactDefinition, pathsOf } from '../../events/define.ts';

/** The text of a fact's data with an empty list of boxes, and the keys of the boxes that stood in it. */
export interface Boxless {
  text: string;
  kids: string[];
}

const LIST = '"sealed":[';
/** A box, canonical: what its shape says (`SealedBoxShape`), keys in order, nothing between. */
const BOX =
  /\{"alg":"A256GCM","c":\{((?:"[\w/]{1,200}":"[\w-]{43}",?)*)\},"ct":"[\w-]+","iv":"[\w-]{16}","kid":"([\w-]{22})","v":1\}([,\]])/y;
const PATH = /"([\w/]+)":"[\w-]{43}"(,|$)/y;
const MOST = 20;

/**
 * Takes the boxes out of a stored text, where they are as nearly all are: one expression reads them in a fifth
 * of the time that parsing, canonical text and schema take. Undefined where there are none, or where they are
 * anything else: then it says nothing of them.
 */
export function withoutKnownBoxes(text: string, definition: FactDefinition): Boxless | undefined {
  const start = text.indexOf(LIST);
  if (start < 0) return undefined;
  const declared = declaredBy(definition);
  const from = start + LIST.length;
  const kids: string[] = [];
  for (BOX.lastIndex = from; kids.length < MOST; ) {
    const found = BOX.exec(text);
    if (found === null) return undefined;
    const [, paths = '', kid = '', then] = found;
    if (kids.includes(kid) || !arePaths(paths, declared)) return undefined;
    kids.push(kid);
    if (then === ']') return { text: text.slice(0, from) + text.slice(BOX.lastIndex - 1), kids };
  }
  return undefined;
}

/** Whether commitments stand at declared paths alone, each once, in order. */
function arePaths(text: string, declared: RegExp): boolean {
  let before = '';
  for (let at = 0; at < text.length; at = PATH.lastIndex) {
    PATH.lastIndex = at;
    const [, path = '', then] = PATH.exec(text) ?? [];
    if (path <= before || !declared.test(path)) return false;
    if (then === ',' && PATH.lastIndex === text.length) return false;
    before = path;
  }
  return true;
}

const known = new Map<FactDefinition, RegExp>();

function declaredBy(definition: FactDefinition): RegExp {
  const made = known.get(definition) ?? pathsOf(definition.sealed);
  known.set(definition, made);
  return made;
}
