import { describe, expect, it } from '@jest/globals';
import { checkedConnectionString, withOwnConnection } from './connection-string.js';

const FILE = import.meta.filename;

describe('a connection string', () => {
  it.each([
    ['esdb://localhost:2113?tls=false', 'esdb://localhost:2113?tls=false'],
    ['kurrentdb://localhost', 'esdb://localhost'],
    ['kurrentdb+discover://u:p@db.example:2113', 'esdb+discover://u:p@db.example:2113'],
    [`esdb://a:1,b:2,c:3?tlsCAFile=${FILE}`, `esdb://a:1,b:2,c:3?tlsCAFile=${FILE}`],
  ])('%s is taken', (given, taken) => {
    expect(checkedConnectionString(given)).toBe(taken);
  });

  it.each([
    ['esdb://u:secret@h?throwOnAppendFailure=false'],
    ['esdb://u:secret@h?defaultDeadline=5'],
    ['esdb://u:secret@h?tlsVerifyCert=false'],
    ['esdb://u:secret@h?unheardOf=1'],
    ['esdb://'],
    ['http://u:secret@h'],
  ])('%s is refused, and not repeated', (given) => {
    expect(() => checkedConnectionString(given)).toThrow(RangeError);
    expect(() => checkedConnectionString(given)).not.toThrow(/secret/u);
  });

  it.each(['tlsCAFile', 'userCertFile', 'user_key_file'])(
    'names the file of %s when it cannot be read, and no secret',
    (option) => {
      const missing = () => checkedConnectionString(`esdb://u:secret@h?${option}=/no/such.pem`);
      expect(missing).toThrow(`${option} names a file that cannot be read: /no/such.pem (ENOENT)`);
      const folder = () => checkedConnectionString(`esdb://u:secret@h?${option}=/`);
      expect(folder).toThrow(`${option} names a file that cannot be read: / (EISDIR)`);
    },
  );

  it.each([
    ['esdb://h', 'esdb://h?keepAliveInterval=10002'],
    ['esdb://h?tls=false', 'esdb://h?tls=false&keepAliveInterval=10002'],
    [
      'esdb://h?keep_alive_interval=20000&tls=false',
      'esdb://h?keep_alive_interval=20002&tls=false',
    ],
  ])('%s has a connection of its own for each client', (given, own) => {
    expect(withOwnConnection(given, 2)).toBe(own);
  });
});
