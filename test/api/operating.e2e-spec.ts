import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Append, Appended } from '#event-store';
import { StoreAround } from './store-around.js';
import { ServiceUnderTest, type Told } from './service-under-test.js';

const PURPOSE = 'quicklid:3.1';
const NAME = 'Қайырбекұлы Ерасыл';
const VALUES = { 'quicklid:name': NAME };

/** A log whose disk is gone. */
class Gone extends StoreAround {
  override async append(_: Append): Promise<Appended> {
    return Promise.reject(new Error('gone'));
  }

  override async assertReachable(): Promise<void> {
    return Promise.reject(new Error('gone'));
  }
}

/** The value of a metric, of the one line that begins so. */
function metric({ text }: Told, name: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

describe('running the service', () => {
  let pdl: ServiceUnderTest;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
  });
  afterAll(async () => pdl.stop());

  it('is ready when log, vault, views and disk are, and says so to anybody', async () => {
    expect(await pdl.ask('GET /health/ready')).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        store: { ok: true },
        vault: { ok: true },
        views: { ok: true, lag: expect.any(Number) },
        disk: { ok: true, freeBytes: expect.any(Number) },
      },
    });
  });

  it('is not ready when the disk is below its reserve, or the views are too far behind', async () => {
    const strict = await ServiceUnderTest.start({ diskReserveBytes: 2 ** 52, viewLag: 1 });
    try {
      expect(await strict.ask('GET /health/ready')).toMatchObject({
        status: 503,
        body: { status: 'not ready', store: { ok: true }, disk: { ok: false } },
      });
      await strict.person(VALUES);
      const { views } = (await strict.ask('GET /health/ready')).body as {
        views: { ok: boolean; lag: number };
      };
      expect(views).toMatchObject({ ok: false });
      await strict.ledger.views();
      expect(await strict.ask('GET /health/ready')).toMatchObject({
        body: { views: { ok: true } },
      });
    } finally {
      await strict.stop();
    }
  });

  it('is not ready when the log cannot be read, and still says so', async () => {
    const service = await pdl.decorated((store) => new Gone(store));
    expect(await pdl.ask('GET /health/ready', {}, service)).toMatchObject({
      status: 503,
      body: { status: 'not ready', store: { ok: false }, vault: { ok: true } },
    });
    expect(await pdl.ask('GET /health/live', {}, service)).toMatchObject({ status: 200 });
    await service.stop();
  });

  it('counts by operation and verdict, times commits and answers, and names nobody', async () => {
    const before = await pdl.ask('GET /metrics');
    const subject = await pdl.person(VALUES);
    const token = await pdl.officer();
    await pdl.ask(`GET /v1/subjects/${subject}/data?purpose=${PURPOSE}`, { token });
    await pdl.ask(`GET /v1/subjects/${subject}/data?purpose=${PURPOSE}`, { token });
    await pdl.ask(`GET /v1/subjects/${subject}/data?purpose=quicklid:9.9`, { token });
    await pdl.ask(`GET /v1/${NAME}`);
    const after = await pdl.ask('GET /metrics');
    expect(after.headers['content-type']).toMatch(/^text\/plain/u);
    const counted = (name: string): number =>
      metric(after, name) - (Number.isNaN(metric(before, name)) ? 0 : metric(before, name));
    const events = 'pdl_recorded_events_total';
    expect(counted(`${events}{operation="collect",verdict="lawful"}`)).toBe(1);
    expect(counted(`${events}{operation="retrieve",verdict="lawful"}`)).toBe(2);
    expect(counted(`${events}{operation="retrieve",verdict="refused"}`)).toBe(1);
    expect(counted('pdl_commit_seconds_count{store="log"}')).toBeGreaterThanOrEqual(6);
    expect(counted('pdl_commit_seconds_count{store="vault"}')).toBeGreaterThanOrEqual(6);
    expect(metric(after, 'pdl_failed_commits_total{store="log"}')).toBe(0);
    expect(counted('pdl_log_events')).toBe(6);
    expect(metric(after, 'pdl_view_lag_events')).toBeGreaterThanOrEqual(0);
    expect(after.text).toContain(
      'pdl_http_request_seconds_count{method="GET",route="/v1/subjects/:id/data",status="403"}',
    );
    expect(after.text).not.toContain(subject);
    expect(after.text).not.toContain(encodeURIComponent(NAME));
    expect(after.text).not.toContain(NAME);
  });
});
