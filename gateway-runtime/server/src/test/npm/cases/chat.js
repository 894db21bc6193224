import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { neverStored, twice } from '../lib/asking.js';
import { chatModel as model, openai, unlessOfAnthropic } from '../lib/target.js';
import { picture, weather } from '../lib/tools.js';

const chat = (messages, more = {}) =>
  openai.chat.completions.create({
    model,
    messages: typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages,
    ...more,
  });
const said = (completion) => completion.choices[0].message.content;

test('chat: answers a message', async () => {
  const completion = await twice(() => chat('say Bonjour le monde'));
  assert.equal(completion.object, 'chat.completion');
  assert.equal(completion.model, model);
  assert.equal(said(completion), 'Bonjour le monde');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  const { prompt_tokens, completion_tokens, total_tokens } = completion.usage;
  assert.equal(completion_tokens, 3);
  assert.equal(total_tokens, prompt_tokens + completion_tokens);
});

test('chat: instructions and earlier turns are part of the question', async () => {
  const now = { role: 'user', content: 'and now?' };
  const alone = await twice(() => chat([now]));
  const instructed = await twice(() => chat([{ role: 'system', content: 'Be brief.' }, now]));
  const later = await twice(() =>
    chat([{ role: 'user', content: 'hello' }, { role: 'assistant', content: 'Hello!' }, now]),
  );
  assert.equal(new Set([alone, instructed, later].map(said)).size, 3);
});

test('chat: looks at pictures', async () => {
  const showing = (which) =>
    chat([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'what is this?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${picture(which)}` } },
        ],
      },
    ]);
  const first = await twice(() => showing(1));
  assert.match(said(first), /1 image\(s\)/);
  assert.notEqual(said(await twice(() => showing(2))), said(first));
});

test('chat: stops where it is told to', async () => {
  const completion = await twice(() => chat('count 100', { stop: ' 5' }));
  assert.equal(said(completion), '1 2 3 4');
  assert.equal(completion.choices[0].finish_reason, 'stop');
});

test('chat: answers by a JSON schema', async () => {
  const completion = await twice(() =>
    chat('the weather in Paris', {
      response_format: { type: 'json_schema', json_schema: { name: 'weather', schema: weather, strict: true } },
    }),
  );
  const answer = JSON.parse(said(completion));
  assert.equal(answer.city, 'Paris');
  assert.ok(weather.properties.unit.enum.includes(answer.unit));
});

test('chat: parses what answers a schema of Zod', async () => {
  const Place = z.object({ city: z.string(), degrees: z.number().int() });
  const completion = await twice(() =>
    openai.chat.completions.parse({
      model,
      messages: [{ role: 'user', content: 'the weather in Oslo' }],
      response_format: zodResponseFormat(Place, 'place'),
    }),
  );
  assert.equal(completion.choices[0].message.parsed.city, 'Oslo');
});

unlessOfAnthropic('chat: answers with any JSON object', async () => {
  const completion = await twice(() => chat('say it in JSON', { response_format: { type: 'json_object' } }));
  assert.deepEqual(JSON.parse(said(completion)), { answer: 'it in JSON' });
});

unlessOfAnthropic('chat: refuses', async () => {
  for (const completion of await neverStored(() => chat('refuse this'))) {
    assert.equal(completion.choices[0].message.refusal, 'I cannot help with that.');
    assert.equal(said(completion), null);
  }
});
