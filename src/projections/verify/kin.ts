/** Which ids are one human, as absorptions told so far (contract, 1). */
export interface Kin {
  absorb(event: string, survivor: string, duplicate: string): void;
  /** An absorption was retracted: it never was. */
  forget(event: string): void;
  same(a: string, b: string): boolean;
}

export function openKin(): Kin {
  const pairs = new Map<string, [string, string]>();
  let families = new Map<string, string>();
  const headOf = (id: string): string => families.get(id) ?? id;
  const join = (a: string, b: string): void => {
    const [from, to] = [headOf(a), headOf(b)];
    for (const [id, head] of families) if (head === from) families.set(id, to);
    families.set(from, to);
    families.set(to, to);
  };
  return {
    absorb(event, survivor, duplicate) {
      pairs.set(event, [survivor, duplicate]);
      join(survivor, duplicate);
    },
    forget(event) {
      if (!pairs.delete(event)) return;
      families = new Map();
      for (const [survivor, duplicate] of pairs.values()) join(survivor, duplicate);
    },
    same: (a, b) => a === b || (families.size > 0 && headOf(a) === headOf(b)),
  };
}
