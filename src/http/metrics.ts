import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Views } from '../projections/views.ts';
import { type EventStore, type Reach, StoreUnavailable } from '../store/event-store.ts';

/** What `/metrics` shows: counts and times, never who. */
export interface Metrics {
  answered(operation: string, status: number, seconds: number): void;
  /** The store, with the time of each append told. */
  timed(store: EventStore): EventStore;
  text(): Promise<string>;
  contentType: string;
}

/** Makes the metrics of one process. */
export function makeMetrics(views: Views, store: EventStore): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'skills_ledger_http_seconds',
    help: 'time to answer a request, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [register],
  });
  new Gauge({
    name: 'skills_ledger_facts',
    help: 'facts in the ledger',
    registers: [register],
    async collect() {
      this.set((await views.progress()).head);
    },
  });
  new Gauge({
    name: 'skills_ledger_projection_lag_facts',
    help: 'facts that the read models have not read yet',
    registers: [register],
    async collect() {
      const { head, count } = await views.progress();
      this.set(head - count);
    },
  });
  const appends = new Histogram({
    name: 'skills_ledger_append_seconds',
    help: 'time of an append until it was durable (stored), another came first (refused), or nobody knows (unavailable)',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 10],
    registers: [register],
  });
  if (store.reach !== undefined) reaching(register, store.reach);
  return {
    answered(operation, status, seconds) {
      durations.observe({ operation, status: String(status) }, seconds);
    },
    timed: (untimed) => ({
      ...untimed,
      async append(...args) {
        const told = appends.startTimer();
        try {
          const appended = await untimed.append(...args);
          told({ outcome: 'stored' });
          return appended;
        } catch (error) {
          told({ outcome: error instanceof StoreUnavailable ? 'unavailable' : 'refused' });
          throw error;
        }
      },
    }),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}

/** Of a store that stands elsewhere. */
function reaching(register: Registry, reach: () => Reach): void {
  const counts = {
    append_retries: ['retries', 'further tries of appends'],
    reconnects: ['reconnects', 'times that the log of the store was followed anew'],
    foreign_events: ['foreign', 'events in the store that are no facts of this ledger'],
  } as const;
  for (const [name, [count, help]] of Object.entries(counts)) {
    new Gauge({
      name: `skills_ledger_store_${name}`,
      help,
      registers: [register],
      collect() {
        this.set(reach()[count]);
      },
    });
  }
}
