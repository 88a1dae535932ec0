import { connect } from 'node:net';

/** Sends bytes as they are to a server, and gives what it answers until it closes the connection. */
export function sendRaw(
  url: string,
  bytes: string,
  encoding: 'utf8' | 'latin1' = 'utf8',
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.setEncoding(encoding);
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
