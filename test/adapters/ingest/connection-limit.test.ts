import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { limitConnections } from '../../../src/ingest/connection-limit.js';

/** Connect from these addresses, one after the other, and return which are refused. */
function refused(addresses: readonly string[]): boolean[] {
  const server = new EventEmitter();
  limitConnections(server as never, { connectionsOfAddress: 2, connectionSeconds: 600 });
  const sockets = addresses.map((remoteAddress) => {
    const socket = Object.assign(new EventEmitter(), {
      remoteAddress,
      said: '',
      end: (text: string) => (socket.said = text),
    });
    server.emit('connection', socket);
    return socket;
  });
  for (const socket of sockets) socket.emit('close');
  return sockets.map(({ said }) => said.startsWith('421'));
}

test('one subscriber’s IPv6 network counts as one sender, another network as another', () => {
  const addresses = ['2001:db8:1:1::1', '2001:db8:1:1::2', '2001:db8:1:1:ffff::3', '2001:db8:1:2::1'];
  expect(refused(addresses)).toEqual([false, false, true, false]);
});

test('IPv4 addresses count one by one, as IPv6 writes them too', () => {
  expect(refused(['::ffff:192.0.2.1', '::ffff:192.0.2.2', '192.0.2.1', '::ffff:192.0.2.1'])).toEqual([
    ...[false, false, false, true],
  ]);
});
