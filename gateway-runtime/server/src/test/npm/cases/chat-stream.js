import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, neverStored, twice } from '../lib/asking.js';
import { chatModel as model, openai, unlessOfAnthropic } from '../lib/target.js';
import { chatTools as tools } from '../lib/tools.js';

const asking = (text, more = {}) => ({ model, messages: [{ role: 'user', content: text }], ...more });
const whole = (question) => openai.chat.completions.stream(question).finalChatCompletion();
const chunks = (question) => all(openai.chat.completions.create({ ...question, stream: true }));
const text = (seen) => seen.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

test('chat, streamed: says what it says plainly', async () => {
  const streamed = await twice(() => whole(asking('tell me something streamed')));
  assert.equal(streamed.choices[0].finish_reason, 'stop');
  const plain = await openai.chat.completions.create(asking('tell me something streamed'));
  assert.equal(streamed.choices[0].message.content, plain.choices[0].message.content);
  assert.equal(streamed.model, plain.model);
});

test('chat, streamed: comes in pieces of one answer', async () => {
  const seen = [];
  await twice(async () => {
    const pieces = await chunks(asking('count 200'));
    seen.push(pieces);
    return text(pieces);
  });
  for (const pieces of seen) {
    const words = pieces.filter((chunk) => chunk.choices[0]?.delta.content);
    assert.ok(words.length > 3, `${words.length} pieces`);
    assert.equal(new Set(pieces.map((chunk) => chunk.id)).size, 1);
    assert.ok(pieces.every((chunk) => chunk.object === 'chat.completion.chunk'));
    assert.equal(pieces[0].choices[0].delta.role, 'assistant');
    assert.equal(pieces.filter((chunk) => chunk.choices[0]?.finish_reason).length, 1);
    assert.ok(pieces.every((chunk) => !chunk.usage), 'usage that nobody asked for');
    assert.equal(text(pieces), Array.from({ length: 200 }, (_, i) => i + 1).join(' '));
  }
});

test('chat, streamed: tells usage last where it is wanted', async () => {
  const wanted = asking('count 21', { stream_options: { include_usage: true } });
  const last = await twice(async () => {
    const pieces = await chunks(wanted);
    assert.equal(pieces.filter((chunk) => chunk.usage).length, 1);
    return pieces.at(-1);
  });
  assert.deepEqual(last.choices, []);
  const plain = await openai.chat.completions.create(asking('count 21'));
  assert.equal(last.usage.total_tokens, plain.usage.total_tokens);
});

test('chat, streamed: calls tools side by side', async () => {
  const completion = await twice(() => whole(asking('get_weather and get_time in Rome', { tools })));
  const [choice] = completion.choices;
  assert.equal(choice.finish_reason, 'tool_calls');
  assert.deepEqual(choice.message.tool_calls.map((call) => call.function.name), ['get_weather', 'get_time']);
  for (const call of choice.message.tool_calls) {
    assert.equal(JSON.parse(call.function.arguments).city, 'Rome');
  }
});

unlessOfAnthropic('chat, streamed: refuses', async () => {
  for (const completion of await neverStored(() => whole(asking('refuse this as well')))) {
    assert.equal(completion.choices[0].message.refusal, 'I cannot help with that.');
  }
});

test('chat, streamed: tells its events by name', async () => {
  const heard = await twice(async () => {
    const stream = openai.chat.completions.stream(asking('count 22'));
    const deltas = [];
    stream.on('content', (delta) => deltas.push(delta));
    const content = await stream.finalContent();
    assert.equal(deltas.join(''), content);
    return content;
  });
  assert.match(heard, / 22$/);
});
