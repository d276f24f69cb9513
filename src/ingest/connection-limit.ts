import type { Server, Socket } from 'node:net';
import { clientAddress } from '../http/client-address.js';

/** What a sender's connections may cost. */
export interface ConnectionLimits {
  /** Of one IPv4 address, or of one /64 network of IPv6. */
  readonly connectionsOfAddress: number;
  /** A relay that keeps a connection open connects again. */
  readonly connectionSeconds: number;
}

/** Limit the connections of one sender, and end those that last too long. */
export function limitConnections(server: Pick<Server, 'on'>, limits: ConnectionLimits): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const sender = clientAddress({ ip: socket.remoteAddress ?? '' });
    const count = (open.get(sender) ?? 0) + 1;
    open.set(sender, count);
    const timer = setTimeout(() => socket.destroy(), limits.connectionSeconds * 1000);
    socket.once('close', () => {
      clearTimeout(timer);
      const left = (open.get(sender) ?? 1) - 1;
      if (left > 0) open.set(sender, left);
      else open.delete(sender);
    });
    if (count > limits.connectionsOfAddress) socket.end('421 Too many connections from your address\r\n');
  });
}
