import { defineFact } from './define.ts';
import { Uuid } from './shapes.ts';

export const Absorbed = defineFact({
  type: 'Absorbed',
  category: 'member',
  says: 'Another id was the same human: their history is this stream and those that it absorbed.',
  shape: { duplicate: Uuid },
});

export const MergedInto = defineFact({
  type: 'MergedInto',
  category: 'member',
  says: 'This person goes on under another id.',
  shape: { survivor: Uuid },
});
