import { commandIdOf, newIdOf } from '../events/ids.ts';
import type { States } from './states.ts';

/**
 * The ids of a command that creates its stream: its category stands for the stream in the command's id, and
 * the new thing's id follows from that (contract, 1), so that a repeat finds the stream again.
 */
export function beginning(
  ledgerId: string,
  actorId: string,
  category: keyof States,
  key: string,
): { commandId: string; subject: string } {
  const commandId = commandIdOf(ledgerId, actorId, category, key);
  return { commandId, subject: newIdOf(commandId, category) };
}

/** The key of a command that follows from a fact: the fact's id, the command's name, the item (contract, 1). */
export function followUpKey(factId: string, command: string, item: string): string {
  return `${factId}/${command}/${item}`;
}
