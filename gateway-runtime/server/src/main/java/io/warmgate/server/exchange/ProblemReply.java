package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** Writes the gateway's own answers (RFC 9457): small, and nothing of what went on inside. */
final class ProblemReply {
  private ProblemReply() {}

  static void write(Exchange exchange, ProblemException cause) {
    Problem problem = cause.problem();
    exchange.reason(problem.token());
    Reply reply = exchange.reply();
    MultiMap headers = reply.status(problem.status()).headers();
    headers.clear();
    headers.set("content-type", "application/problem+json");
    headers.set("cache-control", "no-store");
    if (cause.retryAfterSeconds() > 0) {
      headers.set("retry-after", Integer.toString(cause.retryAfterSeconds()));
    }
    if (problem == Problem.METHOD_NOT_ALLOWED) {
      headers.set("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    if (problem.status() == 400) {
      Closing.mark(exchange.request());
      reply.closeAfter();
    }
    reply.end(body(problem));
  }

  static Buffer body(Problem problem) {
    return Buffer.buffer(
        "{\"type\":\"urn:warmgate:problem:"
            + problem.token()
            + "\",\"title\":\""
            + problem.title()
            + "\",\"status\":"
            + problem.status()
            + "}\n");
  }
}
