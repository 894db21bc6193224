import assert from 'node:assert/strict';
import { test } from 'node:test';
import { twice } from '../lib/asking.js';
import { embeddingModel as model, openai } from '../lib/target.js';

// The SDK asks for base64 where it is not told otherwise, and gives its users numbers.
const embed = (input, more = {}) => openai.embeddings.create({ model, input, ...more });

test('embeddings: a vector of length one', async () => {
  const response = await twice(() => embed('a text'));
  assert.equal(response.object, 'list');
  const length = Math.hypot(...response.data[0].embedding);
  assert.ok(Math.abs(length - 1) < 1e-5, `length ${length}`);
  assert.equal(response.usage.prompt_tokens, 2);
  assert.equal(response.model, model);
});

test('embeddings: each text by itself', async () => {
  const together = await twice(() => embed(['one', 'two']));
  assert.deepEqual(together.data.map((item) => item.index), [0, 1]);
  const alone = await embed('two');
  assert.deepEqual(alone.data[0].embedding, together.data[1].embedding);
  assert.notDeepEqual(together.data[0].embedding, together.data[1].embedding);
});

test('embeddings: the same as numbers', async () => {
  const numbers = await twice(() => embed('another text', { encoding_format: 'float' }));
  const decoded = await embed('another text');
  assert.deepEqual(numbers.data[0].embedding.map(Math.fround), [...decoded.data[0].embedding]);
});

test('embeddings: in as many dimensions as are asked for', async () => {
  const response = await twice(() => embed('a text', { dimensions: 5 }));
  assert.equal(response.data[0].embedding.length, 5);
});

test('embeddings: of tokens', async () => {
  assert.equal((await twice(() => embed([1, 2]))).data.length, 1);
  assert.equal((await twice(() => embed([[3], [4]]))).data.length, 2);
});
