package io.warmgate.operator.source;

import java.util.HashMap;
import java.util.Map;

/** The lists that were read last: one that did not change is not read again. */
public final class RequestLists {
  private final Map<String, Read> known = new HashMap<>();

  private record Read(String text, RequestList list) {}

  /**
   * @param name of the list; where it ends in {@code .yaml} or {@code .yml}, it is one of objects
   */
  RequestList read(String name, String text) {
    Read before = known.get(name);
    if (before != null && before.text().equals(text)) {
      return before.list();
    }
    RequestList list =
        name.endsWith(".yaml") || name.endsWith(".yml")
            ? RequestObjects.parse(text)
            : RequestList.parse(text);
    known.put(name, new Read(text, list));
    return list;
  }
}
