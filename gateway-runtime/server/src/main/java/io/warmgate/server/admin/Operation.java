package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One thing the operator may ask.
 *
 * @param maxBody bytes; 0: no body is read
 * @param run given the query's parameters and the body
 */
record Operation(HttpMethod method, int maxBody, BiFunction<MultiMap, Buffer, Future<Answer>> run) {

  Operation(HttpMethod method, int maxBody, Function<Buffer, Future<Answer>> run) {
    this(method, maxBody, (_, body) -> run.apply(body));
  }

  /** A GET with parameters in its query. */
  static Operation query(Function<MultiMap, Future<Answer>> run) {
    return new Operation(HttpMethod.GET, 0, (parameters, _) -> run.apply(parameters));
  }
}
