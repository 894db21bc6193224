import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { all } from '../lib/asking.js';
import { anthropic, chatModel, embeddingModel, openai } from '../lib/target.js';

for (const [name, client, NotFound] of [
  ['OpenAI', openai, OpenAI.NotFoundError],
  ['Anthropic', anthropic, Anthropic.NotFoundError],
]) {
  test(`models of ${name}: are listed`, async () => {
    const ids = (await all(client.models.list())).map((model) => model.id);
    assert.ok(ids.includes(chatModel), ids.join());
    assert.ok(name === 'Anthropic' || ids.includes(embeddingModel), ids.join());
  });

  test(`models of ${name}: are described`, async () => {
    assert.equal((await client.models.retrieve(chatModel)).id, chatModel);
    await assert.rejects(client.models.retrieve('no-such-model'), NotFound);
  });
}
