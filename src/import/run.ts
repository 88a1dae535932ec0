import { refusalOf } from '../commands/imported.ts';
import type { Task } from './kind.ts';
import type { Row } from './row.ts';

/** What became of the rows that had something to be done. */
export interface Outcomes {
  added: Set<Row>;
  /** Rows that were imported before with other content. */
  changed: Set<Row>;
}

/** Rows under way at a time: enough that one flush of the store serves many. */
const AT_A_TIME = 48;

/**
 * Runs tasks stage by stage, lanes side by side. A task that is refused is noted at its row and stops nothing else.
 *
 * @throws what is no refusal, as that the store cannot be written, once all that is under way has ended
 */
export async function runTasks(
  stages: readonly Task[][],
  onDone: (count: number, of: number) => void,
): Promise<Outcomes> {
  const outcomes = { added: new Set<Row>(), changed: new Set<Row>() };
  const of = stages.reduce((sum, tasks) => sum + tasks.length, 0);
  let count = 0;
  for (const tasks of stages) {
    const lanes = lanesOf(tasks);
    let failed: { error: unknown } | undefined;
    const work = async (): Promise<void> => {
      for (let lane = lanes.pop(); lane !== undefined && !failed; lane = lanes.pop()) {
        for (const task of lane) {
          await runOne(task, outcomes);
          count += 1;
          onDone(count, of);
        }
      }
    };
    const workers = Array.from({ length: AT_A_TIME }, () =>
      work().catch((error: unknown) => {
        failed ??= { error };
      }),
    );
    await Promise.all(workers);
    if (failed !== undefined) throw (failed as { error: unknown }).error;
  }
  return outcomes;
}

/** Tasks by lane, the lane of the first task last, where it is taken from. */
function lanesOf(tasks: readonly Task[]): Task[][] {
  const lanes = new Map<string, Task[]>();
  for (const task of tasks) {
    const lane = lanes.get(task.lane);
    if (lane === undefined) lanes.set(task.lane, [task]);
    else lane.push(task);
  }
  return [...lanes.values()].reverse();
}

async function runOne({ row, run, about }: Task, outcomes: Outcomes): Promise<void> {
  try {
    if (await run()) outcomes.added.add(row);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    if (refusal.code === 'key-reused') {
      outcomes.changed.add(row);
      return;
    }
    row.complain(about[refusal.code], refusal.message);
  }
}
