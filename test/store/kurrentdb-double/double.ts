import { promisify } from 'node:util';
import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { type Cable, startCable } from '../../support/cable.ts';
import { type BatchCall, handleBatchAppend } from './appending.ts';
import {
  features,
  GossipService,
  gossip,
  ServerFeaturesService,
  StreamsService,
  shared,
} from './definitions.ts';
import { createFaults, type Faults } from './faults.ts';
import { createLog, type Log } from './log.ts';
import { handleRead, type ReadCall } from './reading.ts';

/**
 * A server on loopback that speaks KurrentDB's protocol from the service definitions that the client package
 * ships, and does what a real one was seen to do, its failures included. Real client, real wire.
 */
export interface Double {
  readonly log: Log;
  readonly faults: Faults;
  readonly cable: Cable;
  /** Connection string to the one node. */
  readonly address: string;
  /** Connection string by which the client asks who leads. */
  readonly clusterAddress: string;
  /** Whether anybody leads: without a leader nobody is found. */
  leads(whether: boolean): void;
  close(): Promise<void>;
}

/** @param now the server's clock, in ms */
export async function startDouble(now: () => number = Date.now): Promise<Double> {
  const log = createLog(now);
  const faults = createFaults();
  let leader = true;
  let cable: Cable | undefined;
  const served = { log, faults, cable: () => cable as Cable };
  const server = new Server();
  server.addService(StreamsService, {
    read: (call: ReadCall) => handleRead(served, call),
    batchAppend: (call: BatchCall) => handleBatchAppend(served, call),
  } as unknown as UntypedServiceImplementation);
  server.addService(ServerFeaturesService, {
    getSupportedMethods: (_: unknown, tell: sendUnaryData<unknown>) => tell(null, supported()),
  });
  server.addService(GossipService, {
    read: (_: unknown, tell: sendUnaryData<unknown>) =>
      tell(null, cluster((cable as Cable).port, leader)),
  });
  const bind = promisify(server.bindAsync.bind(server));
  cable = await startCable(await bind('127.0.0.1:0', ServerCredentials.createInsecure()));
  const { port } = cable;
  return {
    log,
    faults,
    cable,
    address: `esdb://127.0.0.1:${port}?tls=false`,
    clusterAddress: `esdb://127.0.0.1:${port},127.0.0.1:${port}?tls=false`,
    leads(whether) {
      leader = whether;
    },
    async close() {
      await cable?.close();
      server.forceShutdown();
    },
  };
}

function supported() {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion('23.10.6');
  methods.setMethodsList(
    ['batchappend', 'read', 'append'].map((name) => {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      return method;
    }),
  );
  return methods;
}

function cluster(port: number, leader: boolean) {
  const info = new gossip.ClusterInfo();
  const member = new gossip.MemberInfo();
  const id = new shared.UUID();
  id.setString('11111111-1111-4111-8111-111111111111');
  member.setInstanceId(id);
  member.setTimeStamp('0');
  member.setIsAlive(true);
  const { VNodeState } = gossip.MemberInfo;
  member.setState(leader ? VNodeState.LEADER : VNodeState.UNKNOWN);
  const end = new gossip.EndPoint();
  end.setAddress('127.0.0.1');
  end.setPort(port);
  member.setHttpEndPoint(end);
  info.setMembersList([member]);
  return info;
}
