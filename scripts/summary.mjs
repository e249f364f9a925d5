// What a run of Jest comes to, from its JSON result: nothing run, or a skip that nobody explains, is a failure.

/** Lines to print, the last one "N passed, N failed", and whether all is well; `named`: tests were chosen by name; `signal`: what ended Jest. */
export function summaryOf(result, status, { named = false, signal = null } = {}) {
  const suites = result?.testResults ?? [];
  const tests = suites.flatMap((suite) => suite.assertionResults);
  const of = (...states) => tests.filter((test) => states.includes(test.status));
  const passed = of('passed').length;
  const unrun = named ? [] : of('pending', 'todo', 'skipped', 'disabled');
  const silent = unrun.filter(({ fullName }) => !/\(skipped where .+\)/u.test(fullName));
  const faults = [
    ...of('failed').map(({ fullName }) => `failed: ${fullName}`),
    ...suites
      .filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0)
      .map((suite) => `failed: ${suite.name} did not run`),
    ...silent.map(
      ({ fullName }) => `failed: ${fullName} is skipped and its title does not say where`,
    ),
  ];
  const end = signal ?? status;
  if (result === undefined) faults.push(`failed: Jest wrote no result, it ended with ${end}`);
  if (passed === 0 && faults.length === 0) faults.push('failed: no test ran');
  if (status !== 0 && faults.length === 0) faults.push(`failed: Jest ended with ${end}`);
  const skipped = unrun.filter((test) => !silent.includes(test));
  return {
    ok: faults.length === 0,
    lines: [
      ...skipped.map(({ fullName }) => `skipped: ${fullName}`),
      ...(skipped.length === 0 ? [] : [`${skipped.length} skipped`]),
      ...faults,
      `${passed} passed, ${faults.length} failed`,
    ],
  };
}
