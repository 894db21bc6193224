import assert from 'node:assert/strict';
import { all, twice } from '../lib/asking.js';
import { chatModel as model, ofGateways, openai } from '../lib/target.js';

ofGateways('completions: continue a prompt', async () => {
  const completion = await twice(() => openai.completions.create({ model, prompt: 'say once upon a time' }));
  assert.equal(completion.object, 'text_completion');
  assert.equal(completion.choices[0].text, 'once upon a time');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.equal(completion.usage.completion_tokens, 4);
});

ofGateways('completions, streamed: say what they say plainly', async () => {
  const question = { model, prompt: 'count 200', max_tokens: 500 };
  const text = await twice(async () => {
    const pieces = await all(openai.completions.create({ ...question, stream: true }));
    assert.ok(pieces.length > 3, `${pieces.length} pieces`);
    return pieces.map((piece) => piece.choices[0]?.text ?? '').join('');
  });
  assert.equal(text, (await openai.completions.create(question)).choices[0].text);
});
