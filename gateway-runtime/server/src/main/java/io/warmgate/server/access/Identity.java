package io.warmgate.server.access;

import io.warmgate.config.Consumer.Grant;
import io.warmgate.server.exchange.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who one credential shows.
 *
 * @param grants of the consumer, by route; empty where it is none's
 * @param key SHA-256 of the API key or the certificate that showed it, hexadecimal; null: a token
 *     did
 */
record Identity(Caller caller, Map<String, Grant.State> grants, @Nullable String key) {

  /** The consumer's id; null: none that the gateway knows. */
  @Nullable String consumer() {
    return caller.consumer() == null ? null : caller.consumer().id();
  }

  /** Whether both show one consumer. */
  boolean isSame(Identity other) {
    String id = consumer();
    return id != null && id.equals(other.consumer());
  }
}
