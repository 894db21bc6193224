/** What tools are asked with, and what JSON is asked for: an object of a city and a unit. */
export const weather = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'kelvin'] } },
  required: ['city', 'unit'],
  additionalProperties: false,
};

const names = ['get_weather', 'get_time'];

/** As Chat Completions, Responses and Messages write them. The gateways here know both as read-only. */
export const chatTools = names.map((name) => ({
  type: 'function',
  function: { name, description: 'Tells it of a city.', parameters: weather, strict: true },
}));
export const responsesTools = names.map((name) => ({ type: 'function', name, parameters: weather, strict: true }));
export const messagesTools = names.map((name) => ({ name, input_schema: weather }));

/** What they bring. */
export const brings = { get_weather: 'sunny', get_time: 'noon' };

/** A picture of PNG's magic number and a byte, in base64. */
export const picture = (which) =>
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, which]).toString('base64');
