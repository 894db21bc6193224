import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { all, neverStored, twice } from '../lib/asking.js';
import { chatModel as model, openai, unlessOfAnthropic } from '../lib/target.js';
import { brings, picture, responsesTools as tools } from '../lib/tools.js';

const respond = (input, more = {}) => openai.responses.create({ model, input, ...more });
const whole = (input, more = {}) => openai.responses.stream({ model, input, ...more }).finalResponse();
const calls = (response) => response.output.filter((item) => item.type === 'function_call');

test('responses: respond to a text', async () => {
  const response = await twice(() => respond('say Good morning'));
  assert.equal(response.output_text, 'Good morning');
  assert.equal(response.status, 'completed');
  assert.equal(response.model, model);
  const { input_tokens, output_tokens, total_tokens } = response.usage;
  assert.equal(output_tokens, 2);
  assert.equal(total_tokens, input_tokens + output_tokens);
});

test('responses: instructions and turns are part of the question', async () => {
  const turns = [
    { role: 'user', content: 'hello there' },
    { role: 'assistant', content: 'Hello!' },
    { role: 'user', content: 'and now, response?' },
  ];
  const instructed = await twice(() => respond(turns, { instructions: 'Be brief.' }));
  assert.notEqual(instructed.output_text, (await twice(() => respond(turns))).output_text);
});

test('responses: look at pictures', async () => {
  const response = await twice(() =>
    respond([
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'what is this, response?' },
          { type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${picture(3)}` },
        ],
      },
    ]),
  );
  assert.match(response.output_text, /1 image\(s\)/);
});

test('responses: call tools, and use what they bring', async () => {
  const asked = { role: 'user', content: 'get_weather and get_time in Lyon' };
  const calling = await twice(() => respond([asked], { tools }));
  assert.deepEqual(calls(calling).map((call) => call.name), ['get_weather', 'get_time']);
  assert.equal(JSON.parse(calls(calling)[0].arguments).city, 'Lyon');

  const results = calls(calling).map((call) => ({
    type: 'function_call_output',
    call_id: call.call_id,
    output: brings[call.name],
  }));
  const answered = await twice(() => respond([asked, ...calling.output, ...results], { tools }));
  assert.equal(answered.output_text, 'The tools say: sunny and noon');
});

test('responses: parse what answers a schema of Zod', async () => {
  const Place = z.object({ city: z.string() });
  const response = await twice(() =>
    openai.responses.parse({ model, input: 'the weather in Bergen', text: { format: zodTextFormat(Place, 'place') } }),
  );
  assert.equal(response.output_parsed.city, 'Bergen');
});

unlessOfAnthropic('responses: refuse', async () => {
  for (const response of await neverStored(() => respond('refuse this response'))) {
    assert.deepEqual(response.output[0].content, [{ type: 'refusal', refusal: 'I cannot help with that.' }]);
  }
});

test('responses, streamed: say what they say plainly', async () => {
  const streamed = await twice(() => whole('tell me something in events'));
  const plain = await respond('tell me something in events');
  assert.equal(streamed.output_text, plain.output_text);
  assert.deepEqual(streamed.usage, plain.usage);
});

test('responses, streamed: numbered events from the first to the last', async () => {
  const seen = [];
  await twice(async () => {
    const events = await all(respond('count 230', { stream: true }));
    seen.push(events);
    return events.at(-1).response;
  });
  for (const events of seen) {
    assert.equal(events[0].type, 'response.created');
    assert.equal(events.at(-1).type, 'response.completed');
    assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, i) => i));
    const deltas = events.filter((event) => event.type === 'response.output_text.delta');
    assert.ok(deltas.length > 1, `${deltas.length} pieces`);
    const done = events.find((event) => event.type === 'response.output_text.done');
    assert.equal(deltas.map((event) => event.delta).join(''), done.text);
  }
});

test('responses, streamed: call tools side by side', async () => {
  const response = await twice(() => whole('get_weather and get_time in Nice', { tools }));
  assert.deepEqual(calls(response).map((call) => call.name), ['get_weather', 'get_time']);
  assert.equal(JSON.parse(calls(response)[1].arguments).city, 'Nice');
});
