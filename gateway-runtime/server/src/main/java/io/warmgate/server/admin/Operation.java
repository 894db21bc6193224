package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One thing the operator may ask.
 *
 * @param maxBody bytes; 0: no body is read
 * @param run given the body
 */
record Operation(HttpMethod method, int maxBody, Function<Buffer, Future<Answer>> run) {}
