package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.StringJoiner;

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
    if (problem == Problem.BAD_REQUEST || problem == Problem.BAD_PATH) {
      Closing.mark(exchange.request());
      reply.closeAfter();
    }
    ModelStep.Turn model = exchange.model();
    reply.rewrittenBy(null);
    if (model == null) {
      reply.end(cause.limits().isEmpty() ? body(problem) : limited(cause));
    } else {
      ModelStep.Told told = model.problem(cause);
      told.fields().forEach(headers::set);
      reply.end(told.body());
    }
  }

  static Buffer body(Problem problem) {
    return Buffer.buffer("{" + members(problem) + "}\n");
  }

  private static String members(Problem problem) {
    return "\"type\":\"urn:warmgate:problem:"
        + problem.token()
        + "\",\"title\":\""
        + problem.title()
        + "\",\"status\":"
        + problem.status();
  }

  /** The member's name is that of the draft httpapi-ratelimit-headers-10, §5. */
  private static Buffer limited(ProblemException cause) {
    StringJoiner names = new StringJoiner("\",\"", "[\"", "\"]");
    cause.limits().forEach(names::add);
    return Buffer.buffer(
        "{" + members(cause.problem()) + ",\"violated-policies\":" + names + "}\n");
  }
}
