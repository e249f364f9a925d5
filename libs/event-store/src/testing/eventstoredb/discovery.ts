import type gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';

/** What the server says that it can, before anything else is asked. */
export function supportedMethods(batch: boolean): featuresGrpc.IServerFeaturesServer {
  const answer = new features.SupportedMethods().setEventStoreServerVersion('23.10.6');
  const method = new features.SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('batchappend');
  if (batch) answer.setMethodsList([method]);
  return { getSupportedMethods: (_, callback) => callback(null, answer) };
}

/** The members of a cluster by their ports, the leader first. */
export function gossipOf(ports: () => readonly number[]): gossipGrpc.IGossipServer {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  return {
    read: (_, callback) => {
      const members = ports().map((port, n) =>
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString(instanceId(port)))
          .setIsAlive(true)
          .setState(n === 0 ? LEADER : FOLLOWER)
          .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port)),
      );
      callback(null, new gossip.ClusterInfo().setMembersList(members));
    },
  };
}

function instanceId(port: number): string {
  return `00000000-0000-4000-8000-${String(port).padStart(12, '0')}`;
}
