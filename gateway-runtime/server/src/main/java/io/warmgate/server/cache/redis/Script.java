package io.warmgate.server.cache.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * A Lua script, sent whole with each call: a server that was restarted knows no digest, and a
 * second try would cost the round trip that it saves.
 */
public record Script(String text) {

  /** A call of it: keys and arguments are {@code String}s or {@code Buffer}s. */
  public Request call(List<Object> keys, List<Object> arguments) {
    Request request = Request.cmd(Command.EVAL).arg(text).arg(keys.size());
    for (List<Object> values : List.of(keys, arguments)) {
      for (Object value : values) {
        if (value instanceof io.vertx.core.buffer.Buffer bytes) {
          request.arg(bytes);
        } else {
          request.arg(value.toString());
        }
      }
    }
    return request;
  }
}
