package io.warmgate.httpcache.structured;

import java.util.List;

/**
 * A member of a list or dictionary (<a href="https://www.rfc-editor.org/rfc/rfc9651#section-3">RFC
 * 9651 §3</a>). Parameters are read and left out: no field of a cache gives them a meaning, and
 * unknown ones are to be ignored.
 */
public sealed interface Member {

  /** A single value. */
  sealed interface Item extends Member {}

  /** §3.1.1: values in parentheses. */
  record InnerList(List<Item> items) implements Member {
    public InnerList {
      items = List.copyOf(items);
    }
  }

  /** §3.3.1. */
  record Int(long value) implements Item {}

  /** §3.3.3. */
  record Text(String value) implements Item {}

  /** §3.3.4. */
  record Token(String value) implements Item {}

  /** §3.3.6. */
  record Flag(boolean value) implements Item {}

  /** A type that no field of a cache has: decimal, byte sequence, date, display string. */
  enum Other implements Item {
    OTHER
  }
}
