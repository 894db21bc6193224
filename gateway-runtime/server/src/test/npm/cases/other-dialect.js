import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { all, neverStored } from '../lib/asking.js';
import { anthropic, chatModel as model, ofAnthropic, ofOpenAi, openai, reached } from '../lib/target.js';

// What the provider's dialect has no word for is refused by its name, before the provider is asked.
const messages = [{ role: 'user', content: 'say it in another dialect' }];
const chat = (more) => openai.chat.completions.create({ model, messages, ...more });
const refused = async (ask, type, field) => {
  const before = await reached();
  await assert.rejects(ask, (error) => {
    assert.ok(error instanceof type, String(error));
    assert.ok(error.message.includes(field), error.message);
    return true;
  });
  assert.equal(await reached(), before, 'requests that reach the provider');
};

if (ofAnthropic) {
  for (const [field, more] of Object.entries({
    n: { n: 2 },
    logprobs: { logprobs: true },
    seed: { seed: 7 },
    frequency_penalty: { frequency_penalty: 1 },
    'response_format.type': { response_format: { type: 'json_object' } },
  })) {
    test(`other dialect: ${field} of Chat Completions is refused`, async () => {
      await refused(() => chat(more), OpenAI.BadRequestError, field);
      await refused(() => all(chat({ stream: true, ...more })), OpenAI.BadRequestError, field);
    });
  }

  test('other dialect: a refusal is a filtered answer of Chat Completions', async () => {
    const refusing = { model, messages: [{ role: 'user', content: 'refuse this' }] };
    for (const completion of [
      ...(await neverStored(() => openai.chat.completions.create(refusing))),
      ...(await neverStored(() => openai.chat.completions.stream(refusing).finalChatCompletion())),
    ]) {
      assert.equal(completion.choices[0].finish_reason, 'content_filter');
      assert.equal(completion.choices[0].message.content, 'I cannot help with that.');
    }
  });
}

if (ofOpenAi) {
  test('other dialect: thoughts of Messages are refused', async () => {
    const thinking = { model, messages, max_tokens: 5000, thinking: { type: 'enabled', budget_tokens: 2000 } };
    await refused(() => anthropic.messages.create(thinking), Anthropic.BadRequestError, 'thinking');
    const streamed = { ...thinking, stream: true };
    await refused(() => all(anthropic.messages.create(streamed)), Anthropic.BadRequestError, 'thinking');
  });
}
