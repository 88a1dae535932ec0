/** What a table of `views.db` is for, and what each of its columns says. */
export interface TableTold {
  says: string;
  columns: Readonly<Record<string, string>>;
}

/** A table that the ledger keeps for itself: what a later fact needs of an earlier one. */
export const ownUse = 'For the ledger’s own use:';
