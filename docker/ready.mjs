// Whether the service of this container is ready: exit 0 or 1. The image has no other program that could ask.
const { PDL_PORT: port = '3000' } = process.env;
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, {
  signal: AbortSignal.timeout(4_000),
}).catch(() => undefined);
process.exitCode = answer?.ok === true ? 0 : 1;
