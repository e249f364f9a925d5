import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { interpolated, readCompose, type ComposeFile, type Service } from './compose-file.js';
import { IS_SECRET, KNOWN, PINNED } from './dockerfile-rules.js';

/** Images that are made to run as another user than root, so that nothing need be said here. */
const NOT_ROOT = /^docker\.kurrent\.io\/kurrent-lts\/kurrentdb:/u;
/** What gives up protection that a server has by itself. */
const UNSAFE =
  /^KURRENTDB_(?:INSECURE|DEV|UNSAFE\w*|ALLOW_ANONYMOUS\w*)$|^POSTGRES_HOST_AUTH_METHOD$/u;
const ASKED_FOR = /^\$\{\w+:\?[^}]+\}$/u;

/** Sentences on what a compose file of this repository must not say; empty when all is well. `folder`: where it lies. */
export function faultsOfCompose(text: string, folder: string): readonly string[] {
  const file = readCompose(text);
  return Object.entries(file.services).flatMap(([name, service]) =>
    [
      ...faultsOfImage(service, folder),
      ...faultsOfProtection(service),
      ...faultsOfUser(service),
      ...faultsOfEnvironment(service),
      ...faultsOfVolumes(service, file),
      ...faultsOfReach(service, file),
    ].map((fault) => `${name}: ${fault}`),
  );
}

function faultsOfImage({ image = '', build, healthcheck }: Service, folder: string) {
  if (build !== undefined) {
    const dockerfile = join(folder, build.context, build.dockerfile);
    // Its own health check is a rule of the Dockerfile.
    return existsSync(dockerfile) ? [] : [`${build.dockerfile} does not exist`];
  }
  const isChecked = Array.isArray(healthcheck?.test) && healthcheck.disable !== true;
  return [
    ...(PINNED.test(image) ? [] : [`${image} is not pinned by tag and digest`]),
    ...(isChecked ? [] : ['nobody sees whether it is healthy']),
  ];
}

function faultsOfProtection(service: Service): readonly string[] {
  const { cap_drop: dropped = [], security_opt: options = [], tmpfs = [] } = service;
  const rules: readonly (readonly [string, boolean])[] = [
    ['its root can be written to', service.read_only === true],
    ['it has no /tmp to write to', tmpfs.some((place) => place.startsWith('/tmp'))],
    ['it keeps capabilities', dropped.includes('ALL') && service.cap_add === undefined],
    ['it may gain privileges', options.includes('no-new-privileges:true')],
    ['it is privileged', service.privileged !== true],
    ['it shares the machine', (service.network_mode ?? service.pid) === undefined],
    ['it stays down after a fall', service.restart === 'unless-stopped'],
  ];
  return rules.filter(([, holds]) => !holds).map(([fault]) => fault);
}

function faultsOfUser({ image = '', user, build }: Service): readonly string[] {
  const isNamed = user !== undefined && /^[1-9]\d*:[1-9]\d*$/u.test(user);
  const isImages = user === undefined && (build !== undefined || NOT_ROOT.test(image));
  return isNamed || isImages ? [] : ['it runs as root'];
}

function faultsOfEnvironment({ environment = {} }: Service): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) => [
    ...(name.startsWith('PDL_') && !KNOWN.has(name) ? [`${name} is no setting`] : []),
    ...(UNSAFE.test(name) ? [`${name} takes protection away`] : []),
    ...(value === null ? [] : faultsOfValue(name, value)),
  ]);
}

function faultsOfValue(name: string, value: string): readonly string[] {
  const isSecret = IS_SECRET.test(name) && !name.endsWith('_FILE');
  const secrets = [...(isSecret ? [value] : []), ...passwordsIn(value)];
  return [
    ...secrets
      .filter((secret) => !ASKED_FOR.test(secret))
      .map(() => `${name} has a secret in it, or a default for one`),
    ...(/tls=false|tlsVerifyCert=false|sslmode=disable/iu.test(value)
      ? [`${name} takes protection away`]
      : []),
  ];
}

/** The password of a URL, as it stands there. */
function passwordsIn(url: string): readonly string[] {
  const found = /:\/\/[^/@:]*:(?<password>\$\{[^}]*\}|[^@/]*)@/u.exec(url)?.groups?.['password'];
  return found === undefined ? [] : [found];
}

function faultsOfVolumes({ volumes = [] }: Service, file: ComposeFile): readonly string[] {
  return volumes.flatMap((volume) => {
    const [source = '', , mode] = interpolated(volume, {}).split(':');
    if (!/^[./~]/u.test(source))
      return source in (file.volumes ?? {}) ? [] : [`${source} is no volume`];
    return source.startsWith('./certificates/') && mode === 'ro'
      ? []
      : [`${source} is a folder of the machine, and more than certificates to read`];
  });
}

/** Who reaches it, whom it reaches, and what it waits for. */
function faultsOfReach(service: Service, { networks = {}, services }: ComposeFile) {
  const { ports = [], depends_on: needs = {} } = service;
  const open = (service.networks ?? ['default']).filter(
    (name) => networks[name]?.internal !== true,
  );
  const waits = Object.entries(needs as Readonly<Record<string, { readonly condition?: string }>>);
  return [
    ...ports
      .filter((port) => !port.startsWith('127.0.0.1:'))
      .map((port) => `${port} is open to others than this machine`),
    ...(ports.length === 0 && open.length > 0 ? ['it reaches outside, and need not'] : []),
    ...waits
      .filter(([name, { condition }]) => !(name in services) || condition !== 'service_healthy')
      .map(([name]) => `it does not wait until ${name} is healthy`),
  ];
}
