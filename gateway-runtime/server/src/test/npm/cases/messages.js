import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, twice } from '../lib/asking.js';
import { anthropic, chatModel as model, ofOpenAi, unlessOfOpenAi } from '../lib/target.js';
import { picture, weather } from '../lib/tools.js';

const asking = (messages, more = {}) => ({
  model,
  max_tokens: 5000,
  messages: typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages,
  ...more,
});
const write = (messages, more) => anthropic.messages.create(asking(messages, more));
const whole = (messages, more) => anthropic.messages.stream(asking(messages, more)).finalMessage();
const said = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

test('messages: answer a message', async () => {
  const message = await twice(() => write('say Guten Morgen zusammen'));
  assert.equal(message.type, 'message');
  assert.equal(message.role, 'assistant');
  assert.equal(message.model, model);
  assert.equal(said(message), 'Guten Morgen zusammen');
  assert.equal(message.stop_reason, 'end_turn');
  assert.equal(message.usage.output_tokens, 3);
  assert.ok(message.usage.input_tokens > 0);
});

test('messages: instructions and earlier turns are part of the question', async () => {
  const now = { role: 'user', content: 'and now, Claude?' };
  const alone = await twice(() => write([now]));
  const instructed = await twice(() => write([now], { system: 'Be brief.' }));
  const later = await twice(() => write([{ role: 'user', content: 'hi' }, { role: 'assistant', content: 'Hi!' }, now]));
  assert.equal(new Set([alone, instructed, later].map(said)).size, 3);
  assert.equal(said(await write([now], { system: [{ type: 'text', text: 'Be brief.' }] })), said(instructed));
});

test('messages: look at pictures', async () => {
  const showing = (which) =>
    write([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture(which) } },
          { type: 'text', text: 'what is this, Claude?' },
        ],
      },
    ]);
  const first = await twice(() => showing(4));
  assert.match(said(first), /1 image\(s\)/);
  assert.notEqual(said(await twice(() => showing(5))), said(first));
});

test('messages: stop where they are told to', async () => {
  const message = await twice(() => write('count 101', { stop_sequences: [' 5'] }));
  assert.equal(said(message), '1 2 3 4');
  assert.equal(message.stop_reason, ofOpenAi ? 'end_turn' : 'stop_sequence'); // OpenAI's does not say
  assert.equal(message.stop_sequence, ofOpenAi ? null : ' 5');
});

test('messages: answer by a JSON schema', async () => {
  const message = await twice(() =>
    write('the weather in Genoa', { output_config: { format: { type: 'json_schema', schema: weather } } }),
  );
  assert.equal(JSON.parse(said(message)).city, 'Genoa');
});

unlessOfOpenAi('messages: tell their thoughts, and take them back', async () => {
  const thinking = { thinking: { type: 'enabled', budget_tokens: 2000 } };
  const asked = { role: 'user', content: 'who are you?' };
  const message = await twice(() => write([asked], thinking));
  assert.deepEqual(message.content.map((block) => block.type), ['thinking', 'text']);
  const again = { role: 'user', content: 'say it again' };
  const next = [asked, { role: 'assistant', content: message.content }, again];
  assert.equal(said(await twice(() => write(next, thinking))), 'it again');
  assert.deepEqual((await twice(() => whole('who am I?', thinking))).content[0].type, 'thinking');
});

test('messages, streamed: say what they say plainly', async () => {
  const streamed = await twice(() => whole('tell me something in blocks'));
  const plain = await write('tell me something in blocks');
  assert.equal(said(streamed), said(plain));
  assert.equal(streamed.stop_reason, plain.stop_reason);
  assert.deepEqual(streamed.usage.output_tokens, plain.usage.output_tokens);
  assert.deepEqual(streamed.usage.input_tokens, plain.usage.input_tokens);
});

test('messages, streamed: events in their order', async () => {
  const seen = [];
  await twice(async () => {
    const events = await all(anthropic.messages.create(asking('count 231', { stream: true })));
    seen.push(events);
    return events.filter((event) => event.type === 'message_delta');
  });
  for (const events of seen) {
    const types = events.map((event) => event.type).filter((type, i, before) => type !== before[i - 1] && type !== 'ping');
    const order = ['start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'delta', 'stop'];
    assert.deepEqual(types, order.map((type) => (type.startsWith('content') ? type : `message_${type}`)));
    assert.ok(events.filter((event) => event.type === 'content_block_delta').length > 1, 'more than one piece');
  }
});
