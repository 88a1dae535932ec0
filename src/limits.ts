/** Every limit of the ledger, once, with its reason. A limit reached is a clear refusal, never a cut. */
export const limits = {
  /** A fact's data and metadata together, in bytes of UTF-8: fits a KurrentDB event with room (contract, 3). */
  factBytes: 256 * 1024,
  /** All facts of one append, in bytes: KurrentDB refuses an append above 1 MiB (contract, 3). */
  appendBytes: 1_000_000,
  /** Cells of a table that is given out, in bytes of canonical JSON, some 4,500: with their envelopes they are one append. */
  releaseBytes: 980_000,
  /** Facts of one append: what one command may say; longer lists are chunked. */
  appendEvents: 500,
  /** A sealed box's plaintext, in bytes (contract, 4). */
  boxBytes: 65_536,
  /** A body of JSON, in bytes: a bulk of 1,000 claims fits. */
  bodyBytes: 2 * 1024 * 1024,
  /** An evidence file, in bytes (issue: a PDF or picture up to 10 MiB). */
  evidenceBytes: 10 * 1024 * 1024,
  /** A file to import, in bytes: read at once; a row of 500 bytes leaves room for 100,000. */
  importBytes: 64 * 1024 * 1024,
  /** Commands of one bulk request. */
  bulkCommands: 1_000,
  /** Lines of a claim: a page that an assessor can decide on. */
  claimLines: 50,
  /** Claims of one member in one cycle: above it a script has run wild. */
  claimsPerCycle: 1_000,
  /** Schemes that a member takes part in at a time: an award of a line names each (contract, 5). */
  schemesAtOnce: 10,
  /** Entries of one attendance fact (contract, 5). */
  attendanceEntries: 500,
  /** Skills of one version of a framework; with their texts they fit in one append, or are refused. */
  frameworkSkills: 1_000,
  /** A short text (title, name, provider), in UTF-16 code units. */
  shortText: 200,
  /** A long text (reason, reflection), in UTF-16 code units. */
  longText: 4_000,
  /** Tries at a wrong expected revision before 409. */
  conflictRetries: 5,
  /** Facts a projection reads at a time. */
  batch: 1_000,
  /** Items of a page by default, and at most. */
  pageDefault: 50,
  pageMost: 500,
  /** Cells of a page of a table by default, and at most: a report is drawn as a whole where that goes. */
  cellsDefault: 1_000,
  cellsMost: 10_000,
  /** Months of a trend: each is counted for itself. */
  trendMonths: 120,
  /** How long a read waits for "at least this position", in ms. */
  atLeastWaitMs: 2_000,
  /** Folded streams kept, in bytes by an estimate of 5 KB a fact (measured, docs/performance.md). */
  cacheBytes: 256 * 1024 * 1024,
  cacheBytesPerFact: 5 * 1024,
  /** Facts kept parsed for statements and histories: about 100 MB. */
  factsKept: 20_000,
  /** Statements kept as they are sent, in bytes of memory: about 2,500 of 50 claims. */
  statementBytes: 32 * 1024 * 1024,
} as const;
