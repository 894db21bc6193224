package io.warmgate.httpcache;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message (RFC 9110 §6.3). Names are compared without regard to case. An
 * adapter over a server's own headers must not copy: a hit asks for a few names only.
 */
public interface Fields {

  /** The value of the first field line of that name, or null where there is none. */
  @Nullable String first(String name);

  /** The values of all field lines of that name, in their order. */
  List<String> all(String name);

  /** Every name, once or as often as it occurs, in any case. */
  Collection<String> names();

  /** Every field line, in order. */
  void forEach(BiConsumer<? super String, ? super String> line);

  /** Whether there is a field line of that name. */
  default boolean contains(String name) {
    return first(name) != null;
  }
}
