/** A reporter of node:test: each test that ended as a line of JSON. */
export default async function* lines(events) {
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') {
      const error = data.details.error;
      yield `${JSON.stringify({
        name: data.name,
        failure: type === 'test:fail' ? String(error?.cause?.stack ?? error?.stack ?? error) : null,
      })}\n`;
    }
  }
}
