import assert from 'node:assert/strict';
import { reached, saysWhen, throughGateway } from './target.js';

const TIMES = ['created', 'created_at', 'completed_at'];
const IDS = ['id', 'call_id', 'item_id', 'tool_call_id'];

/**
 * What may be otherwise when the same is told again. Each answer of a provider has its own ids and time; those that
 * are kept have theirs. Anthropic's say no time: that is when the gateway tells it. Streams do not say the tier again.
 */
const OTHERWISE = new Set(throughGateway ? ['service_tier', ...(saysWhen ? [] : TIMES)] : [...IDS, ...TIMES]);

/** What an answer says: nothing, null and an empty text are the same. */
const said = (answer) =>
  JSON.parse(
    JSON.stringify(answer, (name, value) =>
      value === null || value === '' || OTHERWISE.has(name) ? undefined : value,
    ),
  );

/**
 * Asks the same twice. A gateway asks the provider once, and says the very same again, ids included;
 * the simulator itself is asked twice, and says the same but for its ids.
 *
 * @param ask what no other case asks, to what the SDK makes of the answer
 * @returns the second answer
 */
export async function twice(ask) {
  const before = await reached();
  const first = await ask();
  assert.equal((await reached()) - before, 1, 'requests that reach the provider for what nobody asked before');
  const again = await ask();
  assert.equal((await reached()) - before, throughGateway ? 1 : 2, 'requests that reach the provider after asking again');
  assert.deepEqual(said(again), said(first));
  return again;
}

/** Asks the same twice, which must reach the provider twice; to both answers. */
export async function neverStored(ask) {
  const before = await reached();
  const answers = [await ask(), await ask()];
  assert.equal((await reached()) - before, 2, 'requests that reach the provider');
  return answers;
}

/** All that an iterable of events or chunks brings. */
export async function all(events) {
  const seen = [];
  for await (const event of await events) {
    seen.push(event);
  }
  return seen;
}
