import assert from 'node:assert/strict';
import { test } from 'node:test';
import { twice } from '../lib/asking.js';
import { anthropic, chatModel as model } from '../lib/target.js';
import { brings, messagesTools as tools } from '../lib/tools.js';

const asking = (messages, more = {}) => ({
  model,
  max_tokens: 1000,
  tools,
  messages: typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages,
  ...more,
});
const write = (messages, more) => anthropic.messages.create(asking(messages, more));
const used = (message) => message.content.filter((block) => block.type === 'tool_use');
const names = (message) => used(message).map((block) => block.name);

test('messages, tools: are used side by side, and so is what they bring', async () => {
  const asked = { role: 'user', content: 'get_weather and get_time in Parma' };
  const using = await twice(() => write([asked]));
  assert.equal(using.stop_reason, 'tool_use');
  assert.deepEqual(names(using), ['get_weather', 'get_time']);
  assert.equal(used(using)[0].input.city, 'Parma');

  const results = used(using).map(({ id, name }) => ({ type: 'tool_result', tool_use_id: id, content: brings[name] }));
  const turns = [asked, { role: 'assistant', content: using.content }, { role: 'user', content: results }];
  const [block] = (await twice(() => write(turns))).content;
  assert.equal(block.text, 'The tools say: sunny and noon');
});

test('messages, tools: as they are chosen', async () => {
  assert.deepEqual(names(await twice(() => write('say good day to tools'))), []);
  assert.equal(names(await twice(() => write('say good day to one', { tool_choice: { type: 'any' } }))).length, 1);
  assert.deepEqual(names(await twice(() => write('get_weather for none', { tool_choice: { type: 'none' } }))), []);
  const named = { type: 'tool', name: 'get_time' };
  assert.deepEqual(names(await twice(() => write('say good day to it', { tool_choice: named }))), ['get_time']);
  const alone = { type: 'auto', disable_parallel_tool_use: true };
  const one = await twice(() => write('get_weather and get_time in Prato', { tool_choice: alone }));
  assert.deepEqual(names(one), ['get_weather']);
});

test('messages, tools, streamed: side by side', async () => {
  const message = await twice(() => anthropic.messages.stream(asking('get_weather and get_time in Siena')).finalMessage());
  assert.equal(message.stop_reason, 'tool_use');
  assert.deepEqual(names(message), ['get_weather', 'get_time']);
  assert.equal(used(message)[1].input.city, 'Siena');
});
