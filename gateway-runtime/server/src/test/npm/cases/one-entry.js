import assert from 'node:assert/strict';
import { anthropic, chatModel as model, ofGateways, openai, reached } from '../lib/target.js';

const messages = [{ role: 'user', content: 'tell me what all may hear' }];
const limit = 700;
// The SDK says a newer version than gateways do, and Anthropic's answer depends on it: that is another question.
const version = { headers: { 'anthropic-version': '2023-06-01' } };

/** Every way to ask it, to the words that come. */
const ways = {
  chat: async () =>
    (await openai.chat.completions.create({ model, messages, max_completion_tokens: limit })).choices[0].message.content,
  'chat, streamed': () =>
    openai.chat.completions.stream({ model, messages, max_completion_tokens: limit }).finalContent(),
  responses: async () =>
    (await openai.responses.create({ model, input: messages[0].content, max_output_tokens: limit })).output_text,
  'responses, streamed': async () =>
    (await openai.responses.stream({ model, input: messages[0].content, max_output_tokens: limit }).finalResponse())
      .output_text,
  completions: async () =>
    (await openai.completions.create({ model, prompt: messages[0].content, max_tokens: limit })).choices[0].text,
  messages: async () => (await anthropic.messages.create({ model, messages, max_tokens: limit }, version)).content[0].text,
  'messages, streamed': () => anthropic.messages.stream({ model, messages, max_tokens: limit }, version).finalText(),
};

for (const [first, ask] of Object.entries(ways)) {
  ofGateways(`one entry: what is first asked as ${first} answers every other way`, async () => {
    messages[0].content = `tell me what all may hear, first as ${first}`;
    const before = await reached();
    const words = await ask();
    for (const [way, other] of Object.entries(ways)) {
      assert.equal(await other(), words, way);
      assert.equal((await reached()) - before, 1, `requests that reach the provider until it is asked as ${way}`);
    }
  });
}

ofGateways('one entry: a hit says so', async () => {
  const question = { model, messages: [{ role: 'user', content: 'say hit' }] };
  const ask = () => openai.chat.completions.create(question).withResponse();
  assert.match((await ask()).response.headers.get('cache-status'), /fwd=uri-miss.*stored/);
  const { response } = await ask();
  assert.match(response.headers.get('cache-status'), /; hit/);
  assert.ok(Number(response.headers.get('age')) >= 0);
});
