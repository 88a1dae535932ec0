import { handle } from '../commands/handle.ts';
import {
  appointAssessor,
  constitutePanel,
  declareInterest,
  endAppointment,
  publishRulebook,
} from '../commands/scheme.ts';
import { commandIdOf, newIdOf } from '../events/ids.ts';
import { command, type Operation, requestOf, under, write } from './operation.ts';
import { registerReads } from './register.ts';
import { PublishedAnswer, publishedReply } from './rulebook.ts';

export const schemeOperations: readonly Operation[] = under('schemes', [
  write({
    id: 'begin-scheme',
    path: '/v1/schemes',
    summary: 'Begin a scheme with the first version of its rulebook.',
    may: ['admin'],
    body: publishRulebook.body,
    output: PublishedAnswer,
    async run({ ledger }, call) {
      const commandId = commandIdOf(ledger.ledgerId, call.actor.id, 'scheme', call.key);
      const scheme = newIdOf(commandId, 'scheme');
      const answer = await handle(ledger, {
        ...requestOf(publishRulebook, call, scheme),
        commandId,
      });
      return publishedReply(ledger, scheme, answer, { scheme });
    },
  }),
  ...registerReads('scheme', '/v1/schemes', 'schemes'),
  command(appointAssessor, {
    path: '/v1/schemes/{scheme}/appointments',
    summary: 'Appoint an assessor from a day on, with a scope and limits.',
    may: ['admin'],
    subject: 'scheme',
    makes: 'appointment',
  }),
  command(endAppointment, {
    path: '/v1/schemes/{scheme}/appointments/{appointment}/endings',
    summary:
      'End an appointment, tomorrow at the earliest; one still ahead on its first day, and it never is in force.',
    may: ['admin'],
    subject: 'scheme',
  }),
  command(constitutePanel, {
    path: '/v1/schemes/{scheme}/panels',
    summary: 'Form a panel with a quorum.',
    may: ['admin'],
    subject: 'scheme',
    makes: 'panel',
  }),
  command(declareInterest, {
    path: '/v1/schemes/{scheme}/interests',
    summary: 'Declare an interest: an assessor one of their own, an admin anybody’s.',
    may: ['admin', 'assessor'],
    subject: 'scheme',
    makes: 'interest',
  }),
]);
