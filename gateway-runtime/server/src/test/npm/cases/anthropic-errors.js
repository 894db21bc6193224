import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { all } from '../lib/asking.js';
import { anthropic, chatModel, ofOpenAi, url } from '../lib/target.js';

const asking = (model, more = {}) => ({
  model,
  max_tokens: 1000,
  messages: [{ role: 'user', content: 'count 51' }],
  ...more,
});

/** A check of an error: its class, and what Anthropic calls it. */
const is = (type, kind) => (error) => {
  assert.ok(error instanceof type, String(error));
  assert.equal(error.error?.type, 'error');
  assert.equal(error.error.error.type, kind);
  return true;
};

for (const [front, ask] of [
  ['messages', (model, more) => anthropic.messages.create(asking(model, more))],
  ['messages, streamed', (model, more) => all(anthropic.messages.create(asking(model, { stream: true, ...more })))],
]) {
  test(`${front}, errors: no model of that name`, () =>
    assert.rejects(ask('no-such-model'), is(Anthropic.NotFoundError, 'not_found_error')));

  test(`${front}, errors: a value out of range`, () =>
    assert.rejects(ask(chatModel, { temperature: 3 }), is(Anthropic.BadRequestError, 'invalid_request_error')));

  test(`${front}, errors: the provider fails`, () =>
    assert.rejects(ask('sim-error'), is(Anthropic.InternalServerError, 'api_error')));

  test(`${front}, errors: the provider is overloaded`, () =>
    assert.rejects(ask('sim-overloaded'), is(Anthropic.InternalServerError, ofOpenAi ? 'overloaded_error' : 'api_error')));
}

for (const [what, model] of [
  ['an error within it', 'sim-error-in-stream'],
  ['a connection that is cut', 'sim-cut'],
]) {
  test(`messages, streamed, errors: ${what}`, () =>
    assert.rejects(anthropic.messages.stream(asking(model)).finalMessage(), Anthropic.AnthropicError));
}

test('messages, errors: another key', () => {
  const stranger = new Anthropic({ apiKey: 'wrong', baseURL: url, maxRetries: 0 });
  return assert.rejects(
    stranger.messages.create(asking(chatModel)),
    is(Anthropic.AuthenticationError, 'authentication_error'),
  );
});
