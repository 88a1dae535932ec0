/** A kind that earns a point an hour, unless it says otherwise. */
export function kind(name: string, more: object = {}): object {
  return {
    kind: name,
    category: name,
    measure: 'minute',
    accept: 'recording',
    earns: [{ rate: { points: 1, per: '1 hour' } }],
    ...more,
  };
}

/** A calendar year, 20 points, kinds `talk` and `read`: what a test of one rule needs around it. */
export function bookOf(rules: object): object {
  return {
    cycle: { months: 12, starts: 'fixed' },
    kinds: [kind('talk'), kind('read')],
    targets: [{ grade: 'full', points: 20 }],
    ...rules,
  };
}
