package io.warmgate.server.idempotency;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.server.uri.Target;
import java.util.List;

/**
 * A request with a key, as it is looked up and compared.
 *
 * @param name that it has in Redis: a digest of where it goes, whose it is, and its key
 * @param fingerprint of all that makes it this request and no other, hexadecimal; of the name too,
 *     so that nobody who reads Redis can guess at contents
 */
record Asked(String name, String fingerprint) {

  /**
   * Where keys are apart.
   *
   * @param prefix of the gateway's keys in Redis
   * @param partition whose keys: {@link Partition}
   */
  record Scope(String prefix, String route, String rule, String partition) {}

  /** The fields that say how content is to be read. */
  private static final List<String> OF_CONTENT =
      List.of("content-type", "content-encoding", "content-language");

  static Asked of(
      Scope scope, String key, String method, Target target, MultiMap headers, Buffer content) {
    String name =
        scope.prefix()
            + new Digests()
                .add(scope.route())
                .add(scope.rule())
                .add(scope.partition())
                .add(method)
                .add(target.authority())
                .add(target.path())
                .add(key)
                .hex();
    Digests fingerprint = new Digests().add(name).add(target.pathAndQuery());
    for (String field : OF_CONTENT) {
      fingerprint.add(String.join("\n", headers.getAll(field)));
    }
    return new Asked(name, fingerprint.add(content).hex());
  }
}
