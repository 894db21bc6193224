import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverStored } from '../lib/asking.js';
import { anthropic, chatModel as model, openai, unlessOfAnthropic } from '../lib/target.js';

const chat = (content, more = {}) =>
  openai.chat.completions.create({ model, messages: [{ role: 'user', content }], ...more });
const tool = { type: 'function', function: { name: 'delete_all', parameters: { type: 'object', properties: {} } } };

test('never stored: what was cut off', async () => {
  for (const answer of await neverStored(() => chat('count 102', { max_completion_tokens: 3 }))) {
    assert.equal(answer.choices[0].finish_reason, 'length');
    assert.equal(answer.choices[0].message.content, '1 2 3');
  }
  const responding = { model, input: 'count 103', max_output_tokens: 3 };
  for (const answer of await neverStored(() => openai.responses.create(responding))) {
    assert.equal(answer.status, 'incomplete');
    assert.equal(answer.incomplete_details.reason, 'max_output_tokens');
  }
  const question = { model, max_tokens: 3, messages: [{ role: 'user', content: 'count 104' }] };
  for (const answer of await neverStored(() => anthropic.messages.create(question))) {
    assert.equal(answer.stop_reason, 'max_tokens');
  }
});

test('never stored: what was filtered', async () => {
  for (const answer of await neverStored(() => chat('filter these words'))) {
    assert.equal(answer.choices[0].finish_reason, 'content_filter');
  }
});

test('never stored: a call of a tool that changes something', async () => {
  for (const answer of await neverStored(() => chat('delete_all', { tools: [tool] }))) {
    assert.equal(answer.choices[0].message.tool_calls[0].function.name, 'delete_all');
  }
});

unlessOfAnthropic('never stored: several choices, and probabilities', async () => {
  for (const answer of await neverStored(() => chat('say hello twice', { n: 2 }))) {
    assert.deepEqual(answer.choices.map((choice) => choice.message.content), ['hello twice', 'hello twice #1']);
  }
  for (const answer of await neverStored(() => chat('say hello my friend', { logprobs: true, top_logprobs: 2 }))) {
    assert.equal(answer.choices[0].logprobs.content.map((token) => token.token).join(''), 'hello my friend');
  }
});

test('never stored: what the client does not want stored', async () => {
  const headers = { 'Cache-Control': 'no-store' };
  const question = { model, messages: [{ role: 'user', content: 'say nothing of this' }] };
  await neverStored(() => openai.chat.completions.create(question, { headers }));
});
