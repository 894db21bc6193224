import assert from 'node:assert/strict';
import { test } from 'node:test';
import { twice } from '../lib/asking.js';
import { chatModel as model, openai, reached, throughGateway } from '../lib/target.js';
import { brings, chatTools as tools } from '../lib/tools.js';

const chat = (messages, more = {}) =>
  openai.chat.completions.create({
    model,
    messages: typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages,
    tools,
    ...more,
  });
const called = (completion) => (completion.choices[0].message.tool_calls ?? []).map((call) => call.function.name);

test('chat, tools: are called side by side, and what they bring is used', async () => {
  const asked = { role: 'user', content: 'get_weather and get_time in Turin' };
  const calling = await twice(() => chat([asked]));
  assert.equal(calling.choices[0].finish_reason, 'tool_calls');
  assert.deepEqual(called(calling), ['get_weather', 'get_time']);
  const { message } = calling.choices[0];
  assert.equal(new Set(message.tool_calls.map((call) => call.id)).size, 2);
  assert.equal(JSON.parse(message.tool_calls[0].function.arguments).city, 'Turin');

  const results = message.tool_calls.map((call) => ({
    role: 'tool',
    tool_call_id: call.id,
    content: brings[call.function.name],
  }));
  const answered = await twice(() => chat([asked, message, ...results]));
  assert.equal(answered.choices[0].message.content, 'The tools say: sunny and noon');
});

test('chat, tools: one where one is allowed', async () => {
  const completion = await twice(() => chat('get_weather and get_time in Pisa', { parallel_tool_calls: false }));
  assert.deepEqual(called(completion), ['get_weather']);
});

test('chat, tools: as they are chosen', async () => {
  assert.deepEqual(called(await twice(() => chat('say hello to tools'))), []);
  assert.equal(called(await twice(() => chat('say hello to one', { tool_choice: 'required' }))).length, 1);
  assert.deepEqual(called(await twice(() => chat('get_weather of none', { tool_choice: 'none' }))), []);
  const named = { type: 'function', function: { name: 'get_time' } };
  assert.deepEqual(called(await twice(() => chat('say hello to this', { tool_choice: named }))), ['get_time']);
});

test("chat, tools: the SDK's own loop runs them", async () => {
  const before = await reached();
  const loop = async () => {
    const runs = [];
    const runner = openai.chat.completions.runTools({
      model,
      messages: [{ role: 'user', content: 'get_weather and get_time in Bari' }],
      tools: tools.map((tool) => ({
        ...tool,
        function: {
          ...tool.function,
          parse: JSON.parse,
          function: ({ city }) => {
            runs.push(`${tool.function.name} ${city}`);
            return brings[tool.function.name];
          },
        },
      })),
    });
    assert.equal(await runner.finalContent(), 'The tools say: sunny and noon');
    assert.deepEqual(runs, ['get_weather Bari', 'get_time Bari']);
  };
  await loop();
  await loop();
  assert.equal((await reached()) - before, throughGateway ? 2 : 4, 'two questions, each asked twice');
});
