package io.warmgate.server.idempotency;

import io.vertx.core.MultiMap;
import io.warmgate.config.Consumer;
import io.warmgate.httpcache.rule.Credentials;
import io.warmgate.server.exchange.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose keys a request's are: one caller's never find what another was answered.
 *
 * <ul>
 *   <li>Who was verified: consumer and subject, so that users of one consumer's are apart, and a
 *       key that is rotated between two tries changes nothing.
 *   <li>Nobody was, and the request has something that may be a credential: the digest of all of
 *       it, cookies included. What looks like one is enough: a partition too many costs a replay, a
 *       partition too few somebody's answer.
 *   <li>Nobody was, and it has nothing: all of those share their keys. They get an answer by the
 *       same key for the same request alone, for {@link Asked} compares all of it.
 * </ul>
 */
final class Partition {
  private Partition() {}

  /**
   * @param keyField lower-case name of the field with the key, which is no credential
   * @param certificate SHA-256 of the connection's client certificate; null: none
   */
  static String of(Caller caller, MultiMap headers, String keyField, @Nullable String certificate) {
    Consumer consumer = caller.consumer();
    if (caller.subject() != null || consumer != null) {
      return new Digests()
          .add("caller")
          .add(consumer == null ? "" : consumer.id())
          .add(caller.subject() == null ? "" : caller.subject())
          .hex();
    }
    Map<String, List<String>> shown = new TreeMap<>();
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!lower.startsWith(":")
          && !lower.equals(keyField)
          && (lower.equals("cookie") || Credentials.mayBeOne(lower))) {
        shown.put(lower, headers.getAll(name));
      }
    }
    if (shown.isEmpty() && certificate == null) {
      return "";
    }
    Digests all = new Digests().add("shown").add(certificate == null ? "" : certificate);
    shown.forEach(
        (name, values) -> {
          all.add(name).add(Integer.toString(values.size()));
          values.forEach(all::add);
        });
    return all.hex();
  }
}
