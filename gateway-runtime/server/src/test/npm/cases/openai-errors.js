import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { all } from '../lib/asking.js';
import { chatModel, embeddingModel, ofAnthropic, openai, url } from '../lib/target.js';

const messages = [{ role: 'user', content: 'count 50' }];
const fronts = {
  chat: (model, more) => openai.chat.completions.create({ model, messages, ...more }),
  'chat, streamed': (model, more) => all(openai.chat.completions.create({ model, messages, stream: true, ...more })),
  responses: (model, more) => openai.responses.create({ model, input: 'count 50', ...more }),
  'responses, streamed': (model, more) => all(openai.responses.create({ model, input: 'count 50', stream: true, ...more })),
};

for (const [front, ask] of Object.entries(fronts)) {
  test(`${front}, errors: no model of that name`, () =>
    assert.rejects(ask('no-such-model'), (error) => {
      assert.ok(error instanceof OpenAI.NotFoundError, String(error));
      assert.equal(error.code, 'model_not_found');
      assert.equal(error.type, 'invalid_request_error');
      return true;
    }));

  test(`${front}, errors: a value out of range`, () =>
    assert.rejects(ask(chatModel, { temperature: 3 }), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError, String(error));
      assert.equal(error.param, 'temperature');
      return true;
    }));

  test(`${front}, errors: the provider fails`, () =>
    assert.rejects(ask('sim-error'), (error) => error instanceof OpenAI.InternalServerError && error.status >= 500));

  test(`${front}, errors: the provider is overloaded`, () =>
    assert.rejects(ask('sim-overloaded'), (error) => {
      assert.ok(error instanceof OpenAI.InternalServerError, String(error));
      assert.equal(error.status, ofAnthropic ? 500 : 503); // Anthropic's dialect knows no 503
      assert.equal(error.headers.get('retry-after'), '1');
      return true;
    }));
}

test('chat, errors: a limit of the provider', async () => {
  const refused = [];
  for (let i = 0; i < 5; i++) {
    await fronts.chat('sim-limited', { temperature: 0.1 * i }).catch((error) => refused.push(error));
  }
  assert.ok(refused.length >= 2, `${refused.length} refused`);
  assert.ok(refused.every((error) => error instanceof OpenAI.RateLimitError), refused.join());
  assert.ok(Number(refused[0].headers.get('retry-after')) > 0);
});

for (const front of ['chat, streamed', 'responses, streamed']) {
  for (const [what, model] of [
    ['an error within it', 'sim-error-in-stream'],
    ['a connection that is cut', 'sim-cut'],
  ]) {
    test(`${front}, errors: ${what}`, () =>
      assert.rejects(
        async () => {
          for (const event of await fronts[front](model)) {
            // Responses tell of it by an event; the SDK's users look for that one.
            if (event.type === 'response.failed' || event.type === 'error') {
              throw new Error(JSON.stringify(event));
            }
          }
        },
        (error) => error.name !== 'AssertionError',
      ));
  }
}

test('openai, errors: another key', () => {
  const stranger = new OpenAI({ apiKey: 'wrong', baseURL: `${url}/v1`, maxRetries: 0 });
  return Promise.all([
    assert.rejects(stranger.chat.completions.create({ model: chatModel, messages }), OpenAI.AuthenticationError),
    assert.rejects(stranger.embeddings.create({ model: embeddingModel, input: 'a' }), OpenAI.AuthenticationError),
    assert.rejects(stranger.models.list(), OpenAI.AuthenticationError),
  ]);
});
